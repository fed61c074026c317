/** The functions that the sources of a repository import: what there is to pull for it. */
import { searchSource } from "@ouverture/core";
import { sourceFiles } from "./source-files.js";

/**
 * Gives the full hashes that the sources below `root` import, sorted, each once. What cannot be
 * read or is no full hash is left out: it is `verify` that tells of it.
 */
export async function listImports(root: string): Promise<string[]> {
  const hashes = new Set<string>();
  for await (const file of sourceFiles(root)) {
    if (file.kind === "skipped") continue;
    for (const { hash } of searchSource(file).imports) if (hash !== null) hashes.add(hash);
  }
  return [...hashes].sort();
}
