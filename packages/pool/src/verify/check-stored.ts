/** A function of a pool in a directory, read in one go, and checked. */
import type { FunctionBytes, MappingBytes } from "@ouverture/core";
import { listMappingsBeside, readMappingFile, readObject } from "../directory/read-directory.js";
import type { CheckCache, Looked } from "./check-cache.js";

export interface StoredCheck extends FunctionBytes, Looked {}

/**
 * Gives `null` for what is not plainly there: no function, or something else in the place of a
 * file or a folder, or one of more than `most` bytes, or a failure of the system.
 */
export function readStored(directory: string, hash: string, most: number): FunctionBytes | null {
  try {
    const object = readObject(directory, hash);
    if (!isWithin(object, most)) return null;
    const mappings = listMappingsBeside(directory, hash).map((reference): MappingBytes => {
      return { ...reference, bytes: readMappingFile(directory, hash, reference) };
    });
    return mappings.every(({ bytes }) => isWithin(bytes, most)) ? { hash, object, mappings } : null;
  } catch {
    return null;
  }
}

/** As `readStored`, and checks it. */
export async function checkStored(
  directory: string,
  hash: string,
  most: number,
  cache: CheckCache,
): Promise<StoredCheck | null> {
  const bytes = readStored(directory, hash, most);
  return bytes === null ? null : { ...bytes, ...(await cache.look(bytes)) };
}

function isWithin(content: MappingBytes["bytes"], most: number): content is Uint8Array {
  return content instanceof Uint8Array && content.length <= most;
}
