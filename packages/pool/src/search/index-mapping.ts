/**
 * Mappings as the index takes them in, and as search shows them: what has the digest that
 * it is called by. That its names keep the laws is checked where a function is used.
 */
import { decodeMapping, type Mapping, MOST_BYTES, mappingHash, mappingPath } from "@ouverture/core";
import { readFileBelow } from "../directory/safe-file.js";

/**
 * Gives the mappings of a function by language and hash; `null` for one that is damaged or
 * gone. Of schema 0 they are all in one file, which is read once.
 */
export async function openMappings(
  root: string,
  hash: string,
  schema: 0 | 1,
): Promise<(language: string, ofMapping: string) => Mapping | null> {
  if (schema === 1) return (language, ofMapping) => readMapping(root, hash, language, ofMapping);
  // What migrates is large, and few pools need it.
  const { readIndexedFunction } = await import("./index-read.js");
  const mappings = readIndexedFunction(root, hash, schema)?.mappings ?? [];
  return (language, ofMapping) =>
    mappings.find((one) => one.language === language && one.hash === ofMapping)?.mapping ?? null;
}

function readMapping(
  root: string,
  hash: string,
  language: string,
  ofMapping: string,
): Mapping | null {
  const path = mappingPath(hash, language, ofMapping);
  const bytes = path.ok ? readBytes(root, path.value) : null;
  const mapping = bytes === null ? null : decodeMapping(bytes);
  return mapping?.ok === true && mappingHash(mapping.value) === ofMapping ? mapping.value : null;
}

/** What cannot be read is as good as damaged: the rest of the pool can be searched. */
export function readBytes(root: string, path: string): Uint8Array | null {
  try {
    const bytes = readFileBelow(root, path, MOST_BYTES);
    return bytes instanceof Uint8Array ? bytes : null;
  } catch {
    return null;
  }
}
