/**
 * The Python files of a repository (docs/verify.md, "Find"): tracked by git or not
 * ignored; without git, those that no `.gitignore` names.
 */
import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { join, sep } from "node:path";
import type { SourceFile } from "@ouverture/core";
import { listGitFiles } from "./git-files.js";
import { listUnignoredFiles } from "./ignore-files.js";
import { readPythonText } from "./python-text.js";

/** A larger file that names the pool is told, and not parsed. */
const MOST_SOURCE_BYTES = 16 << 20;
/** A larger file is told without being read. */
const MOST_READ_BYTES = 512 << 20;
const PYTHON_FILE = /\.(?:py|pyi|pyw)$/i;
const NOTEBOOK = /\.ipynb$/i;

/**
 * Gives the sources below `root`, in the order of their paths.
 *
 * @param paths files and folders relative to `root`, with `/`: where they are given,
 * nothing else is looked at, and a file is a source whatever its name.
 */
export async function* sourceFiles(
  root: string,
  paths: readonly string[] = [],
): AsyncGenerator<SourceFile> {
  const listed = (await listGitFiles(root)) ?? (await listUnignoredFiles(root));
  const isChosen = (path: string): boolean =>
    paths.length === 0 || paths.some((chosen) => isWithin(path, chosen));
  const named = paths.filter((path) => lstatOrNone(join(root, path))?.isFile());
  const files = new Map(named.map((path) => [path, { path, isRepository: false }]));
  for (const file of listed) if (isChosen(file.path)) files.set(file.path, file);

  for (const path of [...files.keys()].sort()) {
    if (files.get(path)?.isRepository) yield { kind: "skipped", path, why: "nested-repository" };
    else if (NOTEBOOK.test(path)) yield* readNotebook(root, path);
    else if (PYTHON_FILE.test(path) || named.includes(path)) yield* readSource(root, path);
  }
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** A file that was deleted, or is a folder by now, is none. */
function* readSource(root: string, path: string): Generator<SourceFile> {
  const place = placeOf(root, path);
  if (place === null) return;
  if (typeof place === "string") {
    yield { kind: "skipped", path, why: place };
    return;
  }
  if (place.size > MOST_READ_BYTES) {
    yield { kind: "undecodable", path, why: { reason: "too-large", most: MOST_SOURCE_BYTES } };
    return;
  }
  const bytes = readOrFail(place.full);
  if (typeof bytes === "string") {
    yield { kind: "undecodable", path, why: { reason: "cannot-read", error: bytes } };
    return;
  }
  const read = readPythonText(bytes);
  if (read.kind === "text" && bytes.length > MOST_SOURCE_BYTES) {
    yield { kind: "undecodable", path, why: { reason: "too-large", most: MOST_SOURCE_BYTES } };
  } else {
    yield { path, ...read };
  }
}

/** The code cells of notebooks are not read yet: one that names the pool is told. */
function* readNotebook(root: string, path: string): Generator<SourceFile> {
  const place = placeOf(root, path);
  if (place === null || typeof place === "string" || place.size > MOST_READ_BYTES) return;
  const bytes = readOrFail(place.full);
  if (typeof bytes !== "string" && bytes.includes("ouverture")) {
    yield { kind: "skipped", path, why: "notebook" };
  }
}

interface Place {
  readonly full: string;
  readonly size: number;
}

/** Where a file is read: a link is followed as far as it stays below `root`. */
function placeOf(root: string, path: string): Place | "link" | "not-a-file" | null {
  const full = join(root, path);
  const stats = lstatOrNone(full);
  if (stats === undefined || stats.isDirectory()) return null;
  if (stats.isFile()) return { full, size: stats.size };
  if (!stats.isSymbolicLink()) return "not-a-file";
  const target = realpathOrNone(full);
  const inside = realpathOrNone(root);
  if (target === null || inside === null || !target.startsWith(inside + sep)) return "link";
  const targetStats = lstatOrNone(target);
  if (targetStats?.isDirectory()) return null;
  return targetStats?.isFile() ? { full: target, size: targetStats.size } : "not-a-file";
}

function lstatOrNone(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function realpathOrNone(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** The bytes of a file, or what the system said. */
function readOrFail(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
