/** A thread that checks functions for check-ahead.ts. It is an entry of each bundle. */
import { parentPort, workerData } from "node:worker_threads";
import { type FunctionBytes, inspectFunction } from "@ouverture/core";
import { type Looked, openCheckCache } from "./check-cache.js";
import { checkStored, type StoredCheck } from "./check-stored.js";

/** What a thread is given once. */
export interface ThreadSettings {
  /** Of the pool. */
  readonly directory: string;
  /** The most bytes of an object or a mapping. */
  readonly mostBytes: number;
  /** The folder of what was checked before; `null` where that does not count. */
  readonly cache: string | null;
  /** As `programStamp` has it. */
  readonly program: string;
}
/** Functions to read and check, or to check alone. */
export type ThreadTask = readonly string[] | readonly FunctionBytes[];
/** What was found of each, in their order. */
export type ThreadAnswer = readonly (StoredCheck | Looked | null)[];

const { directory, mostBytes, cache, program }: ThreadSettings = workerData;
const checks = openCheckCache({ folder: cache, program, check: inspectFunction });

parentPort?.on("message", async (task: ThreadTask) => {
  const answer: ThreadAnswer = await Promise.all(
    task.map((one) =>
      typeof one === "string" ? checkStored(directory, one, mostBytes, checks) : checks.look(one),
    ),
  );
  parentPort?.postMessage(answer);
});
