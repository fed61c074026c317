/**
 * Threads that check the functions of the repository's own pool. While the sources are read, they
 * read ahead what these import; afterwards the walk reads, and they only check, or read on where
 * they know what they read from an earlier run. Whoever checks is slow with its first functions:
 * so that whoever reads the sources had better check none (docs/decisions/0043).
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FunctionBytes } from "@ouverture/core";
import type { Looked } from "./check-cache.js";
import { readStored, type StoredCheck } from "./check-stored.js";
import type { ThreadAnswer, ThreadSettings, ThreadTask } from "./check-thread.js";

export interface CheckAhead {
  /** A function that is going to be asked for. */
  expect(hash: string): void;
  /** What the pool has of a function; `null` where it is not plainly there. */
  take(hash: string): Promise<FunctionBytes | null>;
  /** What a thread has found of a function that `take` has given, where one has. */
  foundOf(bytes: FunctionBytes): Looked | undefined;
  /** What a thread finds; `null` where there is none to ask. */
  check(bytes: FunctionBytes): Promise<Looked | null>;
  close(): Promise<void>;
}

export interface CheckAheadOptions extends ThreadSettings {
  /** The most functions of a run. */
  readonly mostFunctions: number;
  /** How many threads; without it one less than the system has processors, at most 3. */
  readonly threads?: number | undefined;
  /** The module of the thread; without it the one beside this. */
  readonly module?: string | undefined;
}

/** Before so many functions are known a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 100;
const MOST_THREADS = 3;
/** How many functions a thread reads at a time, and how often it is told before it has answered. */
const FUNCTIONS_AT_A_TIME = 8;
const TIMES_AHEAD = 2;
/** The walk reads many functions before it hears an answer. */
const CHECKS_AHEAD = 8;
/** What is known is answered at once, and the answer heard only after many files. */
const TIMES_AHEAD_OF_KNOWN = 16;
/** What is read and not asked for yet takes memory. */
const MOST_UNASKED = 4096;

