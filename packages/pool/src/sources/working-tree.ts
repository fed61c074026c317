/**
 * The view of a working tree: what git tracks or does not ignore, as it is on the disk; and
 * from the index what a sparse checkout left out. Without git, what no `.gitignore` names.
 */
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { openDirectoryPool } from "../directory/directory-pool.js";
import { errorCode, isAbsence, lookAt, lookBelow, READ } from "../directory/safe-file.js";
import { type GitEntry, type GitFile, LIST_FILES, parseFiles } from "../git/git-entries.js";
import type { GitRepository } from "../git/git-repository.js";
import { openEntriesView } from "./entries-view.js";
import { POOL_FOLDER } from "./find-repository.js";
import { firstPool, refusePool } from "./own-pool.js";
import {
  byPath,
  type Content,
  OWN_POOL,
  type RepositoryView,
  type ViewFile,
} from "./repository-view.js";

/**
 * A file as git or a walk has listed it. Where it is `isUnwatched`, git does not say whether it
 * differs from the index, or the index does not have it.
 */
export interface ListedFile extends ViewFile, GitFile {}

export interface WorkingTree extends RepositoryView {
  list(): Promise<readonly ListedFile[]>;
}

const FILES_IN_A_ROW = 64;
const SCRATCH_BYTES = 1 << 16;

/** @param repository `null` where there is no git, or `root` is in no repository. */
export function openWorkingTree(root: string, repository: GitRepository | null): WorkingTree {
  let loading: Promise<Listing> | undefined;
  let leftOut: RepositoryView | undefined;

  function listing(): Promise<Listing> {
    loading ??= repository === null ? walk(root) : listTracked(root, repository);
    return loading;
  }

  /** What is in the index alone. */
  async function fromIndex(): Promise<RepositoryView | undefined> {
    const { sparse } = await listing();
    if (repository === null || sparse.length === 0) return undefined;
    leftOut ??= openEntriesView(repository, "", async () => sparse);
    return leftOut;
  }

  async function* readAll(files: Iterable<ViewFile>, most: number) {
    const folders = new Map<string, boolean>();
    // To take new memory for each file takes longer than to read it.
    const scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
    let count = 0;
    for (const file of files) {
      // A signal, such as that of Ctrl-C, comes in between.
      count += 1;
      if (count % FILES_IN_A_ROW === 0) await new Promise((resolve) => setImmediate(resolve));
      const content = isBehindLink(root, file.path, folders)
        ? ({ why: "link" } as const)
        : readFile(root, file, most, scratch);
      yield [file, isAbsent(content) ? await readLeftOut(file.path, most) : content] as const;
    }
  }

  async function readLeftOut(path: string, most: number): Promise<Content> {
    return (await (await fromIndex())?.read(path, most)) ?? { why: "absent" };
  }

  return {
    label: "",
    list: async () => (await listing()).files,
    find: async (paths) =>
      paths
        .filter((path) => lookAt(join(root, path))?.isFile())
        .map((path) => ({ path, kind: "file" as const })),
    readAll,
    read: async (path, most) => {
      const content = readBelow(root, path, most);
      return isAbsent(content) ? readLeftOut(path, most) : content;
    },
    async openPool(folder) {
      const place = join(root, folder);
      const isThere = lookAt(place) !== undefined;
      const own = isLeadingOut(root, place)
        ? refusePool(OWN_POOL)
        : openDirectoryPool(place, { name: OWN_POOL });
      const other = await (await fromIndex())?.openPool(folder);
      if (other) return firstPool(OWN_POOL, [own, other]);
      return isThere ? own : null;
    },
    close: async () => leftOut?.close(),
  };
}

interface Listing {
  readonly files: readonly ListedFile[];
  /** What need not be on the disk. */
  readonly sparse: readonly GitEntry[];
}

async function listTracked(root: string, repository: GitRepository): Promise<Listing> {
  const output = await repository.ask([...LIST_FILES, ...withoutObjects(repository)]);
  const { files, leftOut } = parseFiles(output);
  // What is not on the disk is what the index has.
  const away = new Set(
    leftOut.filter(({ path }) => lookAt(join(root, path)) === undefined).map(({ path }) => path),
  );
  const listed =
    away.size === 0
      ? files.slice()
      : files.map((file) => (away.has(file.path) ? { ...file, isUnwatched: false } : file));
  return { files: listed.sort(byPath), sparse: leftOut };
}

/**
 * The folders of a pool's objects are many, and no source is in them: git does not go through
 * them in search of what nobody tracks (docs/decisions/0043).
 */
