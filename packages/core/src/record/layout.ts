/** Where things lie in a pool (docs/pool.md, "Directory"). What is malformed never becomes a path. */
import { isHash } from "../canonical/pool-name.js";
import { err, type Fault, ok, type Result } from "../result.js";

const LANGUAGE = /^[A-Za-z0-9][A-Za-z0-9_-]{2,255}$/;

/** Is `text` the name of a human language, such as eng, fra-canadian or domain-medical? */
export function isLanguage(text: string): boolean {
  return typeof text === "string" && LANGUAGE.test(text) && text !== "sha256";
}

/** Where the function of this hash lies, relative to the pool. Fault: `malformed-hash`. */
export function objectPath(hash: string): Result<string, Fault> {
  return isHash(hash) ? ok(`objects/sha256/${split(hash)}/object.json`) : malformedHash(hash);
}

/** Where the same lies in a pool of schema 0. Fault: `malformed-hash`. */
export function objectPathV0(hash: string): Result<string, Fault> {
  return isHash(hash) ? ok(`objects/${split(hash)}.json`) : malformedHash(hash);
}

/** Where a mapping of a function lies. Faults: `malformed-hash`, `malformed-language`. */
export function mappingPath(
  hash: string,
  language: string,
  mappingHash: string,
): Result<string, Fault> {
  if (!isHash(hash)) return malformedHash(hash);
  if (!isLanguage(language)) {
    return err({ code: "malformed-language", data: { language }, span: null });
  }
  if (!isHash(mappingHash)) return malformedHash(mappingHash);
  const folder = `objects/sha256/${split(hash)}/${language}`;
  return ok(`${folder}/sha256/${split(mappingHash)}/mapping.json`);
}

function split(hash: string): string {
  return `${hash.slice(0, 2)}/${hash.slice(2)}`;
}

function malformedHash(name: string): Result<never, Fault> {
  return err({ code: "malformed-hash", data: { name }, span: null });
}