/** `null` where there are no threads to be had. */
export function openCheckAhead(options: CheckAheadOptions): CheckAhead | null {
  const { directory, mostBytes, cache, program, mostFunctions, module = besideThis() } = options;
  const count = options.threads ?? Math.min(MOST_THREADS, availableParallelism() - 1);
  if (count < 1 || !existsSync(module)) return null;
  const settings: ThreadSettings = { directory, mostBytes, cache, program };
  const known = new Set<string>();
  /** Known, and read by nobody; the last is the next. */
  let waiting: string[] = [];
  /** By the walk. */
  const taken = new Set<string>();
  const begun = new Map<string, Promise<StoredCheck | null>>();
  const given = new WeakMap<Uint8Array, StoredCheck>();
  /** Read by the walk, and sent to no thread yet: a message takes as long as some checks. */
  const queued: { bytes: FunctionBytes; resolve: (looked: Looked | null) => void }[] = [];
  let hasWalkBegun = false;
  /** Most of what a thread has read last it knew: then it has time to read. */
  let isKnown = false;
  let threads: Thread[] = [];

  function expect(hash: string): void {
    if (known.has(hash) || known.size >= mostFunctions) return;
    known.add(hash);
    if (mayRead()) waiting.push(hash);
    if (known.size === WORTH_A_THREAD) {
      threads = Array.from({ length: count }, () => startThread(module, settings));
    }
    feed();
  }

  function mayRead(): boolean {
    return !hasWalkBegun || isKnown;
  }

  function feed(): void {
    if (!mayRead()) waiting = [];
    const times = isKnown ? TIMES_AHEAD_OF_KNOWN : TIMES_AHEAD;
    for (const thread of threads) {
      while (thread.unanswered() < times && begun.size < MOST_UNASKED) {
        const hashes = lastUntaken();
        if (hashes.length === 0) return;
        begin(thread, hashes);
      }
    }
  }

  /** The walk takes them in the order in which they became known. */
  function lastUntaken(): string[] {
    const hashes: string[] = [];
    while (waiting.length > 0 && hashes.length < FUNCTIONS_AT_A_TIME) {
      const hash = waiting.pop();
      if (hash !== undefined && !taken.has(hash)) hashes.push(hash);
    }
    return hashes;
  }

  function begin(thread: Thread, hashes: readonly string[]): void {
    const answer = thread.send(hashes);
    hashes.forEach((hash, index) => {
      begun.set(
        hash,
        answer.then((found) => storedOf(found[index])),
      );
    });
    void answer.then((found) => {
      isKnown = found.filter((one) => one?.isNew === false).length > found.length / 2;
      for (const one of found) for (const hash of one?.check.dependencies ?? []) expect(hash);
      feed();
      sendQueued();
    });
  }

  function sendQueued(): void {
    while (queued.length > 0) {
      const thread = leastBusy(threads);
      if (thread !== null && thread.unanswered() >= CHECKS_AHEAD) return;
      const batch = queued.splice(0, FUNCTIONS_AT_A_TIME);
      const answer = thread?.send(batch.map(({ bytes }) => bytes)) ?? Promise.resolve([]);
      void answer.then((found) => {
        batch.forEach(({ resolve }, index) => {
          resolve(found[index] ?? null);
        });
        sendQueued();
      });
    }
  }

  return {
    expect,
    async take(hash) {
      hasWalkBegun = true;
      taken.add(hash);
      const found = await begun.get(hash);
      begun.delete(hash);
      if (!found) return readStored(directory, hash, mostBytes);
      given.set(found.object, found);
      return found;
    },
    foundOf: ({ object }) => given.get(object),
    check(bytes) {
      return new Promise((resolve) => {
        queued.push({ bytes, resolve });
        // Fewer are sent when the walk has to wait for an answer.
        if (queued.length >= FUNCTIONS_AT_A_TIME) sendQueued();
        else if (queued.length === 1) setImmediate(sendQueued);
      });
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}

function leastBusy(threads: readonly Thread[]): Thread | null {
  const alive = threads.filter((thread) => thread.unanswered() < Number.POSITIVE_INFINITY);
  const [first = null, ...others] = alive;
  return others.reduce((a, b) => (a && a.unanswered() <= b.unanswered() ? a : b), first);
}

function storedOf(found: ThreadAnswer[number] | undefined): StoredCheck | null {
  return found && "object" in found ? found : null;
}

interface Thread {
  /** How many tasks it has still to answer; `Infinity` where it has ended. */
  unanswered(): number;
  /** Gives nothing where the thread has ended: then others have to do it. */
  send(task: ThreadTask): Promise<ThreadAnswer>;
  end(): Promise<void>;
}

function startThread(module: string, workerData: ThreadSettings): Thread {
  // What Node was started with is not for a thread: a debugger, a loader of somebody else's.
  const worker = new Worker(module, { workerData, execArgv: [] });
  const waiting: ((answer: ThreadAnswer) => void)[] = [];
  let isEnded = false;
  function giveUp(): void {
    isEnded = true;
    for (const resolve of waiting.splice(0)) resolve([]);
  }
  worker.on("message", (answer: ThreadAnswer) => waiting.shift()?.(answer));
  worker.on("error", giveUp);
  worker.on("exit", giveUp);

  function send(task: ThreadTask): Promise<ThreadAnswer> {
    if (isEnded) return Promise.resolve([]);
    return new Promise((resolve) => {
      waiting.push(resolve);
      worker.postMessage(task);
    });
  }

  return {
    unanswered: () => (isEnded ? Number.POSITIVE_INFINITY : waiting.length),
    send,
    async end() {
      await worker.terminate();
    },
  };
}

/** In a bundle the thread stands beside what starts it. In the sources there is none that runs. */
function besideThis(): string {
  const ending = import.meta.url.endsWith(".cjs") ? "cjs" : "js";
  return fileURLToPath(new URL(`./check-thread.${ending}`, import.meta.url));
}
