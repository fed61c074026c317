/**
 * JSON as pool.md writes it, and a strict reader for JSON that nobody has
 * checked: duplicate keys are refused, `__proto__` is a key like any other, size
 * and depth are limited, and the cost is linear.
 */
import { err, ok, type Result } from "../result.js";
import { decodeUtf8 } from "./utf8.js";

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>;

/** Why a text is not JSON that is accepted. `at` is an offset in the text. */
export type JsonFault =
  | {
      readonly reason: "not-utf8" | "not-json" | "duplicate-key" | "surrogate";
      readonly at: number;
    }
  | { readonly reason: "bytes" | "json-depth"; readonly most: number };

/** The largest object that is read: 1 MiB (verify.md, "Untrusted"). */
export const MOST_BYTES = 1 << 20;
/** An object's own depth is 3. */
const MOST_DEPTH = 32;

/**
 * Writes `value` as Python's `json.dumps(value, indent=2, ensure_ascii=False)`
 * does: keys in their order, no newline at the end.
 */
export function writeJson(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** Reads one JSON value (RFC 8259) of at most `MOST_BYTES` in UTF-8. */
export function readJson(input: Uint8Array | string): Result<JsonValue, JsonFault> {
  if (typeof input !== "string" && !(input instanceof Uint8Array)) {
    return err({ reason: "not-json", at: 0 });
  }
  if (input.length > MOST_BYTES) return err({ reason: "bytes", most: MOST_BYTES });
  const text = typeof input === "string" ? input : decodeUtf8(input);
  if (text === null) return err({ reason: "not-utf8", at: 0 });
  const reader: Reader = { text, at: 0, fault: null };
  const value = readValue(reader, 0);
  skipSpace(reader);
  if (value !== undefined && reader.at === text.length) return ok(value);
  return err(reader.fault ?? { reason: "not-json", at: reader.at });
}

/** As `readJson`, of a value that `JSON.parse` gave. */
export function readParsedJson(value: unknown, depth = 0): Result<JsonValue, JsonFault> {
  if (value === null || typeof value === "boolean" || typeof value === "number") return ok(value);
  if (typeof value === "string") {
    return UNPAIRED.test(value) ? err({ reason: "surrogate", at: 0 }) : ok(value);
  }
  if (typeof value !== "object") return err({ reason: "not-json", at: 0 });
  if (depth === MOST_DEPTH) return err({ reason: "json-depth", most: MOST_DEPTH });
  const members = new Map<string, JsonValue>();
  for (const [key, member] of Object.entries(value)) {
    const read = readParsedJson(member, depth + 1);
    if (!read.ok) return read;
    members.set(key, read.value);
  }
  return ok(Array.isArray(value) ? [...members.values()] : members);
}

// --- reading: `undefined` means that `fault` is set ------------------------------

interface Reader {
  readonly text: string;
  at: number;
  fault: JsonFault | null;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** With the `u` flag a pair is one character, so that this finds what has no partner. */
const UNPAIRED = /[\ud800-\udfff]/u;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

function refuse(reader: Reader, reason: "not-json" | "duplicate-key" | "surrogate"): undefined {
  reader.fault ??= { reason, at: reader.at };
}

function readValue(reader: Reader, depth: number): JsonValue | undefined {
  skipSpace(reader);
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first !== "{" && first !== "[") return readScalar(reader);
  if (depth === MOST_DEPTH) {
    reader.fault ??= { reason: "json-depth", most: MOST_DEPTH };
    return undefined;
  }
  return first === "{" ? readObject(reader, depth + 1) : readArray(reader, depth + 1);
}

function readScalar(reader: Reader): JsonValue | undefined {
  for (const [word, value] of WORDS) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  NUMBER.lastIndex = reader.at;
  const digits = NUMBER.exec(reader.text);
  if (digits === null) return refuse(reader, "not-json");
  reader.at += digits[0].length;
  return Number(digits[0]);
}

function readArray(reader: Reader, depth: number): JsonValue | undefined {
  const items: JsonValue[] = [];
  reader.at += 1;
  if (take(reader, "]")) return items;
  for (;;) {
    const item = readValue(reader, depth);
    if (item === undefined) return undefined;
    items.push(item);
    if (take(reader, "]")) return items;
    if (!take(reader, ",")) return refuse(reader, "not-json");
  }
}

function readObject(reader: Reader, depth: number): JsonValue | undefined {
  const members = new Map<string, JsonValue>();
  reader.at += 1;
  if (take(reader, "}")) return members;
  for (;;) {
    skipSpace(reader);
    if (reader.text[reader.at] !== '"') return refuse(reader, "not-json");
    const key = readString(reader);
    if (key === undefined) return undefined;
    if (members.has(key)) return refuse(reader, "duplicate-key");
    if (!take(reader, ":")) return refuse(reader, "not-json");
    const value = readValue(reader, depth);
    if (value === undefined) return undefined;
    members.set(key, value);
    if (take(reader, "}")) return members;
    if (!take(reader, ",")) return refuse(reader, "not-json");
  }
}

function readString(reader: Reader): string | undefined {
  const { text } = reader;
  const start = reader.at + 1;
  let bits = 0;
  let isEscaped = false;
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const value = isEscaped ? unescaped(text.slice(start - 1, at + 1)) : text.slice(start, at);
      if (value === null) break;
      // No surrogate is written in so few bits.
      if ((isEscaped || bits >= 0x8000) && UNPAIRED.test(value)) {
        return refuse(reader, "surrogate");
      }
      reader.at = at + 1;
      return value;
    }
    if (unit < SPACE) break;
    bits |= unit;
    if (unit === BACKSLASH) {
      isEscaped = true;
      at += 1;
    }
  }
  return refuse(reader, "not-json");
}
const QUOTE = 0x22;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** What a string between its quotes means; `null` where an escape, or what it escapes, is none. */
function unescaped(literal: string): string | null {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return null;
  }
}

function take(reader: Reader, mark: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  const { text } = reader;
  let { at } = reader;
  while (isSpace(text.charCodeAt(at))) at += 1;
  reader.at = at;
}

function isSpace(unit: number): boolean {
  return unit === SPACE || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
