/** What the parts of a pool's validation share: where it is, and what was found. */
import type { Dirent } from "node:fs";
import { type Content, readSeenDocument } from "../directory/read-directory.js";
import { listFolder, lookAt } from "../directory/safe-file.js";
import { isOld, isTemporary } from "../directory/temporary.js";
import {
  describeProblem,
  type Problem,
  type ProblemCode,
  type ProblemDetail,
} from "./pool-problem.js";

export interface Inspection {
  /** The whole path of the pool. */
  readonly root: string;
  /** Problems that nobody was told yet. */
  readonly found: Problem[];
  readonly counts: Record<"functions" | "mappings" | "bytes" | "errors" | "notices", number>;
}

/** Enters a problem. `path` is relative to the pool. */
export function tell(
  inspection: Inspection,
  code: ProblemCode,
  path: string,
  hash: string | null,
  detail: ProblemDetail = {},
): void {
  const problem = describeProblem(code, path, hash, detail);
  inspection.found.push(problem);
  inspection.counts[problem.severity === "error" ? "errors" : "notices"] += 1;
}

/** What has a place in a folder: folders whose names are of a form, and files by name. */
export interface Places {
  readonly isFolder: (name: string) => boolean;
  readonly isFile: (name: string) => boolean;
}

/** The names in a folder that have a place there, sorted; of everything else a problem is told. */
export function listPlaces(
  inspection: Inspection,
  path: string,
  hash: string | null,
  { isFolder, isFile }: Places,
): { readonly folders: readonly string[]; readonly files: readonly string[] } {
  const folders: string[] = [];
  const files: string[] = [];
  for (const entry of listOrTell(inspection, path, hash)) {
    const { name } = entry;
    if (entry.isDirectory() && isFolder(name)) folders.push(name);
    else if (entry.isFile() && isFile(name)) files.push(name);
    else tellOther(inspection, `${path}/${name}`, hash, entry, isFile(name));
  }
  return { folders: folders.sort(), files: files.sort() };
}

function listOrTell(inspection: Inspection, path: string, hash: string | null): Dirent[] {
  try {
    return listFolder(`${inspection.root}/${path}`);
  } catch (error) {
    tellUnreadable(inspection, path, hash, error);
    return [];
  }
}

function tellOther(
  inspection: Inspection,
  path: string,
  hash: string | null,
  entry: Dirent,
  isPlaceOfFile: boolean,
): void {
  const isPlain = entry.isFile() || entry.isDirectory();
  if (isPlaceOfFile || !isPlain) tell(inspection, "not-a-file", path, hash);
  else if (!isTemporary(entry.name)) tell(inspection, "stray", path, hash);
  else if (isOld(`${inspection.root}/${path}`)) tell(inspection, "left-over", path, hash);
}

/** Reads a file that was listed; `undefined` where that fails, which is told, or where it is gone. */
export function readListed(inspection: Inspection, path: string, hash: string | null): Content {
  try {
    const content = readSeenDocument(inspection.root, path);
    if (content instanceof Uint8Array) inspection.counts.bytes += content.length;
    return content;
  } catch (error) {
    tellUnreadable(inspection, path, hash, error);
    return undefined;
  }
}

/** What stands in a place. That it cannot be known is told where it is read. */
export function lookInto(
  { root }: Inspection,
  path: string,
): "file" | "nothing" | "something else" {
  try {
    const stats = lookAt(`${root}/${path}`);
    if (stats === undefined) return "nothing";
    return stats.isFile() ? "file" : "something else";
  } catch {
    return "something else";
  }
}

function tellUnreadable(
  inspection: Inspection,
  path: string,
  hash: string | null,
  error: unknown,
): void {
  const reason = error instanceof Error ? error.message : String(error);
  tell(inspection, "unreadable", path, hash, { reason });
}
