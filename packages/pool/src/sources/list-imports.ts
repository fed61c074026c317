/** The functions that the sources of a repository import: what there is to pull for it. */
import { type ObjectSource, verify } from "@ouverture/core";
import { sourceFiles } from "./source-files.js";

/**
 * Gives the full hashes that the sources below `root` import, sorted, each once. What cannot be
 * read or is no full hash is left out: it is `verify` that tells of it.
 */
export async function listImports(root: string): Promise<string[]> {
  const { imports } = await verify(sourceFiles(root), NO_OBJECTS);
  return [...new Set(imports.flatMap(({ hash }) => hash ?? []))].sort();
}

const NO_OBJECTS: ObjectSource = { get: () => Promise.resolve(undefined) };
