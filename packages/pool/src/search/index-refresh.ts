/**
 * Brings an index up to what is on disk, in two passes: functions and what they call, and
 * then mappings, in the order of the full-text index, which only the first pass can tell.
 * No file is read twice, and of all that is read nothing is remembered.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Changes, changeFunction, forgetFunction, rankFunctions } from "./index-change.js";
import type { IndexDatabase } from "./index-database.js";
import { fillText, unplaceText } from "./index-fill.js";
import { type RefreshPlan, readTimes, type Visit, visitShard, writeTimes } from "./index-plan.js";
import { countShard } from "./index-scan.js";
import { DAMAGED, PRESENT } from "./index-schema.js";

export interface IndexProgress {
  /** It reads functions, and then indexes their texts. */
  readonly step: "read" | "index";
  /** Functions. */
  readonly done: number;
  readonly total: number;
}

export interface RefreshWatch {
  readonly onProgress?: ((progress: IndexProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does what was planned for the pool in `root`. Throws when the system or the database
 * fails, and when `signal` is aborted.
 */
export async function applyRefresh(
  root: string,
  database: IndexDatabase,
  plan: RefreshPlan,
  watch: RefreshWatch,
): Promise<void> {
  const changes: Changes = { functions: new Set(), unplaced: [] };
  const total = countFunctions(root, plan);
  let count = 0;
  database.run("BEGIN");
  // What is gone from schema 1 may be there in schema 0, which comes later.
  const doubted = new Set(plan.doubted);
  for (const planned of plan.visits) {
    const visit = planned.shard.schema === 0 ? withDoubt(planned, doubted) : planned;
    const { shard } = visit;
    const times = visit.depth === null ? null : readTimes(database, shard);
    let isNew = visit.isTimeNew;
    for (const found of visitShard(root, database, visit, { ...plan, doubted })) {
      isNew = true;
      if (found.type === "gone") {
        times?.delete(found.hash);
        doubted.add(found.hash);
        forgetFunction(database, shard.schema, found.hash, changes);
      } else times?.set(found.hash, found.times);
      if (found.type === "changed") changeFunction(root, database, shard.schema, found, changes);
      count += 1;
      await tell(watch, "read", count, total);
    }
    if (times !== null && isNew) writeTimes(database, visit, plan.now, times);
  }
  rankFunctions(database, changes);
  unplaceText(database, changes.unplaced);
  await fillText(root, database, (done, of) => tell(watch, "index", done, of));
  database.run(COUNT);
  database.run("COMMIT");
}

const COUNT = `
  UPDATE meta SET
    functions = (SELECT count(*) FROM function WHERE state = ${PRESENT}),
    mappings = (SELECT count(*) FROM mapping WHERE state = ${PRESENT}),
    damaged = (SELECT count(*) FROM function WHERE state = ${DAMAGED})
      + (SELECT count(*) FROM mapping WHERE state = ${DAMAGED})`;

/** Between two turns nothing else runs, not even what Ctrl-C does. */
const FUNCTIONS_OF_A_TURN = 100;

async function tell(
  { onProgress, signal }: RefreshWatch,
  step: IndexProgress["step"],
  done: number,
  total: number,
): Promise<void> {
  if (done % FUNCTIONS_OF_A_TURN !== 0) return;
  onProgress?.({ step, done, total: Math.max(done, total) });
  await nextTurn();
  signal?.throwIfAborted();
}

function countFunctions(root: string, plan: RefreshPlan): number {
  const listed = plan.visits.filter(({ depth }) => depth === "list");
  return listed.reduce((sum, { shard }) => sum + countShard(root, shard), 0);
}

function withDoubt(visit: Visit, doubted: ReadonlySet<string>): Visit {
  const isDoubted = [...doubted].some((hash) => hash.startsWith(visit.shard.start));
  return isDoubted ? { ...visit, depth: "list" } : visit;
}
