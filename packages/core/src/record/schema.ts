/**
 * Untrusted JSON, field by field. The first trouble is kept and reading goes on
 * with empty values, so that a decoder reads as the list of its fields.
 * Measured against a schema library: a fifth of its size.
 */
import type { JsonValue } from "./canonical-json.js";

/** What is wrong with a document, and where in it (`metadata.tags[2]`). */
export interface SchemaTrouble {
  readonly reason: "missing-key" | "unknown-key" | "wrong-value";
  readonly path: string;
}
export interface SchemaCheck {
  trouble: SchemaTrouble | null;
}

type Fields = ReadonlyMap<string, JsonValue>;

export function isFields(value: JsonValue | undefined): value is Fields {
  return value instanceof Map;
}

/** The members of an object that has exactly these keys, in any order. */
export function readFields(
  check: SchemaCheck,
  value: JsonValue | undefined,
  path: string,
  keys: readonly string[],
): Fields {
  if (!isFields(value)) return refuseValue(check, path, new Map());
  for (const key of keys) {
    if (!value.has(key)) check.trouble ??= { reason: "missing-key", path: join(path, key) };
  }
  for (const key of value.keys()) {
    if (!keys.includes(key)) check.trouble ??= { reason: "unknown-key", path: join(path, key) };
  }
  return value;
}

/** The string that `accepts` under the last key of `path`. */
export function readText(
  check: SchemaCheck,
  fields: Fields,
  path: string,
  accepts: (text: string) => boolean = () => true,
): string {
  const value = fields.get(path.slice(path.lastIndexOf(".") + 1));
  return typeof value === "string" && accepts(value) ? value : refuseValue(check, path, "");
}

/** The list of strings that `accepts` under the last key of `path`. */
export function readTexts(
  check: SchemaCheck,
  fields: Fields,
  path: string,
  accepts: (text: string) => boolean = () => true,
): readonly string[] {
  const value = fields.get(path.slice(path.lastIndexOf(".") + 1));
  if (!Array.isArray(value)) return refuseValue(check, path, []);
  const items: readonly JsonValue[] = value;
  return items.map((item, index) =>
    typeof item === "string" && accepts(item) ? item : refuseValue(check, `${path}[${index}]`, ""),
  );
}

/** An object of strings whose keys `accepts`; `__proto__` is a key like any other. */
export function readTextRecord(
  check: SchemaCheck,
  value: JsonValue | undefined,
  path: string,
  accepts: (key: string) => boolean = () => true,
): Readonly<Record<string, string>> {
  if (!isFields(value)) return refuseValue(check, path, {});
  const record: Record<string, string> = {};
  for (const [key, text] of value) {
    if (!accepts(key)) check.trouble ??= { reason: "unknown-key", path: join(path, key) };
    const kept = typeof text === "string" ? text : refuseValue(check, join(path, key), "");
    if (key !== "__proto__") record[key] = kept;
    else Object.defineProperty(record, key, { value: kept, ...OWN });
  }
  return record;
}

/** As what is assigned. */
const OWN = { enumerable: true, configurable: true, writable: true };

export function refuseValue<T>(check: SchemaCheck, path: string, instead: T): T {
  check.trouble ??= { reason: "wrong-value", path };
  return instead;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
