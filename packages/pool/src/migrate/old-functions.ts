/**
 * Functions of schema 0 in a pool directory (docs/pool.md, "Directory"):
 * `objects/<2>/<62>.json`, each with all its languages. Core's `migrate` reads them.
 */
import { createHash } from "node:crypto";
import { type Fault, type Migration, migrate, objectPathV0, type Result } from "@ouverture/core";
import { REST, readDocument, START } from "../directory/read-directory.js";
import { listFolderBelow, lookBelow } from "../directory/safe-file.js";

/** A file of schema 0. `path` is relative to the pool, with `/`. */
export interface OldFunction {
  readonly hash: string;
  readonly path: string;
}

/** The files of schema 0 that are there, sorted. Throws when the system fails. */
export function* listOldFunctions(root: string): Generator<OldFunction> {
  const shards = listFolderBelow(root, OBJECTS)
    .filter((entry) => entry.isDirectory() && START.test(entry.name))
    .map(({ name }) => name);
  for (const start of shards.sort()) {
    const names = listFolderBelow(root, `${OBJECTS}/${start}`)
      .map(({ name }) => name)
      .filter((name) => name.endsWith(ENDING) && REST.test(name.slice(0, -ENDING.length)));
    for (const name of names.sort()) {
      yield { hash: start + name.slice(0, -ENDING.length), path: `${OBJECTS}/${start}/${name}` };
    }
  }
}
const OBJECTS = "objects";
const ENDING = ".json";

/** The file of one function, if there is one. Throws when the system fails. */
export function findOldFunction(root: string, hash: string): OldFunction | undefined {
  const path = objectPathV0(hash);
  if (!path.ok || lookBelow(root, path.value) === undefined) return undefined;
  return { hash, path: path.value };
}

/**
 * Reads a file of schema 0 and migrates what is in it; `undefined` where it is gone. The
 * file's time is the function's. Faults: those of `migrate`; `malformed-object` where it
 * is another function, or no file. Throws when the system fails.
 */
export function readOldFunction(
  root: string,
  { hash, path }: OldFunction,
): Result<Migration, Fault> | undefined {
  const seen = lookBelow(root, path);
  const content = readDocument(root, path);
  if (content === undefined) return undefined;
  if ("code" in content) return { ok: false, fault: content };
  const created = typeof seen === "object" ? timestamp(seen.mtimeMs) : undefined;
  const migrated = migrate(content, { created });
  if (!migrated.ok || migrated.value.object.hash === hash) return migrated;
  const data = { reason: "other-hash", path: "hash" } as const;
  return { ok: false, fault: { code: "malformed-object", data, span: null } };
}

/** The sha256 of a file of schema 0; `undefined` where it is gone. Throws when the system fails. */
export function hashOldFunction(root: string, { path }: OldFunction): string | undefined {
  const content = readDocument(root, path);
  if (!(content instanceof Uint8Array)) return undefined;
  return createHash("sha256").update(content).digest("hex");
}

/** `2026-01-31T12:00:00Z`; a file may have a time that no object has. */
function timestamp(milliseconds: number): string | undefined {
  const text = new Date(milliseconds).toISOString();
  return /^\d{4}-/.test(text) ? `${text.slice(0, "2026-01-31T12:00:00".length)}Z` : undefined;
}
