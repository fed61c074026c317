/**
 * A process of nothing-lost.test.ts: adds functions to a pool and prints the hash of each
 * one that was answered, at once, until it is killed.
 *
 * Arguments: the pool, which writer this is, the first function and the one after the last.
 */
import { writeSync } from "node:fs";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { writerRecord } from "./nothing-lost-records.js";

const [directory = "", writer = "", first = "", end = ""] = process.argv.slice(2);
const pool = openDirectoryPool(directory);
let next = Number(first);
while (next < Number(end)) {
  // One by one, a few, or more than a batch.
  const count = Math.min(Number(end) - next, [1, 5, 150][next % 3] ?? 1);
  const records = Array.from({ length: count }, (_, at) => writerRecord(Number(writer), next + at));
  for await (const answer of pool.add(records)) {
    if ("fault" in answer) throw new Error(answer.fault.code);
    writeSync(1, `${next} ${answer.hash}\n`);
    next += 1;
  }
}
