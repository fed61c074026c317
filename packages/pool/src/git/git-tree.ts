/**
 * The tree of a commit, read without a checkout. Names in it are those of a stranger:
 * what is looked for is compared, and what is listed is for the caller to check.
 */
import { DamagedCopy } from "./git-cache.js";
import type { GitObject, GitObjects } from "./git-objects.js";

export interface TreeEntry {
  readonly kind: "file" | "folder" | "other";
  readonly name: string;
  readonly id: string;
}

/** Paths are below `folder`, with `/`. */
export interface GitTree {
  /** What stands at a path; "blocked" where something on the way is no folder. */
  find(path: string): Promise<TreeEntry | "blocked" | undefined>;
  /** What is in a folder; nothing where there is none. */
  list(path: string): Promise<TreeEntry[]>;
  /** The content of a file; "too-large" over `most` bytes. */
  read(file: TreeEntry, most: number): Promise<Uint8Array | "too-large">;
}

/**
 * The folder `folder` of a tree; "" is all of it, and `null` an empty tree.
 * @param name of the tree, as git understands it: `<commit>^{tree}`.
 */
export function openGitTree(objects: GitObjects, name: string | null, folder: string): GitTree {
  // The trees that were read last are kept: these, and those of the time before.
  let kept = new Map<string, Tree>();
  let older = new Map<string, Tree>();
  let weight = 0;

  async function readTree(name: string): Promise<Tree> {
    return keep(name, kept.get(name) ?? older.get(name) ?? (await load(name)));
  }

  function keep(name: string, tree: Tree): Tree {
    if (kept.has(name)) return tree;
    weight += weightOf(tree);
    if (weight > MOST_WEIGHT) {
      older = kept;
      kept = new Map();
      weight = weightOf(tree);
    }
    kept.set(name, tree);
    return tree;
  }

  async function load(name: string): Promise<Tree> {
    const found = await objects.read(name, MOST_TREE_BYTES);
    if (found === "too-large") throw new Error(`a folder in it has more than ${MOST_NAMES} names`);
    if (found.type !== "tree") throw new DamagedCopy(`${name} is no tree`);
    return treeOf(found);
  }

  /** The tree `name`; and in the same turn those that lie in it at each part of the way. */
  async function readWith(name: string, way: readonly string[]): Promise<Tree> {
    const isKnown = kept.has(name) || older.has(name);
    const ahead = isKnown || !way.every(isPlain) ? [] : way;
    const [tree] = await Promise.all([
      readTree(name),
      ...ahead.map((_, index) => keepAhead(nameBelow(name, way.slice(0, index + 1)))),
    ]);
    return tree;
  }

  /** What is not there, or is no tree, is told by whoever needs it. */
  async function keepAhead(name: string): Promise<void> {
    try {
      const found = await objects.read(name, MOST_TREE_BYTES);
      if (found !== "too-large" && found.type === "tree") keep(found.id, treeOf(found));
    } catch (error) {
      if (!(error instanceof DamagedCopy)) throw error;
    }
  }

  /** What stands at a path; with `isListed` its tree is going to be read, too. */
  async function look(path: string, isListed: boolean): Promise<TreeEntry | "blocked" | undefined> {
    if (name === null) return undefined;
    let entry: TreeEntry = { kind: "folder", name: "", id: name };
    const steps = [...namesOf(folder), ...namesOf(path)];
    const trees = isListed ? steps : steps.slice(0, -1);
    for (const [index, step] of steps.entries()) {
      if (entry.kind !== "folder") return "blocked";
      const tree = await readWith(entry.id, trees.slice(index));
      const at = tree.entries.get(step);
      if (at === undefined) return undefined;
      entry = readEntry(tree, step, at);
    }
    return entry;
  }

  return {
    find: (path) => look(path, false),
    async list(path) {
      const entry = await look(path, true);
      if (entry === undefined || entry === "blocked" || entry.kind !== "folder") return [];
      const tree = await readTree(entry.id);
      return [...tree.entries].map(([name, at]) => readEntry(tree, name, at));
    },
    async read(file, most) {
      const blob = await objects.read(file.id, most);
      if (blob === "too-large") return blob;
      if (blob.type !== "blob") throw new DamagedCopy(`${file.id} is no blob`);
      return new Uint8Array(blob.bytes);
    },
  };
}

/** Some 100 bytes for each name. */
const MOST_TREE_BYTES = 64 << 20;
const MOST_NAMES = "600,000";
/** What is kept, in bytes: 256 folders of 400 functions, and what is below some of them. */
const MOST_WEIGHT = 32 << 20;

/** Of a tree in a tree, as git understands it (gitrevisions(7)). */
function nameBelow(name: string, way: readonly string[]): string {
  return `${name}${name.endsWith("/") ? "" : ":"}${way.join("/")}`;
}

/** A name is asked for in one line, and some mean another place in a name of git. */
function isPlain(name: string): boolean {
  return /^\.?[\w-][\w.-]*$/.test(name);
}

function namesOf(path: string): string[] {
  return path === "" ? [] : path.split("/");
}

/** Entries are `<mode> <name>\0<id>`, as git stores them. */
interface Tree {
  readonly bytes: Buffer;
  readonly idBytes: number;
  /** Where each entry begins, by its name; of two of one name, the first. */
  readonly entries: ReadonlyMap<string, number>;
}

function weightOf({ bytes }: Tree): number {
  return 800 + 3 * bytes.length;
}

function treeOf({ id, bytes }: GitObject): Tree {
  // A part of what came with it would keep all of that.
  return parseTree(Buffer.from(bytes), id.length / 2);
}

function parseTree(bytes: Buffer, idBytes: number): Tree {
  const entries = new Map<string, number>();
  for (let start = 0; start < bytes.length; ) {
    const name = bytes.indexOf(0x20, start) + 1;
    const id = bytes.indexOf(0, name) + 1;
    if (name === 0 || id === 0 || id + idBytes > bytes.length) break;
    const text = bytes.toString("utf8", name, id - 1);
    if (!entries.has(text)) entries.set(text, start);
    start = id + idBytes;
  }
  return { bytes, idBytes, entries };
}

function readEntry({ bytes, idBytes }: Tree, name: string, start: number): TreeEntry {
  const mode = bytes.toString("latin1", start, bytes.indexOf(0x20, start));
  const id = bytes.indexOf(0, start) + 1;
  return {
    kind: /^0?40000$/.test(mode) ? "folder" : mode.startsWith("100") ? "file" : "other",
    name,
    id: bytes.toString("hex", id, id + idBytes),
  };
}
