/**
 * The one place where what a source gives becomes functions and mappings: nothing of
 * it is believed until it was checked (docs/verify.md, "Untrusted").
 */
import {
  type CheckedObject,
  checkMapping,
  checkObject,
  type Fault,
  type Mapping,
  type ObjectFault,
  objectPath,
  type Result,
  type StoredObject,
} from "@ouverture/core";
import { rememberMapping, rememberObject } from "./checked-once.js";
import { documentText } from "./document-text.js";
import type { CheckedSource, FunctionSource, MappingReference } from "./store.js";

/**
 * The function under `hash`; `undefined` where the source has none. Faults: those of
 * `checkObject`. Throws a `StoreError` where the source fails.
 */
export async function readFunction(
  source: FunctionSource,
  hash: string,
): Promise<Result<CheckedObject, ObjectFault> | undefined> {
  if (!objectPath(hash).ok) return checkObject(hash, "");
  const checked = checks(source)
    ? await source.getChecked(hash)
    : await checkFunction(source, hash);
  if (checked?.ok) rememberObject(checked.value.object);
  return checked;
}

/**
 * A mapping of a function that was checked; `undefined` where the source has none.
 * Faults: `invalid-mapping` (its hash, its schema, its names, law 5), and what stands in
 * its place that is no file. Throws a `StoreError` where the source fails.
 */
export async function readMapping(
  source: FunctionSource,
  object: StoredObject,
  reference: MappingReference,
): Promise<Result<Mapping, Fault> | undefined> {
  const checked = checks(source)
    ? await source.getCheckedMapping(object, reference)
    : await checkMappingOf(source, object, reference);
  if (checked?.ok) rememberMapping(checked.value, { object, hash: reference.hash });
  return checked;
}

/**
 * All mappings of a function, or those of one language, in the order of `listMappings`.
 * One that is gone by the time that it is read is left out.
 */
export async function* readMappings(
  source: FunctionSource,
  object: StoredObject,
  language?: string,
): AsyncGenerator<{
  readonly reference: MappingReference;
  readonly mapping: Result<Mapping, Fault>;
}> {
  for (const reference of await source.listMappings(object.hash, language)) {
    const mapping = await readMapping(source, object, reference);
    if (mapping !== undefined) yield { reference, mapping };
  }
}

function checks(source: FunctionSource): source is CheckedSource {
  return "getChecked" in source && "getCheckedMapping" in source;
}

async function checkFunction(
  source: FunctionSource,
  hash: string,
): Promise<Result<CheckedObject, ObjectFault> | undefined> {
  const found = await source.get(hash);
  if (found === undefined) return undefined;
  return "code" in found ? { ok: false, fault: found } : checkObject(hash, documentText(found));
}

async function checkMappingOf(
  source: FunctionSource,
  object: StoredObject,
  reference: MappingReference,
): Promise<Result<Mapping, Fault> | undefined> {
  const found = await source.getMapping(object.hash, reference);
  if (found === undefined) return undefined;
  return "code" in found
    ? { ok: false, fault: found }
    : checkMapping(object, reference.hash, documentText(found));
}
