/**
 * The functions that a repository depends on: breadth first, each once, several
 * at a time, each checked before its dependencies are followed (docs/verify.md).
 */
import type { FindingDetail } from "./finding.js";
import { type FunctionBytes, type FunctionCheck, inspectNothing } from "./function-check.js";
import { DEFAULT_LIMITS, mostOf, type RunLimit, type RunLimits } from "./limits.js";
import type { MappingBytes, ObjectSource } from "./ports.js";

export interface ClosureOptions {
  readonly limits?: Partial<RunLimits> | undefined;
  /** A clock in milliseconds, for the limit of time. */
  readonly now?: (() => number) | undefined;
  readonly inspect: Inspect;
  /** How many functions are asked for at a time. */
  readonly concurrency?: number | undefined;
  /** What no source gives is left out, and does not fail. */
  readonly allowUnfetched?: boolean | undefined;
  readonly signal?: AbortLike | undefined;
  /** Is told after each function: how many are done, verified, and known to follow. */
  readonly onFunction?: ((done: number, verified: number, waiting: number) => void) | undefined;
}
/** What there is to find of a function. */
export type Inspect = (bytes: FunctionBytes) => FunctionCheck | Promise<FunctionCheck>;
/** As much of an `AbortSignal` as is needed here. */
export interface AbortLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/**
 * - `failed`: something is wrong with it or with one of its mappings.
 * - `skipped`: a limit of the run left it out, `skippedBy`.
 * - `unfetched`: no source gave it, and the caller lets that pass.
 */
export type Verdict = "verified" | "failed" | "skipped" | "unfetched";

export interface ClosureFunction extends Omit<FunctionCheck, "isVerified"> {
  readonly hash: string;
  readonly verdict: Verdict;
  readonly skippedBy: RunLimit | null;
}
/** In the order of the walk. */
export type Closure = ReadonlyMap<string, ClosureFunction>;

const DEFAULT_CONCURRENCY = 16;
/** For each function that is asked for: how many answers may wait for an earlier one. */
const WAITING_ANSWERS = 16;

/**
 * Walks from the imported hashes. The answer depends on what the source gives, and not
 * on what it gives first. Throws the signal's reason once that is aborted.
 */
export async function walkClosure(
  imported: Iterable<string>,
  objects: ObjectSource,
  options: ClosureOptions,
): Promise<Closure> {
  const walk = openWalk(imported, options);
  const { queue, functions } = walk;
  const concurrency = Math.max(1, options.concurrency ?? DEFAULT_CONCURRENCY);
  const answers: (Promise<Answer> | undefined)[] = [];
  let underway = 0;
  let settled = 0;

  /** Asks ahead, as far as functions are known. */
  function askAhead(): void {
    while (
      answers.length < queue.length &&
      underway < concurrency &&
      answers.length - settled < concurrency * WAITING_ANSWERS
    ) {
      const index = answers.length;
      const limit = limitBefore(walk, index);
      if (limit !== null) {
        answers.push(Promise.resolve(limit));
        continue;
      }
      underway += 1;
      // What is there is checked, by another thread perhaps, while the next is asked for.
      const answer = ask(objects, queue[index]?.hash ?? "", options, () => {
        underway -= 1;
        if (options.signal?.aborted !== true) askAhead();
      });
      answers.push(answer);
    }
  }

  for (; settled < queue.length; settled += 1) {
    askAhead();
    const answer = (await answers[settled]) ?? {
      defect: new Error("a function was not asked for"),
    };
    answers[settled] = undefined;
    if (options.signal?.aborted === true) throw options.signal.reason;
    const known = queue.length;
    settle(walk, settled, answer);
    for (const { hash } of queue.slice(known)) objects.expect?.(hash);
    const verified = walk.verified;
    options.onFunction?.(functions.size, verified, queue.length - functions.size);
  }
  return functions;
}

interface Walk {
  readonly functions: Map<string, ClosureFunction>;
  /** All that are known, in the order in which they are settled, and how far from an import. */
  readonly queue: { readonly hash: string; readonly depth: number }[];
  readonly known: Set<string>;
  readonly limits: RunLimits;
  readonly allowUnfetched: boolean;
  readonly isLate: () => boolean;
  bytes: number;
  verified: number;
  /** The limits that a function has told of: one finding says it for all. */
  readonly told: Set<RunLimit>;
}

