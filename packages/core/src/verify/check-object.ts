/** Is an object what its hash says? (docs/verify.md, "Check") Nothing that a store gives is believed. */
import { anyCallee } from "../canonical/callee.js";
import { requireCanonical } from "../canonical/canonical-code.js";
import { type NamingRules, namingRules } from "../canonical/fresh.js";
import { hash } from "../canonical/hash.js";
import { normalizeProgram } from "../canonical/normalize.js";
import { isHash } from "../canonical/pool-name.js";
import { type Program, readProgram } from "../canonical/program.js";
import { decodeObject, malformedObject, type StoredObject } from "../record/object.js";
import { hashedText, isOlderForm } from "../record/older-form.js";
import { err, type FaultOf, ok, type Result } from "../result.js";

export interface CheckedObject {
  readonly object: StoredObject;
  /** The hashes of the functions that the code imports, sorted. */
  readonly dependencies: readonly string[];
  /** In which way an intact object of the older form differs from the normal form; else `null`. */
  readonly olderForm: FaultOf<"not-canonical"> | null;
}

/** What can be wrong with an object. */
export type ObjectFault = FaultOf<
  | "malformed-hash"
  | "malformed-object"
  | "limit-exceeded"
  | "hash-mismatch"
  | "not-canonical"
  | "wrong-dependencies"
>;

/** An object that was checked, with what its code was read as; `null` where Python refuses it. */
export interface ReadObject extends CheckedObject {
  readonly program: Program | null;
}

/**
 * Checks the bytes of an object.json that was asked for by `expected`.
 *
 * @returns the object; or `malformed-hash`, `malformed-object`, `limit-exceeded`,
 * `hash-mismatch`, `not-canonical` or `wrong-dependencies`, the first that applies.
 */
export function checkObject(
  expected: string,
  bytes: Uint8Array | string,
): Result<CheckedObject, ObjectFault> {
  const read = readObject(expected, bytes);
  if (!read.ok) return read;
  const { program: _, ...checked } = read.value;
  return ok(checked);
}

/** As `checkObject`, and keeps the tree for those that look into it. */
export function readObject(
  expected: string,
  bytes: Uint8Array | string,
): Result<ReadObject, ObjectFault> {
  if (!isHash(expected)) {
    return err({ code: "malformed-hash", data: { name: expected }, span: null });
  }
  const decoded = decodeObject(bytes);
  if (!decoded.ok) return decoded;
  const object = decoded.value;
  if (object.hash !== expected) return err(malformedObject("other-hash", "hash"));

  const code = object.normalized_code;
  if (hashedText(code, expected) === null) {
    const data = { expected, actual: hash(code) };
    return err({ code: "hash-mismatch", data, span: null });
  }
  const program = readProgram(code);
  const normal = program.ok ? normalizeProgram(program.value, { callee: anyCallee }) : program;
  const canonical = requireCanonical(code, normal);
  if (!canonical.ok && !(normal.ok && isOlderForm(code, normal.value))) return canonical;
  const dependencies = normal.ok ? normal.value.dependencies : [];
  const listed = object.metadata.dependencies;
  if (listed.length > 0 && listed.join() !== dependencies.join()) {
    const data = { listed, actual: dependencies };
    return err({ code: "wrong-dependencies", data, span: null });
  }
  if (program.ok && canonical.ok) RULES.set(object, namingRules(program.value, canonical.value));
  const olderForm = canonical.ok ? null : canonical.fault;
  return ok({ object, dependencies, olderForm, program: program.ok ? program.value : null });
}

/** What the mappings of an object have to keep to; `null` where it was not checked, or is no normal form. */
export function namingRulesOf(object: StoredObject): NamingRules | null {
  return RULES.get(object) ?? null;
}

/** Kept from the check of an object, so that a check of its mappings need not read it again. */
const RULES = new WeakMap<StoredObject, NamingRules>();
