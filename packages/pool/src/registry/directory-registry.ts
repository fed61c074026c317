/**
 * A registry in a folder: a pool directory that can be put on any web host as it is,
 * because it has the lists that such a host cannot give (docs/pool.md, "Directory").
 */

import { objectPath } from "@ouverture/core";
import pMap from "p-map";
import { replaceFile } from "../configuration/replace-file.js";
import { type DirectoryPool, openDirectoryPool } from "../directory/directory-pool.js";
import { lookAt, readFileBelow } from "../directory/safe-file.js";
import { storeError } from "../directory/system-failure.js";
import { sweepTemporary } from "../directory/temporary.js";
import type { Added, FunctionRecord, Refused } from "../store.js";

/** Lists all functions of the registry: `{"functions": ["<hash>", ...]}`, sorted. */
const LISTING = "objects/index.json";

/** The registry in `directory`, which need not exist yet. */
export function openDirectoryRegistry(
  directory: string,
  options: { readonly name?: string | undefined } = {},
): DirectoryPool {
  const pool = openDirectoryPool(directory, options);
  return { ...pool, add: (records) => addAndList(pool, records) };
}

/** The mappings of a function as index.json lists them: by language, sorted. */
export function encodeMappingIndex(
  references: readonly { readonly language: string; readonly hash: string }[],
): string {
  const index = new Map<string, string[]>();
  for (const { language, hash } of references) {
    const hashes = index.get(language) ?? [];
    hashes.push(hash);
    index.set(language, hashes);
  }
  const sorted = [...index].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    Object.fromEntries(sorted.map(([l, hashes]) => [l, hashes.sort()])),
    null,
    2,
  );
}

/** The list of all functions, of their sorted hashes. */
export function encodeListing(hashes: readonly string[]): string {
  return JSON.stringify({ functions: hashes }, null, 2);
}

/** How many lists are written side by side, and for how many functions that is awaited. */
const AT_A_TIME = 16;
const BATCH = 64;

/**
 * As `FunctionStore.add`, into `pool`, with the lists. A function is answered once it is
 * listed; the list of all is written once, at the end.
 */
export async function* addAndList(
  pool: DirectoryPool,
  records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
): AsyncGenerator<Added | Refused> {
  let batch: (Added | Refused)[] = [];
  try {
    for await (const answer of pool.add(records)) {
      batch.push(answer);
      if (batch.length < BATCH) continue;
      yield* await listMappings(pool, batch);
      batch = [];
    }
    yield* await listMappings(pool, batch);
  } finally {
    await writeListing(pool);
  }
}

async function listMappings(
  pool: DirectoryPool,
  answers: readonly (Added | Refused)[],
): Promise<readonly (Added | Refused)[]> {
  const added = answers.flatMap((answer) => ("fault" in answer ? [] : [answer.hash]));
  await pMap([...new Set(added)], (hash) => writeMappingIndex(pool, hash), {
    concurrency: AT_A_TIME,
  });
  return answers;
}

async function writeMappingIndex(pool: DirectoryPool, hash: string): Promise<void> {
  const object = objectPath(hash);
  if (!object.ok) return;
  const path = object.value.replace(/[^/]*$/, "index.json");
  const shard = path.split("/", 3).join("/");
  await keepCurrent(pool, path, shard, async () =>
    encodeMappingIndex(await pool.listMappings(hash)),
  );
}

async function writeListing(pool: DirectoryPool): Promise<void> {
  if (lookAt(`${pool.directory}/objects`) === undefined) return;
  sweepTemporary(pool.directory, "objects");
  await keepCurrent(pool, LISTING, "objects", async () => {
    const hashes: string[] = [];
    for await (const hash of pool.list() ?? []) hashes.push(hash);
    return encodeListing(hashes);
  });
}

const MOST_BYTES = 256 << 20;

/**
 * Writes a list until it says what is on disk. Of two who publish at once the last to
 * write looks again, and then finds what both have put there: so nothing is lost.
 */
async function keepCurrent(
  { name, directory }: DirectoryPool,
  path: string,
  beside: string,
  encode: () => Promise<string>,
): Promise<void> {
  try {
    for (;;) {
      const text = await encode();
      const there = readFileBelow(directory, path, MOST_BYTES);
      if (there instanceof Uint8Array && Buffer.compare(there, Buffer.from(text)) === 0) return;
      const options = { beside: `${directory}/${beside}`, isSynced: false };
      await replaceFile(`${directory}/${path}`, text, options);
    }
  } catch (error) {
    throw storeError(name, "written", error);
  }
}
