/** A pool in a directory (docs/pool.md, "Directory"). */
import {
  checkObject,
  type DocumentFault,
  encodeMapping,
  encodeObject,
  type Fault,
  type Mapping,
  MOST_BYTES,
  mappingHash,
  mappingPath,
  type ObjectSource,
  objectPath,
  type Result,
  type StoredObject,
} from "@ouverture/core";
import { errorCode, listFolderBelow, readFileBelow, writeFileBelow } from "./safe-file.js";

/** A function as it is stored: the object, and what it is called in some languages. */
export interface FunctionRecord {
  readonly object: StoredObject;
  readonly mappings: readonly { readonly language: string; readonly mapping: Mapping }[];
}
/** What `add` wrote: paths relative to the pool; nothing where all was known. */
export interface Added {
  readonly written: readonly string[];
}

export interface DirectoryPool extends Required<ObjectSource> {
  /**
   * Stores a function. What is there is never written again: of a known function
   * only a new mapping is. Faults: those of `checkObject`, `malformed-language`.
   * Throws when the system fails.
   */
  add(record: FunctionRecord): Promise<Result<Added, Fault>>;
}

/** The pool in `directory`, which need not exist yet. */
export function openDirectoryPool(directory: string): DirectoryPool {
  return {
    get: (hash) => readObject(directory, hash),
    complete: (digits) => completeHash(directory, digits),
    add: (record) => addRecord(directory, record),
  };
}

async function readObject(
  directory: string,
  hash: string,
): Promise<Uint8Array | DocumentFault | undefined> {
  const path = objectPath(hash);
  if (!path.ok) throw new Error(`${hash} is no hash`);
  const bytes = await readOrNone(directory, path.value);
  if (bytes === "not-a-file") {
    return { code: "malformed-object", data: { reason: "not-a-file", path: "" }, span: null };
  }
  if (bytes === "too-large") {
    return { code: "limit-exceeded", data: { limit: "bytes", most: MOST_BYTES }, span: null };
  }
  return bytes;
}

/** A pool that is not there has nothing. */
async function readOrNone(directory: string, path: string): ReturnType<typeof readFileBelow> {
  try {
    return await readFileBelow(directory, path, MOST_BYTES);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Four digits and more are looked for: fewer name no function. */
async function completeHash(directory: string, digits: string): Promise<string[]> {
  if (!/^[0-9a-f]{4,}$/.test(digits)) return [];
  const start = digits.slice(0, 2);
  const rests = await listFolderBelow(directory, `objects/sha256/${start}`);
  return rests.filter((rest) => rest.startsWith(digits.slice(2))).map((rest) => start + rest);
}

async function addRecord(
  directory: string,
  { object, mappings }: FunctionRecord,
): Promise<Result<Added, Fault>> {
  const text = encodeObject(object);
  const checked = checkObject(object.hash, text);
  if (!checked.ok) return checked;
  const place = objectPath(object.hash);
  if (!place.ok) return place;
  const files = [{ path: place.value, text }];
  for (const { language, mapping } of mappings) {
    const path = mappingPath(object.hash, language, mappingHash(mapping));
    if (!path.ok) return path;
    files.push({ path: path.value, text: encodeMapping(mapping) });
  }
  const written: string[] = [];
  for (const file of files) {
    if ((await readOrNone(directory, file.path)) !== undefined) continue;
    await writeFileBelow(directory, file.path, file.text);
    written.push(file.path);
  }
  return { ok: true, value: { written } };
}
