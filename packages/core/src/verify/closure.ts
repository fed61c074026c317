/**
 * The functions that a repository depends on: breadth first, each once, several
 * at a time, each checked before its dependencies are followed (docs/verify.md).
 */
import type { FaultOf } from "../result.js";
import { checkObject, type ObjectFault } from "./check-object.js";
import type { FindingDetail, RunLimit } from "./finding.js";
import type { ObjectSource } from "./ports.js";

/** The limits of a run, with the defaults of docs/verify.md. */
export interface RunLimits {
  /** How far a function may be from an import; what is imported is at depth 1. */
  readonly depth: number;
  readonly functions: number;
  /** Of all objects together. */
  readonly bytes: number;
}
export const DEFAULT_LIMITS: RunLimits = { depth: 256, functions: 10_000, bytes: 64 << 20 };

export interface ClosureFunction {
  readonly hash: string;
  /** `skipped` is one that a limit of the run left out, `skippedBy`. */
  readonly verdict: "verified" | "failed" | "skipped";
  readonly skippedBy: RunLimit | null;
  /** What is wrong with it; of a verified one, what is to be warned of. */
  readonly problem: FindingDetail | null;
  readonly dependencies: readonly string[];
}
export type Closure = ReadonlyMap<string, ClosureFunction>;

/** How many objects are asked for at a time. */
const AT_A_TIME = 16;

/** Walks from the imported hashes. The order of the answer is that of the walk. */
export async function walkClosure(
  imported: Iterable<string>,
  objects: ObjectSource,
  limits: RunLimits = DEFAULT_LIMITS,
): Promise<Closure> {
  const walk: Walk = { functions: new Map(), limits, bytes: 0, told: new Set() };
  let level = [...new Set(imported)];
  for (let depth = 1; level.length > 0; depth += 1) {
    const next = new Set<string>();
    for (let start = 0; start < level.length; start += AT_A_TIME) {
      const batch = level.slice(start, start + AT_A_TIME);
      const answers = batch.map((hash, index) => {
        const limit = limitBefore(walk, depth, index);
        return limit === null ? ask(objects, hash) : limit;
      });
      for (const [index, answer] of (await Promise.all(answers)).entries()) {
        const checked = settle(walk, batch[index] ?? "", answer);
        walk.functions.set(checked.hash, checked);
        for (const hash of checked.dependencies) next.add(hash);
      }
    }
    level = [...next].filter((hash) => !walk.functions.has(hash));
  }
  return walk.functions;
}

interface Walk {
  readonly functions: Map<string, ClosureFunction>;
  readonly limits: RunLimits;
  bytes: number;
  /** The limits that a function has told of: one finding says it for all. */
  readonly told: Set<RunLimit>;
}

type Answer = Awaited<ReturnType<ObjectSource["get"]>> | RunLimit | { readonly error: string };

/** The limit that keeps the `index`th function of a batch from being asked for. */
function limitBefore(walk: Walk, depth: number, index: number): RunLimit | null {
  const { limits, functions, bytes } = walk;
  if (depth > limits.depth) return "depth";
  if (functions.size + index >= limits.functions) return "functions";
  return bytes >= limits.bytes ? "run-bytes" : null;
}

async function ask(objects: ObjectSource, hash: string): Promise<Answer> {
  try {
    return await objects.get(hash);
  } catch (error) {
    return { error: error instanceof Error ? error.message : "" };
  }
}

function settle(walk: Walk, hash: string, answer: Answer): ClosureFunction {
  if (answer === undefined) return failed(hash, { code: "missing", data: {} });
  if (typeof answer === "string") return skipped(walk, hash, answer);
  if ("error" in answer) return failed(hash, { code: "unreachable", data: answer });
  if ("code" in answer) return failed(hash, detailOf(answer));
  walk.bytes += answer.length;
  if (walk.bytes > walk.limits.bytes) return skipped(walk, hash, "run-bytes");
  return check(hash, answer);
}

function check(hash: string, bytes: Uint8Array): ClosureFunction {
  const checked = checkObject(hash, bytes);
  if (checked.ok) {
    const { dependencies, olderForm } = checked.value;
    const problem = olderForm && notCanonical(olderForm, true);
    return { hash, verdict: "verified", skippedBy: null, problem, dependencies };
  }
  const { fault } = checked;
  // The code is what its hash says; only what is written beside it is not.
  const dependencies = fault.code === "wrong-dependencies" ? fault.data.actual : [];
  return { ...failed(hash, detailOf(fault)), dependencies };
}

function failed(hash: string, problem: FindingDetail): ClosureFunction {
  return { hash, verdict: "failed", skippedBy: null, problem, dependencies: [] };
}

function skipped(walk: Walk, hash: string, limit: RunLimit): ClosureFunction {
  const most = limit === "run-bytes" ? walk.limits.bytes : walk.limits[limit];
  const problem: FindingDetail | null = walk.told.has(limit)
    ? null
    : { code: "limit-exceeded", data: { limit, most } };
  walk.told.add(limit);
  return { hash, verdict: "skipped", skippedBy: limit, problem, dependencies: [] };
}

function detailOf(fault: ObjectFault): FindingDetail {
  if (fault.code === "malformed-hash") {
    return { code: "malformed-import", data: { ...fault.data, full: null } };
  }
  if (fault.code === "not-canonical") return notCanonical(fault, false);
  const { span: _, ...detail } = fault;
  return detail;
}

function notCanonical(
  { code, data }: FaultOf<"not-canonical">,
  isOlderForm: boolean,
): FindingDetail {
  return { code, data: { ...data, isOlderForm } };
}
