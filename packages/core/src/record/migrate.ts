/** Schema 0 to schema 1 (docs/pool.md, "Migration"): pure, and no hash changes. */
import { anyCallee } from "../canonical/callee.js";
import { requireCanonical } from "../canonical/canonical-code.js";
import { denormalize } from "../canonical/denormalize.js";
import { docstringOf } from "../canonical/docstring.js";
import type { Mapping, UnhashedForm } from "../canonical/form.js";
import { hash, mappingHash } from "../canonical/hash.js";
import { normalize } from "../canonical/normalize.js";
import { isHash, isReservedName } from "../canonical/pool-name.js";
import { takeUnit } from "../canonical/unit.js";
import { err, type Fault, ok, type Result } from "../result.js";
import { parse } from "../syntax/parse/module.js";
import { type JsonValue, readJson, readParsedJson } from "./canonical-json.js";
import { isLanguage } from "./layout.js";
import { faultOfJson, malformedObject, type StoredObject } from "./object.js";
import { hashedText } from "./older-form.js";
import {
  isFields,
  readFields,
  readText,
  readTextRecord,
  refuseValue,
  type SchemaCheck,
} from "./schema.js";

export interface Migration {
  readonly object: StoredObject;
  readonly mappings: readonly MigratedMapping[];
  readonly findings: readonly MigrationFinding[];
}
export interface MigratedMapping {
  readonly language: string;
  readonly hash: string;
  readonly mapping: Mapping;
}
/** What is wrong with the document: as a whole, or in one language of it. */
export interface MigrationFinding {
  readonly fault: Fault;
  readonly language: string | null;
}

export interface MigrationOptions {
  /** When the function was stored, which schema 0 does not say: `2026-01-31T12:00:00Z`. */
  readonly created?: string | undefined;
  readonly author?: string | undefined;
}

/**
 * Migrates one document of schema 0: its bytes, its text, or what `JSON.parse`
 * made of it. Hashes stay. The text loses its docstring's lines where it is then
 * exactly the text that was hashed, and still a function.
 *
 * What is found: `hash-mismatch` (not intact), `not-canonical` (of the older
 * form), and for a language `malformed-language` (its mapping is left out) or
 * `invalid-mapping`. Faults: `malformed-object`, `limit-exceeded`.
 */
export function migrate(
  document: unknown,
  options: MigrationOptions = {},
): Result<Migration, Fault> {
  const json = isRaw(document) ? readJson(document) : readParsedJson(document);
  if (!json.ok) return err(faultOfJson(json.fault));
  const check: SchemaCheck = { trouble: null };
  const old = readDocument(check, json.value);
  if (check.trouble !== null) return err(malformedObject(check.trouble.reason, check.trouble.path));

  const code = storedCode(old);
  const normal = normalize(code, { callee: anyCallee });
  const canonical = requireCanonical(code, normal);
  const mappings = mappingsOf(old);
  return ok({
    object: objectOf(old, code, normal.ok ? normal.value.dependencies : [], options),
    mappings: mappings.filter(({ language }) => isLanguage(language)),
    findings: [
      ...codeFindings(old, code, canonical),
      ...mappingFindings(mappings, code, canonical.ok),
    ],
  });
}

function isRaw(document: unknown): document is string | Uint8Array {
  return typeof document === "string" || document instanceof Uint8Array;
}

interface Schema0 {
  readonly hash: string;
  readonly normalized_code: string;
  readonly docstrings: Readonly<Record<string, string>>;
  readonly name_mappings: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly alias_mappings: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

function readDocument(check: SchemaCheck, json: JsonValue): Schema0 {
  const fields = readFields(check, json, "", [
    "version",
    "hash",
    "normalized_code",
    "docstrings",
    "name_mappings",
    "alias_mappings",
  ]);
  if (fields.get("version") !== 0) refuseValue(check, "version", 0);
  return {
    hash: readText(check, fields, "hash", isHash),
    normalized_code: readText(check, fields, "normalized_code"),
    docstrings: readTextRecord(check, fields.get("docstrings"), "docstrings"),
    name_mappings: readByLanguage(check, fields.get("name_mappings"), "name_mappings"),
    alias_mappings: readByLanguage(check, fields.get("alias_mappings"), "alias_mappings"),
  };
}

function readByLanguage(
  check: SchemaCheck,
  json: JsonValue | undefined,
  path: string,
): Map<string, Readonly<Record<string, string>>> {
  if (!isFields(json)) return refuseValue(check, path, new Map());
  return new Map(
    [...json].map(([key, value]) => [key, readTextRecord(check, value, `${path}.${key}`)]),
  );
}

/** The text that was hashed, where it is a function without a docstring; else the text as it is. */
function storedCode(old: Schema0): string {
  const hashed = hashedText(old.normalized_code, old.hash);
  if (hashed === null) return old.normalized_code;
  const parsed = parse(hashed);
  const unit = parsed.ok ? takeUnit(parsed.value, hashed) : parsed;
  const isPlain = unit.ok && docstringOf(unit.value.definition.body) === null;
  return isPlain ? hashed : old.normalized_code;
}

function objectOf(
  old: Schema0,
  code: string,
  dependencies: readonly string[],
  { created = "1970-01-01T00:00:00Z", author = "" }: MigrationOptions,
): StoredObject {
  return {
    schema_version: 1,
    hash: old.hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata: { created, author, tags: [], dependencies },
  };
}

function mappingsOf(old: Schema0): MigratedMapping[] {
  const languages = new Set([
    ...Object.keys(old.docstrings),
    ...old.name_mappings.keys(),
    ...old.alias_mappings.keys(),
  ]);
  return [...languages].map((language) => {
    const docstring = Object.hasOwn(old.docstrings, language) ? old.docstrings[language] : "";
    const mapping: Mapping = {
      docstring: docstring ?? "",
      name_mapping: old.name_mappings.get(language) ?? {},
      alias_mapping: old.alias_mappings.get(language) ?? {},
      comment: "",
    };
    return { language, hash: mappingHash(mapping), mapping };
  });
}

function codeFindings(
  old: Schema0,
  code: string,
  canonical: Result<UnhashedForm, Fault>,
): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  if (hashedText(code, old.hash) === null) {
    const data = { expected: old.hash, actual: hash(code) };
    findings.push({ fault: { code: "hash-mismatch", data, span: null }, language: null });
  }
  if (!canonical.ok) findings.push({ fault: canonical.fault, language: null });
  return findings;
}

/** Only a text in the normal form can be written in a language, and so tried (law 5). */
function mappingFindings(
  mappings: readonly MigratedMapping[],
  code: string,
  isCanonical: boolean,
): MigrationFinding[] {
  return mappings.flatMap(({ language, mapping }): MigrationFinding[] => {
    if (!isLanguage(language)) {
      return [{ fault: { code: "malformed-language", data: { language }, span: null }, language }];
    }
    const fault = keyFault(mapping) ?? (isCanonical ? denormalizeFault(code, mapping) : null);
    return fault === null ? [] : [{ fault, language }];
  });
}

function keyFault(mapping: Mapping): Fault | null {
  const name =
    Object.keys(mapping.name_mapping).find((key) => !isReservedName(key)) ??
    Object.keys(mapping.alias_mapping).find((key) => !isHash(key));
  if (name === undefined) return null;
  return { code: "invalid-mapping", data: { reason: "unknown-key", name }, span: null };
}

function denormalizeFault(code: string, mapping: Mapping): Fault | null {
  const written = denormalize(code, mapping);
  return written.ok ? null : written.fault;
}
