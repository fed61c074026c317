/** The functions that the sources of a repository import: what there is to pull for it. */
import { findPoolImports } from "@ouverture/core";
import { sourceFiles } from "./source-files.js";

/**
 * Gives the full hashes that the sources below `root` import, sorted, each once. What cannot be
 * read or is no full hash is left out: it is `verify` that tells of it.
 */
export async function listImports(root: string): Promise<string[]> {
  const hashes = new Set<string>();
  for await (const file of sourceFiles(root)) {
    if (file.kind !== "text") continue;
    const imports = findPoolImports(file.text);
    for (const one of imports.ok ? imports.value : []) {
      if (one.kind === "function") hashes.add(one.hash);
    }
  }
  return [...hashes].sort();
}
