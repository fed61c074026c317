/** Stores functions that were migrated, and looks whether they are there: read back and checked. */
import { type Fault, mappingHash } from "@ouverture/core";
import { readFunction, readMapping } from "../checked-reading.js";
import { encodeRecord } from "../checked-writing.js";
import type { DirectoryPool } from "../directory/directory-pool.js";
import type { FunctionRecord } from "../store.js";

export interface Storable {
  readonly record: FunctionRecord;
}

/**
 * Stores each, in their order, and says what is wrong with it; `null`: it is there. With
 * `isDry` it is checked as it would be, and nothing is written. Throws when the system fails.
 */
export async function* storeMigrated<T extends Storable>(
  pool: DirectoryPool,
  items: AsyncIterable<T>,
  isDry: boolean,
): AsyncGenerator<{ readonly item: T; readonly fault: Fault | null }> {
  if (isDry) {
    for await (const item of items) {
      const files = encodeRecord(item.record);
      yield { item, fault: files.ok ? null : files.fault };
    }
    return;
  }
  const given: T[] = [];
  async function* records(): AsyncGenerator<FunctionRecord> {
    for await (const item of items) {
      given.push(item);
      yield item.record;
    }
  }
  // The answers come in the order of the records.
  for await (const answer of pool.add(records())) {
    const item = given.shift();
    if (item === undefined) return;
    const fault = "fault" in answer ? answer.fault : await readBack(pool, item.record);
    yield { item, fault };
  }
}

async function readBack(
  pool: DirectoryPool,
  { object: { hash }, mappings }: FunctionRecord,
): Promise<Fault | null> {
  const read = await readFunction(pool, hash);
  if (read === undefined) return notThere();
  if (!read.ok) return read.fault;
  for (const { language, mapping } of mappings) {
    const reference = { language, hash: mappingHash(mapping) };
    const found = await readMapping(pool, read.value.object, reference);
    if (found === undefined) return notThere();
    if (!found.ok) return found.fault;
  }
  return null;
}

function notThere(): Fault {
  return { code: "malformed-object", data: { reason: "not-a-file", path: "" }, span: null };
}
