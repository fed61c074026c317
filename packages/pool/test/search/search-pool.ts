/** Pools for the tests of search: small functions with the texts that are looked for. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash, type Mapping } from "@ouverture/core";
import { onTestFinished } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import {
  openSearchIndex,
  type SearchIndex,
  type SearchIndexOptions,
} from "../../src/search/search-index.js";
import type { FunctionRecord } from "../../src/store.js";
import { writeFiles } from "../folder.js";
import { filesOf } from "../store-suite-records.js";

/** What a mapping is made of. */
export interface Texts {
  readonly name: string;
  readonly docstring?: string;
  readonly comment?: string;
  readonly aliases?: readonly string[];
}
/** A function, by its mappings: `fra` and `fra 2` are two of one language. */
export interface Sketch {
  readonly texts: Readonly<Record<string, Texts>>;
  readonly author?: string;
  readonly tags?: readonly string[];
  readonly created?: string;
  readonly calls?: readonly FunctionRecord[];
}

let count = 0;

/** A function that is another than all before, and is a normal form. */
export function sketch({ texts, author = "", tags = [], created, calls = [] }: Sketch) {
  count += 1;
  const hashes = calls.map((one) => one.object.hash).sort();
  const imports = hashes.map((one) => `from ouverture.pool import object_${one}\n`).join("");
  const called = hashes.map((one) => `, object_${one}._ouverture_v_0()`).join("");
  const code = `${imports}${imports && "\n"}def _ouverture_v_0():\n    return (${count}${called || ","})`;
  const record: FunctionRecord = {
    object: {
      schema_version: 1,
      hash: hash(code),
      hash_algorithm: "sha256",
      normalized_code: code,
      encoding: "none",
      metadata: {
        created: created ?? "2026-01-01T00:00:00Z",
        author,
        tags,
        dependencies: hashes,
      },
    },
    mappings: Object.entries(texts).map(([language, one]) => ({
      language: language.replace(/ .*/, ""),
      mapping: mappingOf(one, hashes),
    })),
  };
  return record;
}

function mappingOf(
  { name, docstring = "", comment = "", aliases = [] }: Texts,
  hashes: readonly string[],
) {
  const mapping: Mapping = {
    docstring,
    name_mapping: { _ouverture_v_0: name },
    alias_mapping: Object.fromEntries(aliases.map((alias, at) => [hashes[at] ?? "", alias])),
    comment,
  };
  return mapping;
}

/** Writes functions into a pool, as `add` does but for its syncs. */
export function writeRecords(pool: string, records: readonly FunctionRecord[]): void {
  for (const record of records) writeFiles(pool, Object.fromEntries(filesOf(record)));
}

/** A pool and a cache, until the test ends, or what `whenDone` says. */
export function makePlace(
  records: readonly FunctionRecord[] = [],
  whenDone: (clean: () => void) => void = onTestFinished,
) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-search-")));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  const place = { folder, pool: join(folder, "pool"), cache: join(folder, "cache") };
  mkdirSync(place.pool);
  writeRecords(place.pool, records);
  return place;
}
export type Place = ReturnType<typeof makePlace>;

/** Opens the index of a pool. */
export async function openIndexOf(
  { pool, cache }: Place,
  options: Partial<SearchIndexOptions> = {},
  whenDone: (clean: () => void) => void = onTestFinished,
): Promise<SearchIndex> {
  const index = await openSearchIndex({ pool: openDirectoryPool(pool), cache, ...options });
  whenDone(() => index.close());
  return index;
}

/** Opens the index and closes it; is there another one by now? */
export async function isIndexNew(place: Place): Promise<boolean> {
  const before = indexFile(place);
  (await openSearchIndex({ pool: openDirectoryPool(place.pool), cache: place.cache })).close();
  return before === null || indexFile(place)?.equals(before) !== true;
}

function indexFile({ cache }: Place): Buffer | null {
  const folder = join(cache, "index");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const [name] = names.filter((one) => one.endsWith(".sqlite"));
  return name === undefined ? null : readFileSync(join(folder, name));
}

/** A function with one more mapping. */
export function withMapping(
  record: FunctionRecord,
  language: string,
  texts: Texts,
): FunctionRecord {
  const { dependencies } = record.object.metadata;
  const mapping = mappingOf(texts, dependencies);
  const [first] = record.mappings;
  const names = { ...first?.mapping.name_mapping, ...mapping.name_mapping };
  const added = { language, mapping: { ...mapping, name_mapping: names } };
  return { ...record, mappings: [...record.mappings, added] };
}
