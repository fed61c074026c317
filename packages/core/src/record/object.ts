/** object.json, schema 1 (docs/pool.md, "Directory"): what is stored of a function. */
import { isHash } from "../canonical/pool-name.js";
import { err, type FaultOf, type ObjectReason, ok, type Result } from "../result.js";
import { decodeBase64 } from "./base64.js";
import {
  type JsonFault,
  type JsonValue,
  MOST_BYTES,
  readJson,
  writeJson,
} from "./canonical-json.js";
import { gunzip } from "./gunzip.js";
import { readFields, readText, readTexts, refuseValue, type SchemaCheck } from "./schema.js";
import { decodeUtf8 } from "./utf8.js";

/** Claims about a function that no hash covers. */
export interface ObjectMetadata {
  /** UTC, `2026-01-31T12:00:00Z`. */
  readonly created: string;
  readonly author: string;
  readonly tags: readonly string[];
  /** The hashes of the pool imports, sorted; empty says nothing. */
  readonly dependencies: readonly string[];
}

export interface StoredObject {
  readonly schema_version: 1;
  readonly hash: string;
  readonly hash_algorithm: "sha256";
  readonly normalized_code: string;
  /** A packed text is unpacked when it is read. */
  readonly encoding: "none";
  readonly metadata: ObjectMetadata;
}

/** A document that is no object, or too much of one. */
export type DocumentFault = FaultOf<"malformed-object" | "limit-exceeded">;

/**
 * Reads object.json. Nothing is said yet of its hash: see `checkObject`.
 * Faults: `malformed-object`; `limit-exceeded` over 1 MiB, packed or unpacked.
 */
export function decodeObject(input: Uint8Array | string): Result<StoredObject, DocumentFault> {
  const json = readJson(input);
  if (!json.ok) return err(faultOfJson(json.fault));
  const check: SchemaCheck = { trouble: null };
  const object = readObject(check, json.value);
  const code = decodeCode(object.normalized_code, object.encoding);
  if (check.trouble !== null) return err(malformedObject(check.trouble.reason, check.trouble.path));
  return code.ok ? ok({ ...object, normalized_code: code.value, encoding: "none" }) : code;
}

/** Writes object.json: keys in the order of docs/pool.md, no newline at the end. */
export function encodeObject(object: StoredObject): string {
  const { created, author, tags, dependencies } = object.metadata;
  return writeJson({
    schema_version: object.schema_version,
    hash: object.hash,
    hash_algorithm: object.hash_algorithm,
    normalized_code: object.normalized_code,
    encoding: object.encoding,
    metadata: { created, author, tags, dependencies },
  });
}

/** The fault of a document that is not JSON, or is too much of it. */
export function faultOfJson(fault: JsonFault): DocumentFault {
  if (fault.reason === "bytes" || fault.reason === "json-depth") {
    return tooLarge(fault.reason, fault.most);
  }
  return malformedObject(fault.reason, "");
}

export function malformedObject(reason: ObjectReason, path: string): FaultOf<"malformed-object"> {
  return { code: "malformed-object", data: { reason, path }, span: null };
}

function tooLarge(limit: "bytes" | "json-depth", most: number): FaultOf<"limit-exceeded"> {
  return { code: "limit-exceeded", data: { limit, most }, span: null };
}

const CREATED =
  /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/;

interface PackedObject extends Omit<StoredObject, "encoding"> {
  readonly encoding: string;
}

function readObject(check: SchemaCheck, json: JsonValue): PackedObject {
  const fields = readFields(check, json, "", [
    "schema_version",
    "hash",
    "hash_algorithm",
    "normalized_code",
    "encoding",
    "metadata",
  ]);
  if (fields.get("schema_version") !== 1) refuseValue(check, "schema_version", 0);
  const hash = readText(check, fields, "hash", isHash);
  readText(check, fields, "hash_algorithm", (name) => name === "sha256");
  const normalized_code = readText(check, fields, "normalized_code");
  const encoding = readText(check, fields, "encoding", (name) => ENCODINGS.includes(name));
  const metadata = readMetadata(check, fields.get("metadata"));
  return { schema_version: 1, hash, hash_algorithm: "sha256", normalized_code, encoding, metadata };
}

function readMetadata(check: SchemaCheck, json: JsonValue | undefined): ObjectMetadata {
  const keys = ["created", "author", "tags", "dependencies"];
  const fields = readFields(check, json, "metadata", keys);
  return {
    created: readText(check, fields, "metadata.created", (text) => CREATED.test(text)),
    author: readText(check, fields, "metadata.author"),
    tags: readTexts(check, fields, "metadata.tags"),
    dependencies: readTexts(check, fields, "metadata.dependencies", isHash),
  };
}

const ENCODINGS = ["none", "gzip"];

function decodeCode(stored: string, encoding: string): Result<string, DocumentFault> {
  if (encoding !== "gzip") return ok(stored);
  const packed = decodeBase64(stored);
  const bytes = packed === null ? "not-gzip" : gunzip(packed, MOST_BYTES);
  if (bytes === "bytes") return err(tooLarge("bytes", MOST_BYTES));
  const code = bytes === "not-gzip" ? null : decodeUtf8(bytes);
  return code === null ? err(malformedObject("not-gzip", "normalized_code")) : ok(code);
}
