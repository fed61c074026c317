/**
 * A process of index-database.test.ts: for each line that it reads it opens the index of a
 * pool and prints how many functions it finds, until it is killed.
 *
 * Arguments: the pool, the cache.
 */
import { createInterface } from "node:readline";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { openSearchIndex } from "../../src/search/search-index.js";

const [pool = "", cache = ""] = process.argv.slice(2);
for await (const _ of createInterface({ input: process.stdin })) {
  const index = await openSearchIndex({ pool: openDirectoryPool(pool), cache });
  const { hits } = await index.search("common", { limit: 10_000 });
  index.close();
  console.log(hits.length);
}
