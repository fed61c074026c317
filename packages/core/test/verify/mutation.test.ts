/**
 * Random single mutations of the documents of a pool: what changes the code, its hash, its
 * dependencies, the schema or a mapping, or makes a file invalid, is reported. What a
 * mutation changes is said by JSON.parse and zlib, not by the code under test.
 */
import { isDeepStrictEqual } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { encodeMapping } from "../../src/record/mapping.js";
import { inspectFunction } from "../../src/verify/inspect-function.js";
import { bytesOf, type Stored, storedFunction } from "./stored.js";

const sources = [
  "def average(values):\n    'The mean.'\n    return sum(values) / len(values)\n",
  "import os\nasync def f(x, *, y=1, **z):\n    return [a async for a in x if (b := y)] + os.sep\n",
  "def 平均(値, 個数=3):\n    '''合計を割る。\n\n    二行目。\n    '''\n    return f'{値!r:>{個数}}日本語'\n",
  "def f(n):\n    class C:\n        def g(self, n=n):\n            return self.__x, n\n    return C().g()\n",
  "def f(s):\n    match s:\n        case {'a': [b, *c]} | (b, c) if b:\n            return b, c\n    return '\\u202e\\ud800'\n",
];

interface Document {
  readonly kind: "object" | "mapping";
  readonly name: string;
  readonly bytes: Uint8Array;
  inspect(bytes: Uint8Array): boolean;
}

const documents = makeDocuments();

function makeDocuments(): Document[] {
  const made: Document[] = [];
  let before: Stored | null = null;
  for (const [index, source] of sources.entries()) {
    const text: string =
      before === null
        ? source
        : `from ouverture.pool import object_${before.hash} as g${index}\n${source.replace(/\n {4}return /, `\n    g${index}()\n    return `)}`;
    const stored: Stored = storedFunction(text);
    const normal = normalize(text);
    if (!normal.ok) throw new Error("no function");
    const { mapping } = normal.value;
    const object = bytesOf(stored);
    const encoded = new TextEncoder().encode(encodeMapping({ ...mapping, comment: "première" }));
    const mappingName = mappingHash({ ...mapping, comment: "première" });
    const isReported = (of: Uint8Array, withMapping: Uint8Array): boolean => {
      const mappings = [{ language: "eng", hash: mappingName, bytes: withMapping }];
      const check = inspectFunction({ hash: stored.hash, object: of, mappings });
      return check.problem !== null || check.furtherProblems.length > 0;
    };
    const packed = {
      ...stored.object,
      normalized_code: gzipSync(stored.object.normalized_code).toString("base64"),
      encoding: "gzip",
    };
    const gzip = new TextEncoder().encode(JSON.stringify(packed, null, 2));
    for (const bytes of [object, gzip]) {
      made.push({
        kind: "object",
        name: stored.hash,
        bytes,
        inspect: (of) => isReported(of, encoded),
      });
    }
    made.push({
      kind: "mapping",
      name: mappingName,
      bytes: encoded,
      inspect: (of) => isReported(object, of),
    });
    before = stored;
  }
  return made;
}

// --- what a document means --------------------------------------------------------

/** What no hash covers is left out; `null` where there is no JSON in UTF-8. */
function meaningOf(kind: Document["kind"], bytes: Uint8Array, dependencies: unknown): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (kind === "mapping" || typeof value !== "object" || value === null) return value;
  const object = structuredClone(value) as Record<string, unknown>;
  const metadata = object.metadata;
  if (typeof metadata === "object" && metadata !== null) {
    const claims = metadata as Record<string, unknown>;
    // A date, an author and tags are claims; an empty list of dependencies says nothing.
    if (typeof claims.created === "string") claims.created = "";
    if (typeof claims.author === "string") claims.author = "";
    const { tags } = claims;
    if (Array.isArray(tags) && tags.every((tag) => typeof tag === "string")) claims.tags = [];
    const listed = claims.dependencies;
    if (Array.isArray(listed) && listed.length === 0) claims.dependencies = dependencies;
  }
  if (object.encoding === "gzip" && typeof object.normalized_code === "string") {
    try {
      const text = gunzipSync(Buffer.from(object.normalized_code, "base64"));
      object.normalized_code = text.toString("utf8");
    } catch {
      return null;
    }
  }
  return object;
}

function dependenciesOf(bytes: Uint8Array): unknown {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const { metadata = {} } = value as { metadata?: { dependencies?: unknown } };
  return metadata.dependencies;
}

// --- mutations --------------------------------------------------------------------

/** Numbers below a bound, from a fixed seed (mulberry32). */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * bound);
  };
}

