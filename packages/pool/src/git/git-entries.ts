/** The entries of an index or of a commit, and what differs between two of them, as git lists them. */
import { type GitName, splitNames } from "./git-names.js";

/** A file in an index or in a commit. The path is relative to the folder that git ran in. */
export interface GitEntry {
  readonly path: string;
  /** The bytes of the path, where they are no UTF-8. */
  readonly bytes: Buffer | null;
  readonly kind: "file" | "link" | "repository";
  /** Of the blob, or of the other repository's commit. */
  readonly id: string;
  /** 0; in a conflict 1 for what both sides come from, 2 for ours and 3 for theirs. */
  readonly stage: number;
  /** It need not be in the working tree (sparse checkouts). */
  readonly isLeftOut: boolean;
  /** Git was told not to look whether it has changed there. */
  readonly isUnwatched: boolean;
}

/** Arguments of `git` that `parseIndex` reads the output of. */
export const LIST_INDEX = ["ls-files", "-z", "--stage", "-v"];

/** Reads `H 100644 <id> 0\t<path>`. */
export function parseIndex(output: Buffer): GitEntry[] {
  return splitNames(output).map(indexEntry);
}

/** Which columns are where is fixed, but for the length of an id (git-ls-files(1)). */
function indexEntry(name: GitName): GitEntry {
  const { text } = name;
  const at = text.indexOf("\t");
  const tag = text.charAt(0);
  const isLeftOut = tag === "S" || tag === "s";
  return entryOf(name, at, {
    mode: text.slice(2, 8),
    id: text.slice(9, at - 2),
    stage: Number(text.charAt(at - 1)),
    isLeftOut,
    isUnwatched: isLeftOut || tag !== tag.toUpperCase(),
  });
}

/** Arguments of `git` that `parseFiles` reads the output of; `--exclude` may follow. */
export const LIST_FILES = [...LIST_INDEX, "--cached", "--others", "--exclude-standard"];

/** A file that is in the index, or that git neither has there nor ignores. */
export type GitFile = Pick<GitEntry, "path" | "bytes" | "kind" | "isUnwatched">;

export interface GitFiles {
  readonly files: readonly GitFile[];
  /** What of the index need not be in the working tree. */
  readonly leftOut: readonly GitEntry[];
}

/**
 * Reads what `parseIndex` does, and `? <path>`. Of thousands of files no more is made than their
 * paths. In a conflict one stands in the index up to three times, and once in what this gives.
 */
export function parseFiles(output: Buffer): GitFiles {
  const files: GitFile[] = [];
  const leftOut: GitEntry[] = [];
  let last: GitFile | undefined;
  for (const name of splitNames(output)) {
    const { text, bytes } = name;
    const tag = text.charCodeAt(0);
    if (tag === OTHER) {
      files.push(otherFile(name));
      continue;
    }
    if (tag !== TRACKED) {
      const entry = indexEntry(name);
      if (entry.isLeftOut) leftOut.push(entry);
    }
    const file: GitFile = {
      path: text.slice(text.indexOf("\t") + 1),
      bytes: bytes === null ? null : bytes.subarray(bytes.indexOf(TAB) + 1),
      kind: text.startsWith("100", 2) ? "file" : (KINDS[text.slice(2, 8)] ?? "file"),
      isUnwatched: tag !== TRACKED && indexEntry(name).isUnwatched,
    };
    if (last === undefined || !isSamePath(last, file)) files.push(file);
    last = file;
  }
  return { files, leftOut };
}

/** `H` */
const TRACKED = 0x48;
/** `?` */
const OTHER = 0x3f;
const TAB = 0x09;

/** A repository in this one ends with `/`. */
function otherFile({ text, bytes }: GitName): GitFile {
  const isRepository = text.endsWith("/");
  return {
    path: text.slice(2, isRepository ? -1 : undefined),
    bytes: bytes === null ? null : bytes.subarray(2),
    kind: isRepository ? "repository" : "file",
    isUnwatched: true,
  };
}

function isSamePath(a: GitFile, b: GitFile): boolean {
  if (a.bytes === null || b.bytes === null) return a.bytes === b.bytes && a.path === b.path;
  return a.bytes.equals(b.bytes);
}

/** Arguments of `git` that `parseTree` reads the output of; without `paths`, of all files. */
export function listTree(commit: string, paths: readonly string[] = []): string[] {
  return ["ls-tree", "-z", "-r", commit, ...(paths.length === 0 ? [] : ["--", ...paths])];
}

/** Reads `100644 blob <id>\t<path>`. */
export function parseTree(output: Buffer): GitEntry[] {
  return splitNames(output).map((name) => {
    const at = name.text.indexOf("\t");
    const [mode = "", , id = ""] = name.text.slice(0, at).split(" ");
    return entryOf(name, at, { ...PLAIN, mode, id });
  });
}

function entryOf(
  { text, bytes }: GitName,
  at: number,
  {
    mode,
    id,
    stage,
    isLeftOut,
    isUnwatched,
  }: Omit<GitEntry, "path" | "bytes" | "kind"> & { readonly mode: string },
): GitEntry {
  return {
    path: text.slice(at + 1),
    bytes: bytes === null ? null : bytes.subarray(bytes.indexOf(TAB) + 1),
    kind: KINDS[mode] ?? "file",
    id,
    stage,
    isLeftOut,
    isUnwatched,
  };
}

const KINDS: Readonly<Record<string, GitEntry["kind"] | undefined>> = {
  "120000": "link",
  "160000": "repository",
};

/** Options of `git diff` and its like that `parseDifference` reads the output of. */
export const LIST_DIFFERENCE = [
  "--raw",
  "-z",
  "--no-renames",
  "--no-abbrev",
  "--relative",
  "--ignore-submodules=all",
];

export interface Difference {
  readonly path: string;
  /** The blob that it was; zeros where it was none. */
  readonly before: string;
  /** What it is now, of which `id` is zeros where git has not read it; `null` where it was deleted. */
  readonly after: GitEntry | null;
  /** Git has not read what stands in the working tree: it may be the same. */
  readonly isUnread: boolean;
  /** It is in the index more than once, and none of these is told. */
  readonly isConflict: boolean;
}

/** Reads `:100644 100644 <id> <id> M\0<path>`. A file that was deleted differs, too. */
export function parseDifference(output: Buffer): Difference[] {
  const parts = splitNames(output);
  const found: Difference[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [, mode = "", before = "", id = "", status = ""] = (parts[index]?.text ?? "").split(" ");
    const { text: path, bytes } = parts[index + 1] ?? { text: "", bytes: null };
    const after: GitEntry = { ...PLAIN, path, bytes, kind: KINDS[mode] ?? "file", id };
    found.push({
      path,
      before,
      after: mode === NO_MODE ? null : after,
      isUnread: status.startsWith("M") && /^0+$/.test(id),
      isConflict: status.startsWith("U"),
    });
  }
  return found;
}

const NO_MODE = "000000";
/** What is so of most entries. */
const PLAIN = { stage: 0, isLeftOut: false, isUnwatched: false } as const;
