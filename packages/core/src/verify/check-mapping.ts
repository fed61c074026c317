/** Is a mapping what its hash says, and one of this function? (docs/pool.md; docs/normal-form.md, law 5) */
import { anyCallee } from "../canonical/callee.js";
import { carryMapping } from "../canonical/carry-mapping.js";
import { denormalize } from "../canonical/denormalize.js";
import type { Mapping } from "../canonical/form.js";
import { isFresh } from "../canonical/fresh.js";
import { mappingHash } from "../canonical/hash.js";
import { normalize } from "../canonical/normalize.js";
import { decodeMapping } from "../record/mapping.js";
import type { StoredObject } from "../record/object.js";
import { err, type Fault, type Result } from "../result.js";
import { namingRulesOf } from "./check-object.js";

/**
 * Checks the bytes of a mapping.json that was asked for by `expected`, the hash of
 * the mapping. Of a function of the older form it is checked that the mapping reads
 * as it should once it has the numbers of the normal form.
 *
 * @param object what `checkObject` gave: then a mapping costs less than an object.
 * @returns the mapping as it is stored; or `invalid-mapping` (its hash, its schema, its
 * names, law 5), or `limit-exceeded`.
 */
export function checkMapping(
  object: StoredObject,
  expected: string,
  bytes: Uint8Array | string,
): Result<Mapping, Fault> {
  const decoded = decodeMapping(bytes);
  if (!decoded.ok) return decoded;
  const actual = mappingHash(decoded.value);
  if (actual !== expected) {
    const data = { reason: "other-hash", name: actual };
    return err({ code: "invalid-mapping", data, span: null });
  }
  const fault = lawFault(object, decoded.value);
  return fault === null ? decoded : err(fault);
}

/** Law 5, without a trial where that is not needed. */
function lawFault(object: StoredObject, mapping: Mapping): Fault | null {
  const rules = namingRulesOf(object);
  if (rules !== null && isFresh(mapping, rules)) return null;
  const code = object.normalized_code;
  const written = denormalize(code, mapping);
  if (written.ok) return null;
  return written.fault.code === "not-canonical" ? olderFault(code, mapping) : written.fault;
}

function olderFault(code: string, mapping: Mapping): Fault | null {
  const normal = normalize(code, { callee: anyCallee });
  if (!normal.ok) return normal.fault;
  const carried = carryMapping(mapping, normal.value);
  return carried.ok ? null : carried.fault;
}
