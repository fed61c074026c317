/**
 * Keeps in a pool what was fetched from registries, while other work goes on. A function
 * is put there once all that it imports is there: so the pool stays without a gap.
 */
import { type CheckedObject, faultMessage, type StoredObject } from "@ouverture/core";
import type { FunctionRecord, FunctionStore, LanguageMapping } from "../store.js";

export interface Keeper {
  /** Keeps a function that was checked. */
  keepFunction(checked: CheckedObject): void;
  /** Keeps a mapping that was checked, if its function is kept. */
  keepMapping(object: StoredObject, mapping: LanguageMapping): void;
  /** Waits until all is in the pool that can be. */
  settle(): Promise<void>;
}

/** The most functions that wait for others. */
const MOST_WAITING = 10_000;

/** Keeps functions in `store`. `tell` is told what is refused; and why it fails, and then no more is kept. */
export function openKeeper(store: FunctionStore, tell: (why: string) => void): Keeper {
  /** What came in, in its order. */
  let offered: Offer[] = [];
  let isBroken = false;
  let working: Promise<void> | null = null;
  const kept = new Set<string>();
  const waiting = new Map<string, Waiting>();
  /** By what they wait for. */
  const waitedFor = new Map<string, Waiting[]>();

  function offer(one: Offer): void {
    if (isBroken) return;
    offered.push(one);
    working ??= work()
      .catch((error: unknown) => {
        isBroken = true;
        offered = [];
        tell(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        working = null;
      });
  }

  async function work(): Promise<void> {
    // What is offered in the same moment is written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (offered.length > 0) {
      const batch = offered;
      offered = [];
      const ready: FunctionRecord[] = [];
      for (const one of batch) ready.push(...(await takeIn(one)));
      await put(ready);
    }
  }

  /** The records that can be put into the pool now. */
  async function takeIn({ object, dependencies, mappings }: Offer): Promise<FunctionRecord[]> {
    const { hash } = object;
    const before = waiting.get(hash);
    if (before !== undefined) {
      before.mappings.push(...mappings);
      return [];
    }
    if (await isKept(hash)) return mappings.length > 0 ? [{ object, mappings }] : [];
    // A mapping of a function that was not kept.
    if (dependencies === null || waiting.size >= MOST_WAITING) return [];
    const missing = new Set<string>();
    for (const dependency of dependencies) if (!(await isKept(dependency))) missing.add(dependency);
    const entry: Waiting = { object, mappings: [...mappings], missing };
    waiting.set(hash, entry);
    if (missing.size === 0) return [entry];
    for (const dependency of missing) {
      const entries = waitedFor.get(dependency) ?? [];
      entries.push(entry);
      waitedFor.set(dependency, entries);
    }
    return [];
  }

  async function isKept(hash: string): Promise<boolean> {
    if (kept.has(hash)) return true;
    if ((await store.get(hash)) === undefined) return false;
    kept.add(hash);
    return true;
  }

  async function put(records: readonly FunctionRecord[]): Promise<void> {
    for (let ready = records; ready.length > 0; ) {
      const next: FunctionRecord[] = [];
      for (const { object } of ready) waiting.delete(object.hash);
      for await (const answer of store.add(ready)) {
        if ("fault" in answer) {
          tell(`${answer.hash}: ${faultMessage(answer.fault)}`);
          continue;
        }
        kept.add(answer.hash);
        next.push(...released(answer.hash));
      }
      ready = next;
    }
  }

  /** Those that waited for this one last. */
  function released(hash: string): FunctionRecord[] {
    const entries = waitedFor.get(hash) ?? [];
    waitedFor.delete(hash);
    return entries.flatMap((entry) => {
      entry.missing.delete(hash);
      return entry.missing.size > 0 ? [] : [entry];
    });
  }

  return {
    keepFunction: ({ object, dependencies }) => offer({ object, dependencies, mappings: [] }),
    keepMapping: (object, mapping) => offer({ object, dependencies: null, mappings: [mapping] }),
    async settle() {
      while (working !== null) await working;
    },
  };
}

interface Offer {
  readonly object: StoredObject;
  /** `null` where it is a mapping that is offered. */
  readonly dependencies: readonly string[] | null;
  readonly mappings: readonly LanguageMapping[];
}

/** A function that waits for others, or for its turn. */
interface Waiting {
  readonly object: StoredObject;
  readonly mappings: LanguageMapping[];
  readonly missing: Set<string>;
}