type Random = (bound: number) => number;
type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const mutations: Readonly<Record<string, Mutation>> = {
  bit: (bytes, random) => {
    const changed = bytes.slice();
    const at = random(bytes.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
    return changed;
  },
  byte: (bytes, random) => {
    const changed = bytes.slice();
    changed[random(bytes.length)] = random(256);
    return changed;
  },
  "byte less": (bytes, random) => spliced(bytes, random(bytes.length), 1, []),
  "byte more": (bytes, random) => spliced(bytes, random(bytes.length + 1), 0, [random(256)]),
  cut: (bytes, random) => bytes.slice(0, random(bytes.length)),
  "line less": (bytes, random) => ofLines(bytes, (lines) => lines.splice(random(lines.length), 1)),
  "line twice": (bytes, random) =>
    ofLines(bytes, (lines) => {
      const at = random(lines.length);
      lines.splice(at, 0, lines[at] ?? "");
    }),
  "lines swapped": (bytes, random) =>
    ofLines(bytes, (lines) => {
      const at = random(Math.max(1, lines.length - 1));
      lines.splice(at, 2, lines[at + 1] ?? "", lines[at] ?? "");
    }),
  "line of code": (bytes, random) =>
    ofFields(bytes, (fields) => {
      const code = String(fields.normalized_code ?? fields.docstring);
      const lines = code.split("\n");
      lines.splice(random(lines.length), 1);
      fields["normalized_code" in fields ? "normalized_code" : "docstring"] = lines.join("\n");
    }),
  "field less": (bytes, random) =>
    ofAnyField(bytes, random, (fields, key) => {
      delete fields[key];
    }),
  "field renamed": (bytes, random) =>
    ofAnyField(bytes, random, (fields, key) => {
      fields[`${key}_`] = fields[key];
      delete fields[key];
    }),
  "field more": (bytes, random) =>
    ofAnyField(bytes, random, (fields) => {
      fields[["__proto__x", "constructor", "x", "0"][random(4)] ?? "x"] = "x";
    }),
  "another value": (bytes, random) =>
    ofAnyField(bytes, random, (fields, key) => {
      const values = [
        null,
        true,
        0,
        2,
        "",
        "x",
        [],
        ["x"],
        {},
        "0".repeat(64),
        ["0".repeat(64)],
        "gzip",
      ];
      fields[key] = values[random(values.length)];
    }),
};

function spliced(bytes: Uint8Array, at: number, less: number, more: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.slice(0, at), ...more, ...bytes.slice(at + less)]);
}

function ofLines(bytes: Uint8Array, change: (lines: string[]) => unknown): Uint8Array {
  const lines = new TextDecoder().decode(bytes).split("\n");
  change(lines);
  return new TextEncoder().encode(lines.join("\n"));
}

type Fields = Record<string, unknown>;

function ofFields(bytes: Uint8Array, change: (fields: Fields) => void): Uint8Array {
  const fields = JSON.parse(new TextDecoder().decode(bytes)) as Fields;
  change(fields);
  return new TextEncoder().encode(JSON.stringify(fields, null, 2));
}

/** A field of the document, or of an object in it. */
function ofAnyField(
  bytes: Uint8Array,
  random: Random,
  change: (fields: Fields, key: string) => void,
): Uint8Array {
  return ofFields(bytes, (document) => {
    const records = [document, ...Object.values(document)].filter(
      (value): value is Fields =>
        typeof value === "object" && value !== null && !Array.isArray(value),
    );
    const fields = records[random(records.length)] ?? document;
    const keys = Object.keys(fields);
    change(fields, keys[random(Math.max(1, keys.length))] ?? "x");
  });
}

describe("1,000 mutations of the documents of a pool", () => {
  it("begin with documents about which there is nothing to report", () => {
    for (const { bytes, inspect } of documents) expect(inspect(bytes)).toBe(false);
    expect(documents).toHaveLength(3 * sources.length);
  });

  it.each([20261127, 4, 64])("of seed %i: none that means anything is missed", (seed) => {
    const random = randomNumbers(seed);
    const names = Object.keys(mutations);
    const missed: string[] = [];
    let meant = 0;
    for (let number = 0; number < 1000; number += 1) {
      const document = documents[random(documents.length)]!;
      const name = names[random(names.length)]!;
      const mutated = mutations[name]!(document.bytes, random);
      const { kind, bytes } = document;
      const dependencies = kind === "object" ? dependenciesOf(bytes) : [];
      const before = meaningOf(kind, bytes, dependencies);
      const after = meaningOf(kind, mutated, dependencies);
      const isMeant = after === null || !isDeepStrictEqual(before, after);
      if (isMeant) meant += 1;
      if (isMeant && !document.inspect(mutated)) {
        missed.push(`${number} ${name} ${document.name}\n${new TextDecoder().decode(mutated)}`);
      }
    }
    expect(missed).toEqual([]);
    // Most of them do mean something.
    expect(meant).toBeGreaterThan(700);
  });
});
