/** Objects for the tests: what a pool holds of a function, and pools in memory. */
import { hash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { encodeObject, type StoredObject } from "../../src/record/object.js";
import { faultMessage } from "../../src/report/message.js";
import type { ObjectSource } from "../../src/verify/ports.js";

export interface Stored {
  readonly hash: string;
  readonly object: StoredObject;
}

/** The object of a function file, as it is stored. */
export function storedFunction(source: string): Stored {
  const normal = normalize(source);
  if (!normal.ok) throw new Error(`${faultMessage(normal.fault)}\n${source}`);
  return storedCode(normal.value.code, normal.value.hash, normal.value.dependencies);
}

/** An object with any text, under its own hash or a given one. */
export function storedCode(
  code: string,
  name = hash(code),
  dependencies: readonly string[] = [],
): Stored {
  const metadata = { created: "2026-01-01T00:00:00Z", author: "", tags: [], dependencies };
  const object: StoredObject = {
    schema_version: 1,
    hash: name,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata,
  };
  return { hash: name, object };
}

export function bytesOf({ object }: Stored): Uint8Array {
  return new TextEncoder().encode(encodeObject(object));
}

/** A pool of these objects, which says what it was asked for. */
export function memoryPool(stored: readonly Stored[]): ObjectSource & { readonly asked: string[] } {
  const objects = new Map(stored.map((one) => [one.hash, bytesOf(one)]));
  const asked: string[] = [];
  return {
    asked,
    get: async (name) => {
      asked.push(name);
      return objects.get(name);
    },
  };
}

/** A function that depends on others and adds up what they give, and a number of its own. */
export function sumOf(number: number, dependencies: readonly Stored[]): Stored {
  const imports = dependencies.map((one, index) => {
    return `from ouverture.pool import object_${one.hash} as f${index}\n`;
  });
  const calls = dependencies.map((_, index) => `f${index}() + `);
  return storedFunction(`${imports.join("")}def f():\n    return ${calls.join("")}${number}\n`);
}
