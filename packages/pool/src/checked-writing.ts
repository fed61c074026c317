/**
 * What every store does first of all with a function that it is given: a record becomes
 * the files of a pool, each checked as if it had been read from one.
 */
import {
  checkMapping,
  checkObject,
  encodeMapping,
  encodeObject,
  type Fault,
  MOST_BYTES,
  mappingHash,
  mappingPath,
  objectPath,
  type Result,
  type StoredObject,
} from "@ouverture/core";
import { checkedMappingHash, wasChecked } from "./checked-once.js";
import type { FunctionRecord } from "./store.js";

/** A file that is to be in a pool. `path` is relative to the pool, with `/`. */
export interface PoolFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Checks what stands in its place already. */
  check(bytes: Uint8Array): Result<unknown, Fault>;
}

/**
 * The files of a record: its object, and then its mappings. Faults: those of `checkObject`
 * and `checkMapping`, `malformed-language`.
 */
export function encodeRecord(record: FunctionRecord): Result<readonly PoolFile[], Fault> {
  const { hash } = record.object;
  const place = objectPath(hash);
  if (!place.ok) return place;
  const bytes = Buffer.from(encodeObject(record.object));
  const checked = checkWritten(record.object, bytes);
  if (!checked.ok) return checked;
  const object = checked.value;
  const files: PoolFile[] = [
    { path: place.value, bytes, check: (other) => checkObject(hash, other) },
  ];
  for (const { language, mapping } of record.mappings) {
    const known = checkedMappingHash(object, mapping);
    const ofMapping = known ?? mappingHash(mapping);
    const path = mappingPath(hash, language, ofMapping);
    if (!path.ok) return path;
    if (language.length > LONGEST_NAME) {
      return { ok: false, fault: { code: "malformed-language", data: { language }, span: null } };
    }
    const file: PoolFile = {
      path: path.value,
      bytes: Buffer.from(encodeMapping(mapping)),
      check: (other) => checkMapping(object, ofMapping, other),
    };
    if (known === null || file.bytes.length > MOST_BYTES) {
      const valid = file.check(file.bytes);
      if (!valid.ok) return valid;
    }
    files.push(file);
  }
  return { ok: true, value: files };
}

/** What was checked when it was read is written as it was read, unless it became too large. */
function checkWritten(object: StoredObject, bytes: Uint8Array): Result<StoredObject, Fault> {
  if (wasChecked(object) && bytes.length <= MOST_BYTES) return { ok: true, value: object };
  const checked = checkObject(object.hash, bytes);
  return checked.ok ? { ok: true, value: checked.value.object } : checked;
}

/** The longest name of a folder that every system takes: one less than that of a language. */
const LONGEST_NAME = 255;
