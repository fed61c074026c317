/**
 * The Python files of a repository (docs/verify.md, "Find"), out of any view of it, and what
 * Python reads in them.
 */
import type { SourceFile } from "@ouverture/core";
import { openGitRepository } from "../git/git-repository.js";
import { readPythonText } from "./python-text.js";
import { byPath, type Content, type RepositoryView, type ViewFile } from "./repository-view.js";
import { openWorkingTree } from "./working-tree.js";

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
  /** Which files are searched, of those that are sources. */
  readonly isWanted?: ((file: ViewFile) => boolean) | undefined;
}

/** Gives the sources of the working tree below `root`, in the order of their paths. */
export async function* sourceFiles(
  root: string,
  paths: readonly string[] = [],
): AsyncGenerator<SourceFile> {
  const view = openWorkingTree(root, await openGitRepository(root));
  try {
    yield* readSources(view, { paths });
  } finally {
    await view.close();
  }
}

/** Gives the sources of a view, in the order of their paths. */
export async function* readSources(
  view: RepositoryView,
  options: SourceOptions = {},
): AsyncGenerator<SourceFile> {
  for await (const [{ path }, content] of view.readAll(
    await listSources(view, options),
    MOST_READ_BYTES,
  )) {
    const source = NOTEBOOK.test(path) ? readNotebook(path, content) : readSource(path, content);
    if (source !== null) yield source;
  }
}

/** The files that are searched, in the order of their paths. */
export async function listSources(
  view: RepositoryView,
  { paths = [], isWanted = () => true }: SourceOptions = {},
): Promise<ViewFile[]> {
  const named = await view.find(paths);
  const isNamed = new Set(named.map(({ path }) => path));
  const isChosen = ({ path }: ViewFile): boolean =>
    paths.length === 0 || paths.some((chosen) => isWithin(path, chosen));
  const isSource = ({ path, kind }: ViewFile): boolean =>
    kind === "repository" || PYTHON_FILE.test(path) || NOTEBOOK.test(path) || isNamed.has(path);
  const listed = (await view.list()).filter((file) => isChosen(file) && isSource(file));
  const known = new Set(listed.map(({ path }) => path));
  const others = named.filter(({ path }) => !known.has(path));
  return [...listed, ...others].filter(isWanted).sort(byPath);
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** A file that is gone is none. */
function readSource(path: string, content: Content): SourceFile | null {
  if (!Buffer.isBuffer(content)) {
    switch (content.why) {
      case "absent":
        return null;
      case "too-large":
        return { kind: "undecodable", path, why: { reason: "too-large", most: MOST_SOURCE_BYTES } };
      case "failed":
        return { kind: "undecodable", path, why: { reason: "cannot-read", error: content.error } };
      default:
        return { kind: "skipped", path, why: content.why };
    }
  }
  const read = readPythonText(content);
  if (read.kind === "text" && content.length > MOST_SOURCE_BYTES) {
    return { kind: "undecodable", path, why: { reason: "too-large", most: MOST_SOURCE_BYTES } };
  }
  return { path, ...read };
}

/** The code cells of notebooks are not read yet: one that names the pool is told. */
function readNotebook(path: string, content: Content): SourceFile | null {
  if (!Buffer.isBuffer(content) || !content.includes("ouverture")) return null;
  return { kind: "skipped", path, why: "notebook" };
}