function withoutObjects({ prefix }: GitRepository): string[] {
  const folder = `/${prefix}${POOL_FOLDER}/objects/`;
  // gitignore(5)
  return ["--exclude", folder.replace(/[\\*?[\]!# ]/g, "\\$&")];
}

async function walk(root: string): Promise<Listing> {
  const { listUnignoredFiles } = await import("./ignore-files.js");
  const files = (await listUnignoredFiles(root)).map((path) => {
    return { path, bytes: null, kind: "file" as const, isUnwatched: true };
  });
  return { files: files.sort(byPath), sparse: [] };
}

function isAbsent(content: Content): boolean {
  return !Buffer.isBuffer(content) && content.why === "absent";
}

/** A file that was deleted, or is a folder by now, is none. */
function readFile(root: string, file: ViewFile, most: number, scratch: Buffer): Content {
  if (file.kind === "repository") return { why: "nested-repository" };
  const bytes = "bytes" in file ? (file as ListedFile).bytes : null;
  const place = bytes === null ? `${root}/${file.path}` : placeOf(root, bytes);
  const content = readPlace(place, most, scratch);
  if (Buffer.isBuffer(content) || content.why !== "link") return content;
  return readTarget(root, place, most);
}

/** Has a link, which git does not follow, taken the place of a folder on the way? */
function isBehindLink(root: string, path: string, folders: Map<string, boolean>): boolean {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (folder === "") return false;
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const isLink =
    isBehindLink(root, folder, folders) || lookAt(join(root, folder))?.isSymbolicLink() === true;
  folders.set(folder, isLink);
  return isLink;
}

function placeOf(root: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), path]);
}

/** What a link leads to, as far as that is a file below the root. */
function readTarget(root: string, link: string | Buffer, most: number): Content {
  const target = realpathOrNone(link);
  const inside = realpathOrNone(root);
  if (target === null || inside === null) return { why: "link" };
  if (!target.startsWith(inside.endsWith(sep) ? inside : inside + sep)) return { why: "link" };
  return readPlace(target, most);
}

/** Through no link: what is behind one is not there. */
function readBelow(root: string, path: string, most: number): Content {
  const seen = lookBelow(root, path);
  if (seen === undefined || seen === "blocked") return { why: "absent" };
  return seen.isFile() ? readPlace(join(root, path), most) : { why: "not-a-file" };
}

/** Reads a file; a pipe that stands in its place is not waited for. A folder is no file by now. */
function readPlace(place: string | Buffer, most: number, scratch?: Buffer): Content {
  try {
    // Where opening follows links, it is looked at first.
    const seen = constants.O_NOFOLLOW === undefined ? lookAt(place) : undefined;
    if (seen?.isSymbolicLink()) return { why: "link" };
    if (seen?.isDirectory()) return { why: "absent" };
    const file = openSync(place, READ);
    try {
      const stats = fstatSync(file);
      if (stats.isDirectory()) return { why: "absent" };
      if (!stats.isFile()) return { why: "not-a-file" };
      return stats.size > most ? TOO_LARGE : readBytes(file, stats.size, most, scratch);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "ELOOP") return { why: "link" };
    // A socket, or a device without a driver.
    if (code === "ENXIO" || code === "ENODEV") return { why: "not-a-file" };
    // It was deleted, or a file has taken the place of a folder on the way.
    if (isAbsence(error)) return { why: "absent" };
    return { why: "failed", error: error instanceof Error ? error.message : String(error) };
  }
}

const TOO_LARGE = { why: "too-large" } as const;

/**
 * All of a file, which may have grown, or shrunk, since its size was asked for.
 * @param scratch where it is read to, as far as it fits in.
 */
function readBytes(file: number, size: number, most: number, scratch?: Buffer): Content {
  // One more than there should be: then nothing follows.
  const isSmall = scratch !== undefined && size < scratch.length;
  let bytes = isSmall ? scratch : Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    length += count;
    if (length > most) return TOO_LARGE;
    // What was written to it since is not waited for: it is as it was when its size was asked for.
    if (count === 0 || length === size) return bytes.subarray(0, length);
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(length)]);
  }
}

function realpathOrNone(path: string | Buffer): string | null {
  try {
    return realpathSync(path).toString();
  } catch {
    return null;
  }
}

function isLeadingOut(root: string, place: string): boolean {
  if (!lookAt(place)?.isSymbolicLink()) return false;
  const target = realpathOrNone(place);
  const inside = realpathOrNone(root);
  return target === null || inside === null || !target.startsWith(inside + sep);
}