function openWalk(imported: Iterable<string>, options: ClosureOptions): Walk {
  const limits = { ...DEFAULT_LIMITS, ...definedIn(options.limits ?? {}) };
  const { now, allowUnfetched = false } = options;
  const start = now?.() ?? 0;
  const known = new Set(imported);
  return {
    functions: new Map(),
    queue: [...known].map((hash) => ({ hash, depth: 1 })),
    known,
    limits,
    allowUnfetched,
    isLate: () => now !== undefined && now() - start >= limits.milliseconds,
    bytes: 0,
    verified: 0,
    told: new Set(),
  };
}

function definedIn<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** What became of a question. */
type Answer =
  | { readonly check: FunctionCheck; readonly bytes: number }
  | { readonly unfetched: FindingDetail }
  /** Thrown by `inspect`, which is no failure of a source. */
  | { readonly defect: unknown }
  | RunLimit;

/** The limit that keeps a function from being asked for, or its answer from being used. */
function limitBefore(walk: Walk, index: number): RunLimit | null {
  const { limits, bytes, queue, isLate } = walk;
  if ((queue[index]?.depth ?? 0) > limits.depth) return "depth";
  if (index >= limits.functions) return "functions";
  if (bytes >= limits.bytes) return "run-bytes";
  return isLate() ? "time" : null;
}

async function ask(
  objects: ObjectSource,
  hash: string,
  { inspect }: ClosureOptions,
  onAnswered: () => void,
): Promise<Answer> {
  let object: Awaited<ReturnType<ObjectSource["get"]>>;
  let mappings: readonly MappingBytes[] = [];
  try {
    object = await objects.get(hash);
    if (object === undefined) return { unfetched: { code: "missing", data: {} } };
    if (!("code" in object)) mappings = (await objects.mappings?.(hash)) ?? [];
  } catch (error) {
    const text = error instanceof Error ? error.message : "";
    return { unfetched: { code: "unreachable", data: { error: text } } };
  } finally {
    onAnswered();
  }
  if ("code" in object) return { check: inspectNothing(object), bytes: 0 };
  try {
    const check = await inspect({ hash, object, mappings });
    return { check, bytes: mappings.reduce((sum, one) => sum + sizeOf(one), object.length) };
  } catch (defect) {
    return { defect };
  }
}

function sizeOf({ bytes }: MappingBytes): number {
  return bytes === undefined || "code" in bytes ? 0 : bytes.length;
}

function settle(walk: Walk, index: number, answer: Answer): void {
  const { hash, depth } = walk.queue[index] ?? { hash: "", depth: 0 };
  const settled = settledOf(walk, index, hash, answer);
  walk.functions.set(hash, settled);
  if (settled.verdict === "verified") walk.verified += 1;
  for (const dependency of settled.dependencies) {
    if (walk.known.has(dependency)) continue;
    walk.known.add(dependency);
    walk.queue.push({ hash: dependency, depth: depth + 1 });
  }
}

function settledOf(walk: Walk, index: number, hash: string, answer: Answer): ClosureFunction {
  if (typeof answer === "string") return skipped(walk, hash, answer);
  if ("defect" in answer) throw answer.defect;
  // Answers that were asked for ahead are counted in their turn.
  const limit = limitBefore(walk, index);
  if (limit !== null && limit !== "time") return skipped(walk, hash, limit);
  if ("unfetched" in answer) {
    const verdict = walk.allowUnfetched ? "unfetched" : "failed";
    return { ...bare(hash, verdict), problem: answer.unfetched };
  }
  walk.bytes += answer.bytes;
  if (walk.bytes > walk.limits.bytes) return skipped(walk, hash, "run-bytes");
  return checked(hash, answer.check);
}

function checked(hash: string, { isVerified, ...check }: FunctionCheck): ClosureFunction {
  const isFailed =
    !isVerified || check.furtherProblems.some(({ code }) => code === "invalid-mapping");
  return { hash, verdict: isFailed ? "failed" : "verified", skippedBy: null, ...check };
}

function skipped(walk: Walk, hash: string, limit: RunLimit): ClosureFunction {
  const data = { limit, most: mostOf(limit, walk.limits) };
  const problem: FindingDetail | null = walk.told.has(limit)
    ? null
    : { code: "limit-exceeded", data };
  walk.told.add(limit);
  return { ...bare(hash, "skipped"), skippedBy: limit, problem };
}

function bare(hash: string, verdict: Verdict): ClosureFunction {
  return {
    hash,
    verdict,
    skippedBy: null,
    problem: null,
    dependencies: [],
    effects: [],
    furtherProblems: [],
  };
}
