/**
 * Functions as the index takes them in: what has the digest that it is called by. That a
 * text is a normal form is checked where a function is used (checked-reading.ts): here it
 * would take ten times as long as all the rest.
 */
import { createHash } from "node:crypto";
import {
  checkObject,
  decodeObject,
  findPoolImports,
  type Mapping,
  mentionsPool,
  migrate,
  objectPath,
  type StoredObject,
} from "@ouverture/core";
import { readBytes } from "./index-mapping.js";

/** What the index has of a function, but for its mappings. */
export interface IndexedFunction {
  readonly created: string;
  readonly author: string;
  readonly tags: readonly string[];
  /** What its code imports, whatever its metadata say. */
  readonly dependencies: readonly string[];
  /** Of schema 0, where they are in the same file. */
  readonly mappings: readonly IndexedMapping[];
}
export interface IndexedMapping {
  readonly language: string;
  readonly hash: string;
  readonly mapping: Mapping;
}

/** Reads the function under `hash`; `null` where it is damaged. */
export function readIndexedFunction(
  root: string,
  hash: string,
  schema: 0 | 1,
): IndexedFunction | null {
  if (schema === 0) return readSchema0(root, hash);
  const path = objectPath(hash);
  const bytes = path.ok ? readBytes(root, path.value) : null;
  const object = bytes === null ? null : intactObject(hash, bytes);
  if (object === null) return null;
  const { created, author, tags } = object.metadata;
  return { created, author, tags, dependencies: importsOf(object), mappings: [] };
}

/** The hash of the older form leaves out the docstring, which takes longer to find. */
function intactObject(hash: string, bytes: Uint8Array): StoredObject | null {
  const object = decodeObject(bytes);
  if (!object.ok || object.value.hash !== hash) return null;
  const digest = createHash("sha256").update(object.value.normalized_code).digest("hex");
  return digest === hash || checkObject(hash, bytes).ok ? object.value : null;
}

/** A normal form begins with its imports, one in a line: the rest need not be parsed. */
const IMPORTS = /^(?:(?:from|import) .*\n|\n)*/;

function importsOf({ hash, normalized_code: code }: StoredObject): string[] {
  const header = IMPORTS.exec(code)?.[0] ?? "";
  if (!mentionsPool(header)) return [];
  const imports = findPoolImports(header);
  if (!imports.ok) return [];
  const hashes = imports.value.flatMap((one) => (one.kind === "function" ? [one.hash] : []));
  return [...new Set(hashes)].filter((one) => one !== hash);
}

function readSchema0(root: string, hash: string): IndexedFunction | null {
  const bytes = readBytes(root, `objects/${hash.slice(0, 2)}/${hash.slice(2)}.json`);
  const migration = bytes === null ? null : migrate(bytes);
  if (migration?.ok !== true) return null;
  const { object, mappings, findings } = migration.value;
  const isIntact =
    object.hash === hash && findings.every(({ fault }) => fault.code !== "hash-mismatch");
  if (!isIntact) return null;
  const { created, author, tags } = object.metadata;
  return { created, author, tags, dependencies: importsOf(object), mappings };
}
