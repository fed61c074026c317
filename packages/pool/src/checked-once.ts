/**
 * What this process has checked already need not be checked once more when it is written:
 * of objects and mappings that came out of a check, and are never changed, it is remembered.
 */
import type { Mapping, StoredObject } from "@ouverture/core";

const OBJECTS = new WeakSet<StoredObject>();
const MAPPINGS = new WeakMap<Mapping, CheckedMapping>();

/** A mapping is checked for one object. */
export interface CheckedMapping {
  readonly object: StoredObject;
  readonly hash: string;
}

/** Says that `checkObject` gave this object. */
export function rememberObject(object: StoredObject): void {
  OBJECTS.add(object);
}

/** Says that `checkMapping` gave this mapping, which has this `hash`, for this `object`. */
export function rememberMapping(mapping: Mapping, checked: CheckedMapping): void {
  MAPPINGS.set(mapping, checked);
}

/** Was this very object checked? */
export function wasChecked(object: StoredObject): boolean {
  return OBJECTS.has(object);
}

/** The hash of this very mapping, where it was checked for this very object; else `null`. */
export function checkedMappingHash(object: StoredObject, mapping: Mapping): string | null {
  const checked = MAPPINGS.get(mapping);
  return checked?.object === object ? checked.hash : null;
}
