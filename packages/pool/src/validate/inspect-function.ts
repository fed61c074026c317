/** The check of a function in a pool, and of all that lies beside it (docs/pool.md, "Directory"). */
import {
  checkMapping,
  checkObject,
  mappingPath,
  objectPath,
  type StoredObject,
} from "@ouverture/core";
import { REST, START } from "../directory/read-directory.js";
import { documentText } from "../document-text.js";
import type { MappingReference } from "../store.js";
import {
  type Inspection,
  listPlaces,
  lookInto,
  type Places,
  readListed,
  tell,
} from "./inspection.js";

/**
 * Checks the folder at `path` of the function `hash`: its object, its mappings, its index.
 * Says whether there is a function.
 */
export function inspectFunction(inspection: Inspection, path: string, hash: string): boolean {
  const { folders, files } = listPlaces(inspection, path, hash, FUNCTION);
  const mappings = folders.flatMap((language) =>
    listLanguage(inspection, `${path}/${language}`, language, hash),
  );
  const place = `${path}/object.json`;
  const stands = files.includes("object.json") ? "file" : lateObject(inspection, place, mappings);
  const object = stands === "file" ? inspectObject(inspection, place, hash) : null;
  if (stands === "nothing") tell(inspection, "missing-object", path, hash);
  for (const reference of mappings) inspectMapping(inspection, path, object, hash, reference);
  if (files.includes("index.json")) inspectIndex(inspection, `${path}/index.json`, hash, mappings);
  return stands === "file";
}

/** A writer puts an object before its mappings: where there are some, it may have come since. */
function lateObject(
  inspection: Inspection,
  path: string,
  mappings: readonly MappingReference[],
): ReturnType<typeof lookInto> {
  return mappings.length > 0 ? lookInto(inspection, path) : "something else";
}

const NONE = (): boolean => false;
const SHA256: Places = { isFolder: (name) => name === "sha256", isFile: NONE };
const STARTS: Places = { isFolder: (name) => START.test(name), isFile: NONE };
const RESTS: Places = { isFolder: (name) => REST.test(name), isFile: NONE };
const LEAF: Places = { isFolder: NONE, isFile: (name) => name === "mapping.json" };
const FUNCTION: Places = {
  isFolder: isLanguage,
  isFile: (name) => name === "object.json" || name === "index.json",
};

function isLanguage(name: string): boolean {
  const any = "0".repeat(64);
  return mappingPath(any, name, any).ok;
}

/** The mappings of a language that are there. */
function listLanguage(
  inspection: Inspection,
  path: string,
  language: string,
  hash: string,
): MappingReference[] {
  const mappings: MappingReference[] = [];
  for (const top of listPlaces(inspection, path, hash, SHA256).folders) {
    for (const start of listPlaces(inspection, `${path}/${top}`, hash, STARTS).folders) {
      const shard = `${path}/${top}/${start}`;
      for (const rest of listPlaces(inspection, shard, hash, RESTS).folders) {
        const { files } = listPlaces(inspection, `${shard}/${rest}`, hash, LEAF);
        if (files.length > 0) mappings.push({ language, hash: start + rest });
      }
    }
  }
  return mappings;
}

/** Gives the object where it is what its hash says. */
function inspectObject(inspection: Inspection, path: string, hash: string): StoredObject | null {
  const content = readListed(inspection, path, hash);
  if (content === undefined) return null;
  inspection.counts.functions += 1;
  const checked =
    "code" in content
      ? ({ ok: false, fault: content } as const)
      : checkObject(hash, documentText(content));
  if (!checked.ok) {
    tell(inspection, "corrupt-object", path, hash, { fault: checked.fault });
    return null;
  }
  const { object, dependencies, olderForm } = checked.value;
  if (olderForm !== null) tell(inspection, "older-form", path, hash, { fault: olderForm });
  for (const dependency of dependencies) {
    if (!isStored(inspection, dependency)) {
      tell(inspection, "missing-dependency", path, hash, { dependency });
    }
  }
  return object;
}

/** Is there an object, of whichever schema? Whether it is well is told where it is. */
function isStored(inspection: Inspection, hash: string): boolean {
  const path = objectPath(hash);
  if (!path.ok) return false;
  const older = `objects/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
  return [path.value, older].some((one) => lookInto(inspection, one) !== "nothing");
}

/** What a mapping says can only be checked against an object that is well. */
function inspectMapping(
  inspection: Inspection,
  folder: string,
  object: StoredObject | null,
  hash: string,
  { language, hash: ofMapping }: MappingReference,
): void {
  const rest = `${ofMapping.slice(0, 2)}/${ofMapping.slice(2)}`;
  const path = `${folder}/${language}/sha256/${rest}/mapping.json`;
  const content = readListed(inspection, path, hash);
  if (content === undefined) return;
  inspection.counts.mappings += 1;
  if ("code" in content) tell(inspection, "corrupt-mapping", path, hash, { fault: content });
  else if (object !== null) {
    const checked = checkMapping(object, ofMapping, documentText(content));
    if (!checked.ok) tell(inspection, "corrupt-mapping", path, hash, { fault: checked.fault });
  }
}

function inspectIndex(
  inspection: Inspection,
  path: string,
  hash: string,
  mappings: readonly MappingReference[],
): void {
  const content = readListed(inspection, path, hash);
  if (content === undefined) return;
  const there = mappings.map((one) => `${one.language} ${one.hash}`);
  const listed = "code" in content ? null : readIndex(content);
  if (listed?.sort().join() !== there.sort().join()) tell(inspection, "wrong-index", path, hash);
}

/** What index.json lists, in any order; `null` where it is none. */
function readIndex(bytes: Uint8Array): string[] | null {
  let index: unknown;
  try {
    index = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
  if (typeof index !== "object" || index === null) return null;
  return Object.entries(index).flatMap(([language, hashes]) =>
    Array.isArray(hashes) ? hashes.map((one) => `${language} ${textOf(one)}`) : [language],
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
