/**
 * The files of a repository as one of three things has them: the working tree, the index
 * (what the next commit will be) or a commit. Reading never writes.
 */
import type { FunctionSource } from "../store.js";

/** A file that a view lists. Its content is asked of the view that listed it. */
export interface ViewFile {
  /** Relative to the root, with `/`; bytes that are no UTF-8 as `\xff`. */
  readonly path: string;
  /** As it is listed. In a working tree something else may stand there by now. */
  readonly kind: "file" | "link" | "repository";
}

/** Why a file has no content: it is gone, or is something else, or the system or git failed. */
export type Unread =
  | { readonly why: "absent" | "link" | "not-a-file" | "nested-repository" | "too-large" }
  | { readonly why: "failed"; readonly error: string };

export type Content = Buffer | Unread;

export interface RepositoryView {
  /** How people call it, after a path: ` (staged)`; empty for the working tree. */
  readonly label: string;
  /** Sorted by path. A path may stand twice: names that are no UTF-8, and both sides of a conflict. */
  list(): Promise<readonly ViewFile[]>;
  /** What stands at these paths besides; a folder and what is not there are left out. */
  find(paths: readonly string[]): Promise<readonly ViewFile[]>;
  /**
   * The contents of files in their order. Links are followed as far as they stay in the view.
   * What is given is good until the next is asked for.
   */
  readAll(
    files: Iterable<ViewFile>,
    most: number,
  ): AsyncIterable<readonly [file: ViewFile, content: Content]>;
  /** A file by its path. What is behind a link is not there. */
  read(path: string, most: number): Promise<Content>;
  /** The pool in a folder of the view; `null` where there is none. */
  openPool(folder: string): Promise<FunctionSource | null>;
  close(): Promise<void>;
}

/** How the repository's own pool is called. */
export const OWN_POOL = "the repository's pool";

/** The order of the files of a view. */
export function byPath(a: ViewFile, b: ViewFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Is a path that of a folder, or below it? Below the root, "", all are. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
