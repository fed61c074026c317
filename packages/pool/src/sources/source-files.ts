/**
 * The Python files of a repository (docs/verify.md, "Find"), out of any view of it, and what
 * Python reads in them.
 */
import { isAscii } from "node:buffer";
import { notebookMentionsPool, type SourceFile } from "@ouverture/core";
import { openGitRepository } from "../git/git-repository.js";
import { mayJoinName, readPythonText, spellsPool } from "./python-text.js";
import {
  byPath,
  isWithin,
  type RepositoryView,
  type Unread,
  type ViewFile,
} from "./repository-view.js";

/** A larger file that names the pool is told, and not parsed. */
const MOST_SOURCE_BYTES = 16 << 20;
/** A larger file is told without being read. */
const MOST_READ_BYTES = 512 << 20;
const PYTHON_FILE = /\.(?:py|pyi|pyw)$/i;
const NOTEBOOK = /\.ipynb$/i;

export interface SourceOptions {
  /**
   * Files and folders relative to the root, with `/`: where they are given, nothing else is
   * looked at, and a file is a source whatever its name.
   */
  readonly paths?: readonly string[] | undefined;
  /** The files of the view that may be searched, in place of all that it lists. */
  readonly files?: readonly ViewFile[] | undefined;
  /** Which files are searched, of those that are sources. */
  readonly isWanted?: ((file: ViewFile) => boolean) | undefined;
  /** Which of them are left out, and told. */
  readonly isExcluded?: ((path: string) => boolean) | undefined;
}

/** Gives the sources of the working tree below `root`, in the order of their paths. */
export async function* sourceFiles(
  root: string,
  paths: readonly string[] = [],
): AsyncGenerator<SourceFile> {
  const { openWorkingTree } = await import("./working-tree.js");
  const view = openWorkingTree(root, await openGitRepository(root));
  try {
    yield* readSources(view, { paths });
  } finally {
    await view.close();
  }
}

/** Gives the sources of a view, in the order of their paths; before them what is excluded. */
export async function* readSources(
  view: RepositoryView,
  options: SourceOptions = {},
): AsyncGenerator<SourceFile> {
  const { isExcluded = () => false } = options;
  const files: ViewFile[] = [];
  for (const file of await listSources(view, options)) {
    if (isExcluded(file.path)) yield { kind: "skipped", path: file.path, why: "excluded" };
    else files.push(file);
  }
  for await (const [{ path }, content] of view.readAll(files, MOST_READ_BYTES)) {
    const source = !Buffer.isBuffer(content)
      ? readUnread(path, content)
      : NOTEBOOK.test(path)
        ? readNotebook(path, content)
        : readPython(path, content);
    if (source !== null) yield source;
  }
}

/** The files that are searched, in the order of their paths. */
export async function listSources(
  view: RepositoryView,
  { paths = [], files, isWanted = () => true }: SourceOptions = {},
): Promise<ViewFile[]> {
  const named = paths.length === 0 ? [] : await view.find(paths);
  const isNamed = new Set(named.map(({ path }) => path));
  const isChosen = ({ path }: ViewFile): boolean =>
    paths.length === 0 || paths.some((chosen) => isWithin(path, chosen));
  const isSource = ({ path, kind }: ViewFile): boolean =>
    kind === "repository" || isSourceName(path) || isNamed.has(path);
  const all = files ?? (await view.list());
  const listed = all.filter((file) => isSource(file) && isChosen(file) && isWanted(file));
  if (named.length === 0) return listed.sort(byPath);
  const known = new Set(listed.map(({ path }) => path));
  const others = named.filter((file) => !known.has(file.path) && isWanted(file));
  return [...listed, ...others].sort(byPath);
}

/** Is a file a source by its name? */
export function isSourceName(path: string): boolean {
  return PYTHON_FILE.test(path) || NOTEBOOK.test(path);
}

/** A file that is gone is none. */
function readUnread(path: string, content: Unread): SourceFile | null {
  switch (content.why) {
    case "absent":
      return null;
    case "too-large":
      return { kind: "undecodable", path, why: TOO_LARGE };
    case "failed":
      return { kind: "undecodable", path, why: { reason: "cannot-read", error: content.error } };
    default:
      return { kind: "skipped", path, why: content.why };
  }
}

const TOO_LARGE = { reason: "too-large", most: MOST_SOURCE_BYTES } as const;

function readPython(path: string, bytes: Buffer): SourceFile {
  const read = readPythonText(bytes);
  return read.kind === "text" && bytes.length > MOST_SOURCE_BYTES
    ? { kind: "undecodable", path, why: TOO_LARGE }
    : { path, ...read };
}

/** Jupyter reads UTF-8 and nothing else. */
function readNotebook(path: string, bytes: Buffer): SourceFile {
  const mayName = spellsPool(bytes) || bytes.includes("\\u") || !isAscii(bytes);
  if (!mayName && !mayJoinName(bytes)) return { kind: "unrelated", path };
  const isLarge = bytes.length > MOST_SOURCE_BYTES;
  if (mayName && isLarge) return { kind: "undecodable", path, why: TOO_LARGE };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!notebookMentionsPool(text)) return { kind: "unrelated", path };
    return isLarge
      ? { kind: "undecodable", path, why: TOO_LARGE }
      : { kind: "notebook", path, text };
  } catch {
    return { kind: "undecodable", path, why: { reason: "not-a-notebook" } };
  }
}
