/**
 * A mapping that nobody has checked (docs/normal-form.md, "Mapping"): its names
 * have to be names, and those of the code.
 */
import type { Fault } from "../result.js";
import { KEYWORDS } from "../syntax/tokens.js";
import { isIdentifierContinue, isIdentifierStart, toNfkc } from "../syntax/unicode.js";
import type { Mapping } from "./form.js";
import { isReservedName } from "./pool-name.js";

/** Why a mapping is refused, and the name, number or hash at fault. */
export type MappingReason =
  /** It is no object with the four parts of a mapping. */
  | "no-mapping"
  /** The code has a number that the mapping does not name. */
  | "missing-name"
  /** The code has no such number. */
  | "unknown-number"
  /** The code imports no such hash. */
  | "unknown-hash"
  | "not-an-identifier"
  | "not-nfkc"
  | "keyword"
  | "reserved"
  /** No docstring that Python reads is this one. */
  | "docstring"
  /** Law 5: with this name the text is another function, or comes back with another mapping. */
  | "other-meaning";

export function invalidMapping(reason: MappingReason, name: string): Fault {
  return { code: "invalid-mapping", data: { reason, name }, span: null };
}

/** Has `value` the four parts of a mapping, and nothing but texts in them? */
export function isMapping(value: unknown): value is Mapping {
  if (typeof value !== "object" || value === null) return false;
  const { docstring, name_mapping, alias_mapping, comment }: Partial<Record<string, unknown>> = {
    ...value,
  };
  const isText = typeof docstring === "string" && typeof comment === "string";
  return isText && isRecordOfTexts(name_mapping) && isRecordOfTexts(alias_mapping);
}

function isRecordOfTexts(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((text) => typeof text === "string");
}

/**
 * Checks that `mapping` has a name for each of `numbers` and no other, aliases
 * only for `hashes`, and that each is an identifier. Fault: `invalid-mapping`.
 */
export function checkMapping(
  { name_mapping, alias_mapping }: Mapping,
  numbers: readonly string[],
  hashes: readonly string[],
): Fault | null {
  const missing = numbers.find((number) => !Object.hasOwn(name_mapping, number));
  if (missing !== undefined) return invalidMapping("missing-name", missing);
  return (
    checkEntries(name_mapping, new Set(numbers), "unknown-number") ??
    checkEntries(alias_mapping, new Set(hashes), "unknown-hash")
  );
}

function checkEntries(
  names: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
  unknown: MappingReason,
): Fault | null {
  for (const [key, name] of Object.entries(names)) {
    if (!known.has(key)) return invalidMapping(unknown, key);
    const reason = whyNoName(name);
    if (reason !== null) return invalidMapping(reason, name);
  }
  return null;
}

/** The entry under `key`, which may be any text: `__proto__` is a key like any other. */
export function entryOf(names: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(names, key) ? names[key] : undefined;
}

/** Why `name` cannot be the name of a binding; `null` where it can. Soft keywords can. */
export function whyNoName(name: string): MappingReason | null {
  if (!ASCII_IDENTIFIER.test(name)) {
    if (!isIdentifier(name)) return "not-an-identifier";
    if (toNfkc(name) !== name) return "not-nfkc";
  }
  if (KEYWORD.has(name)) return "keyword";
  return isReservedName(name) ? "reserved" : null;
}

/** Most names are these, and are their own NFKC form. */
const ASCII_IDENTIFIER = /^[A-Za-z_][A-Za-z_0-9]*$/;
const KEYWORD: ReadonlySet<string> = new Set(KEYWORDS);

/** Identifiers as Python's reference has them ("Identifiers (Names)"). */
function isIdentifier(name: string): boolean {
  let isFirst = true;
  for (const char of name) {
    const point = char.codePointAt(0) ?? 0;
    if (isFirst ? !isIdentifierStart(point) : !isIdentifierContinue(point)) return false;
    isFirst = false;
  }
  return !isFirst;
}
