/**
 * The Python files of a repository (docs/verify.md, "Find"): tracked by git or not
 * ignored; without git, those that no `.gitignore` names.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { SourceFile } from "@ouverture/core";
import { listGitFiles } from "./git-files.js";
import { listUnignoredFiles } from "./ignore-files.js";
import { readPythonText } from "./python-text.js";
import { errorCode } from "./safe-file.js";

/** A larger file that names the pool is told, and not parsed. */
const MOST_SOURCE_BYTES = 16 << 20;
const PYTHON_FILE = /\.(?:py|pyi|pyw)$/i;
const NOTEBOOK = /\.ipynb$/i;

/**
 * Gives the sources below `root`, in the order of their paths.
 *
 * @param paths files and folders relative to `root`, with `/`: where they are given,
 * nothing else is looked at.
 */
export async function* sourceFiles(
  root: string,
  paths: readonly string[] = [],
): AsyncGenerator<SourceFile> {
  const listed = (await listGitFiles(root)) ?? (await listUnignoredFiles(root));
  const chosen = listed
    .filter(({ path, isRepository }) => isRepository || PYTHON_FILE.test(path) || NOTEBOOK.test(path))
    .filter(({ path }) => paths.length === 0 || paths.some((chosen) => isWithin(path, chosen)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, isRepository } of chosen) {
    if (isRepository) yield { kind: "skipped", path, why: "nested-repository" };
    else if (NOTEBOOK.test(path)) yield* readNotebook(root, path);
    else yield* readSource(root, path);
  }
}
