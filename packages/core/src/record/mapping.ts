/** mapping.json (docs/pool.md, "Directory"; docs/normal-form.md, "Mapping"). */
import type { Mapping } from "../canonical/form.js";
import { isHash, isReservedName } from "../canonical/pool-name.js";
import { type DocumentReason, err, type Fault, ok, type Result } from "../result.js";
import { type JsonFault, readJson, writeJson } from "./canonical-json.js";
import { readFields, readText, readTextRecord, type SchemaCheck } from "./schema.js";

/**
 * Reads mapping.json. Its names are still untrusted: `denormalize` checks them
 * against a function. Faults: `invalid-mapping`; `limit-exceeded` over 1 MiB.
 */
export function decodeMapping(input: Uint8Array | string): Result<Mapping, Fault> {
  const json = readJson(input);
  if (!json.ok) return err(faultOfJson(json.fault));
  const check: SchemaCheck = { trouble: null };
  const fields = readFields(check, json.value, "", MAPPING_KEYS);
  const mapping: Mapping = {
    docstring: readText(check, fields, "docstring"),
    name_mapping: readTextRecord(check, fields.get("name_mapping"), "name_mapping", isReservedName),
    alias_mapping: readTextRecord(check, fields.get("alias_mapping"), "alias_mapping", isHash),
    comment: readText(check, fields, "comment"),
  };
  if (check.trouble !== null) return err(invalidMapping(check.trouble.reason, check.trouble.path));
  return ok(mapping);
}

/** Writes mapping.json: keys in the order of docs/pool.md, no newline at the end. */
export function encodeMapping(mapping: Mapping): string {
  const { docstring, name_mapping, alias_mapping, comment } = mapping;
  return writeJson({ docstring, name_mapping, alias_mapping, comment });
}

const MAPPING_KEYS = ["docstring", "name_mapping", "alias_mapping", "comment"];

function faultOfJson(fault: JsonFault): Fault {
  if (fault.reason === "bytes" || fault.reason === "json-depth") {
    return {
      code: "limit-exceeded",
      data: { limit: fault.reason, most: fault.most },
      span: null,
    };
  }
  return invalidMapping(fault.reason, "");
}

function invalidMapping(reason: DocumentReason, name: string): Fault {
  return { code: "invalid-mapping", data: { reason, name }, span: null };
}
