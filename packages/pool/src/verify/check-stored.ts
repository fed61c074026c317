/** A function of a pool in a directory, read and checked in one go. */
import type { FunctionBytes, MappingBytes } from "@ouverture/core";
import { listMappings, readMappingFile, readObject } from "../directory/read-directory.js";
import type { CheckCache, Looked } from "./check-cache.js";

export interface StoredCheck extends FunctionBytes, Looked {}

/**
 * Gives `null` for what is not plainly there: no function, or something else in the place of a
 * file, or one of more than `most` bytes, or a failure of the system.
 */
export function checkStored(
  directory: string,
  hash: string,
  most: number,
  cache: CheckCache,
): StoredCheck | null {
  try {
    const object = readObject(directory, hash);
    if (!isWithin(object, most)) return null;
    const mappings = listMappings(directory, hash).map((reference): MappingBytes => {
      return { ...reference, bytes: readMappingFile(directory, hash, reference) };
    });
    if (!mappings.every(({ bytes }) => isWithin(bytes, most))) return null;
    const bytes = { hash, object, mappings };
    return { ...bytes, ...cache.look(bytes) };
  } catch {
    return null;
  }
}

function isWithin(content: MappingBytes["bytes"], most: number): content is Uint8Array {
  return content instanceof Uint8Array && content.length <= most;
}
