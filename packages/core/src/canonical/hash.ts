/** The hashes (docs/normal-form.md, "Hash" and "Mapping"): sha256 in lower-case hexadecimal. */
import { sha256 } from "@noble/hashes/sha2.js";
import { compareByCodePoint } from "./code-points.js";
import type { Mapping } from "./form.js";
import { encodeUtf8 } from "./utf8.js";

/** The hash of a text: sha256 of its UTF-8. */
export function hash(text: string): string {
  return hashBytes(encodeUtf8(text, buffer));
}

const buffer = new Uint8Array(1 << 14);

/** The sha256 of bytes, as 64 lower-case hexadecimal digits. */
export function hashBytes(bytes: Uint8Array): string {
  FRESH._cloneInto(hasher).update(bytes).digestInto(digest);
  let hex = "";
  for (const byte of digest) hex += HEX_OF_BYTE[byte];
  return hex;
}

/** One hasher for all texts, which begins as a copy of `FRESH`: to make one costs as much as to hash a line. */
const FRESH = /* @__PURE__ */ sha256.create();
const hasher = /* @__PURE__ */ sha256.create();
const digest = new Uint8Array(sha256.outputLen);

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/**
 * The hash of a mapping: sha256 of what Python's
 * `json.dumps(mapping, sort_keys=True, ensure_ascii=False)` writes.
 */
export function mappingHash(mapping: Mapping): string {
  return hash(
    `{"alias_mapping": ${sortedObject(mapping.alias_mapping)}, ` +
      `"comment": ${quoted(mapping.comment)}, ` +
      `"docstring": ${quoted(mapping.docstring)}, ` +
      `"name_mapping": ${sortedObject(mapping.name_mapping)}}`,
  );
}

function sortedObject(object: Readonly<Record<string, string>>): string {
  let members = "";
  for (const key of Object.keys(object).sort(compareByCodePoint)) {
    if (members !== "") members += ", ";
    members += `${quoted(key)}: ${quoted(object[key] ?? "")}`;
  }
  return `{${members}}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON has to escape
const ESCAPED = /["\\\u0000-\u001f]/;

/** As `JSON.stringify`, but an unpaired surrogate stays as it is, as in Python. */
function quoted(text: string): string {
  if (!ESCAPED.test(text)) return `"${text}"`;
  return `"${text.replace(EACH_ESCAPED, (found) => JSON.stringify(found).slice(1, -1))}"`;
}
const EACH_ESCAPED = new RegExp(ESCAPED, "g");
