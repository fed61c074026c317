/**
 * What has to be committed so that functions are in a git registry. Files are only ever
 * added; the lists of them are made of what is there, so that on another commit, which
 * somebody has pushed meanwhile, the same is done again.
 */
import { escapeText, type Fault } from "@ouverture/core";
import { encodeRecord, type PoolFile } from "../checked-writing.js";
import { encodeListing, encodeMappingIndex } from "../registry/directory-registry.js";
import type { Added, FunctionRecord, MappingReference, Refused } from "../store.js";
import type { GitImport } from "./git-import.js";
import { LISTING, listWith } from "./git-listing.js";
import { folderOf, type GitPool } from "./git-pool.js";
import type { GitTree } from "./git-tree.js";

/** A function whose files are in the repository already, but in no commit. */
interface PlannedFunction {
  readonly hash: string;
  readonly files: readonly PlannedFile[];
}
interface PlannedFile {
  readonly path: string;
  readonly id: string;
  readonly check: PoolFile["check"];
  /** Of a mapping: its language and hash, and the function's name in it. */
  readonly mapping: { readonly reference: MappingReference; readonly name: string } | null;
}
export type Planned = PlannedFunction | Refused;

/** What one commit adds. */
export interface PlannedCommit {
  readonly message: string;
  /** The ids of files that are in the repository, or the bytes of others, by their paths. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** Checks functions, and writes the files of those that are valid. Throws where git fails. */
export async function planFunctions(
  records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
  store: GitImport,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  for await (const record of records) {
    const { hash } = record.object;
    const encoded = encodeRecord(record);
    if (!encoded.ok) {
      planned.push({ hash, fault: encoded.fault });
      continue;
    }
    const files = new Map<string, PlannedFile>();
    for (const [index, { path, bytes, check }] of encoded.value.entries()) {
      const id = await store.addFile(bytes);
      files.set(path, { path, id, check, mapping: mappingOf(record, index, path) });
    }
    planned.push({ hash, files: [...files.values()] });
  }
  return planned;
}

/** The files of a record are its object, and its mappings in their order. */
function mappingOf(
  { mappings }: FunctionRecord,
  index: number,
  path: string,
): PlannedFile["mapping"] {
  const given = mappings[index - 1];
  if (given === undefined) return null;
  const { language, mapping } = given;
  const hash = path.split("/").slice(-3, -1).join("");
  return { reference: { language, hash }, name: mapping.name_mapping._ouverture_v_0 ?? "" };
}

/**
 * What is missing in a tree of the functions that were planned: the answers to `add`, and
 * the commits that make them true. That is one; but where a function gets several mappings
 * in one language, each has a commit, because commits say which came first.
 */
export async function planCommits(
  tree: GitTree,
  pool: GitPool,
  planned: readonly Planned[],
): Promise<{ answers: (Added | Refused)[]; commits: PlannedCommit[] }> {
  const plan: Plan = { tree, pool, seen: new Set(), waves: [], touched: new Map() };
  const answers: (Added | Refused)[] = [];
  for (const one of planned) answers.push("fault" in one ? one : await planFunction(plan, one));
  const lists = answers.every((answer) => "fault" in answer) ? new Map() : await planLists(plan);
  const commits: PlannedCommit[] = plan.waves.map((wave) => ({
    message: messageOf(wave),
    files: wave.files,
  }));
  const last = commits.pop();
  if (last !== undefined || lists.size > 0) {
    const message = last?.message ?? "Make the lists of functions\n";
    const files = new Map<string, string | Uint8Array>([...(last?.files ?? []), ...lists]);
    commits.push({ message, files });
  }
  return { answers, commits };
}

interface Plan {
  readonly tree: GitTree;
  readonly pool: GitPool;
  /** The paths that are in a wave. */
  readonly seen: Set<string>;
  /** What each commit adds. */
  readonly waves: Wave[];
  /** The new mappings of each function whose list has to be written. */
  readonly touched: Map<string, MappingReference[]>;
}
interface Wave {
  readonly files: Map<string, string>;
  /** What each function is called. */
  readonly names: Map<string, string[]>;
}

async function planFunction(
  plan: Plan,
  { hash, files }: PlannedFunction,
): Promise<Added | Refused> {
  const missing: PlannedFile[] = [];
  for (const file of files) {
    if (plan.seen.has(file.path)) continue;
    const state = await lookAt(plan, file);
    if (state === "missing") missing.push(file);
    else if (state !== "there") return { hash, fault: state };
  }
  for (const file of missing) planFile(plan, hash, file);
  // Others may have put it there without its list.
  const list = await plan.tree.find(`${folderOf(hash)}/${INDEX}`);
  if (list === undefined && !plan.touched.has(hash)) plan.touched.set(hash, []);
  return { hash, written: missing.map(({ path }) => path) };
}

/** What is corrupt is not known: to say so would lose the function. */
async function lookAt(
  { tree, pool }: Plan,
  { path, id, check }: PlannedFile,
): Promise<"missing" | "there" | Fault> {
  const entry = await tree.find(path);
  if (entry === undefined) return "missing";
  if (entry !== "blocked" && entry.kind === "file" && entry.id === id) return "there";
  const content = await pool.read(path);
  if (content === undefined) return "missing";
  if ("code" in content) return content;
  const checked = check(content);
  return checked.ok ? "there" : checked.fault;
}

function planFile({ seen, waves, touched }: Plan, hash: string, file: PlannedFile): void {
  const { path, id, mapping } = file;
  const others = touched.get(hash) ?? [];
  const earlier = others.filter(({ language }) => language === mapping?.reference.language);
  const wave = waves[earlier.length] ?? { files: new Map(), names: new Map() };
  waves[earlier.length] = wave;
  seen.add(path);
  wave.files.set(path, id);
  const names = wave.names.get(hash) ?? [];
  wave.names.set(hash, names);
  if (mapping === null) touched.set(hash, others);
  else {
    touched.set(hash, [...others, mapping.reference]);
    names.push(`${escapeText(mapping.name)} (${mapping.reference.language})`);
  }
}

const INDEX = "index.json";

/** The lists that change, and the mark for hosts that would build pages of the files. */
async function planLists({ tree, pool, touched }: Plan): Promise<Map<string, Uint8Array>> {
  const lists = new Map<string, Uint8Array>();
  for (const [hash, added] of touched) {
    const mappings = [...(await pool.listMappings(hash)), ...added];
    lists.set(`${folderOf(hash)}/${INDEX}`, Buffer.from(encodeMappingIndex(mappings)));
  }
  const isListed = touched.size === 0 && (await tree.find(LISTING)) !== undefined;
  if (!isListed) {
    const listing = encodeListing(await listWith(tree, pool, touched.keys()));
    lists.set(LISTING, Buffer.from(listing));
  }
  if ((await tree.find(NO_PAGES)) === undefined) lists.set(NO_PAGES, new Uint8Array());
  return lists;
}

/** GitHub Pages then serves the files as they are. */
const NO_PAGES = ".nojekyll";

/** The most functions that a message names. */
const MOST_NAMED = 1000;

function messageOf({ names }: Wave): string {
  const all = [...names];
  const lines = all
    .slice(0, MOST_NAMED)
    .map(([hash, called]) => [hash, called.join(", ")].join(" ").trim());
  if (all.length > MOST_NAMED) lines.push(`and ${all.length - MOST_NAMED} more`);
  const [[hash = "", called = []] = []] = all;
  const what = all.length === 1 ? (called[0] ?? hash.slice(0, 12)) : `${all.length} functions`;
  return `Add ${what}\n\n${lines.join("\n")}\n`;
}
