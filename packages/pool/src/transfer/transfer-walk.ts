/**
 * The walk of a transfer: from the functions that are asked for to all that they import,
 * breadth first and several at a time, and back, callees first. It is done for a few of
 * those asked for after the other, so that only those are in memory.
 */
import { type ClosureLimits, DEFAULT_LIMITS } from "@ouverture/core";
import pMap from "p-map";
import type { FunctionRecord } from "../store.js";
import type { Transferred } from "./transfer.js";
import {
  openTransferReader,
  refuse,
  refusedNode,
  type TransferNode,
  type TransferPlaces,
} from "./transfer-read.js";

/** How many functions are asked for at a time, and from how many a walk starts. */
const AT_A_TIME = 16;
const ROOTS = 64;

/**
 * Gives what is to be written, callees first, and what was decided without that. `tell`
 * is told how many functions were found. Throws a `StoreError`: see `pullClosure`.
 */
export async function* walkTransfer(
  places: TransferPlaces,
  hashes: Iterable<string> | AsyncIterable<string>,
  tell: (found: number) => void,
): AsyncGenerator<FunctionRecord | Transferred> {
  const read = openTransferReader(places);
  const { limits = DEFAULT_LIMITS, recursive = true } = places.options;
  /** The functions that were decided: can others be written that import them? All that grows. */
  const settled = new Map<string, boolean>();

  async function* follow(roots: readonly string[]): AsyncGenerator<FunctionRecord | Transferred> {
    const { nodes, isLimited } = await fetchLevels(roots);
    if (isLimited && roots.length > 1) {
      // The limits are those of one function: what the others import is no fault of it.
      for (const root of roots) yield* follow([root]);
      return;
    }
    tell(nodes.size);
    for (const node of calleesFirst(roots, nodes)) {
      const gap = node.refusal ?? (await findGap(node));
      settled.set(copyOf(node.hash), gap === null);
      if (gap !== null && !node.isThere) {
        yield gap;
        continue;
      }
      yield* node.refusedMappings;
      yield node.record ?? { hash: node.hash, outcome: "known" };
    }
  }

  async function fetchLevels(
    roots: readonly string[],
  ): Promise<{ nodes: ReadonlyMap<string, TransferNode>; isLimited: boolean }> {
    const nodes = new Map<string, TransferNode>();
    const imported = { functions: 0, bytes: 0 };
    let isLimited = false;
    let level = roots.filter((hash) => !settled.has(hash));
    for (let depth = 1; level.length > 0; depth += 1) {
      const next = new Set<string>();
      const fetched = await pMap(
        level,
        async (hash) => {
          if (depth === 1) return read(hash, true);
          imported.functions += 1;
          const limit = exceeded({ ...imported, depth }, limits);
          if (limit !== null) {
            isLimited = true;
            return refusedNode(refuse(hash, "limit-exceeded", limit));
          }
          const node = await read(hash, false);
          imported.bytes += node.size;
          return node;
        },
        { concurrency: AT_A_TIME },
      );
      for (const node of fetched) {
        nodes.set(node.hash, node);
        for (const hash of recursive ? node.dependencies : []) next.add(hash);
      }
      level = [...next].filter((hash) => !nodes.has(hash) && !settled.has(hash));
    }
    return { nodes, isLimited };
  }

  /** The refusal of a function that imports something that is not there, or will not be. */
  async function findGap({ hash, dependencies, isThere }: TransferNode) {
    for (const dependency of dependencies) {
      const isWhole = settled.get(dependency) ?? (isThere || (await isInStore(dependency)));
      if (isWhole) continue;
      const todo = recursive ? "See why it was refused" : "Transfer it as well";
      const message = `It imports the function ${dependency}, which is not there. ${todo}.`;
      return refuse(hash, "missing-dependency", message);
    }
    return null;
  }

  async function isInStore(hash: string): Promise<boolean> {
    return (await places.store.get(hash)) !== undefined;
  }

  for await (const roots of batchesOf(hashes)) yield* follow([...new Set(roots)]);
}

/** The same text by itself: a part of a text would keep all of it in memory. */
function copyOf(hash: string): string {
  return Buffer.from(hash).toString();
}

async function* batchesOf(
  hashes: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const hash of hashes) {
    batch.push(hash);
    if (batch.length < ROOTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The nodes in an order in which each stands behind those that it imports. */
function* calleesFirst(
  roots: readonly string[],
  nodes: ReadonlyMap<string, TransferNode>,
): Generator<TransferNode> {
  const seen = new Set<string>();
  for (const root of roots) {
    const path: { readonly node: TransferNode; next: number }[] = [];
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const dependency = step.node.dependencies[step.next];
      step.next += 1;
      if (dependency !== undefined) {
        enter(dependency);
      } else {
        path.pop();
        yield step.node;
      }
    }

    function enter(hash: string): void {
      const node = nodes.get(hash);
      if (node === undefined || seen.has(hash)) return;
      seen.add(hash);
      path.push({ node, next: 0 });
    }
  }
}

/** What is said of a function that is beyond a limit; `null` where it is not. */
function exceeded(walked: ClosureLimits, limits: ClosureLimits): string | null {
  const limit = LIMITS.find(({ key }) => walked[key] > limits[key]);
  if (limit === undefined) return null;
  return `It is left out: more than ${limits[limit.key]} ${limit.name} would be transferred that were not asked for. Raise the limit, or ask for it.`;
}

const LIMITS = [
  { key: "depth", name: "levels of functions" },
  { key: "functions", name: "functions" },
  { key: "bytes", name: "bytes" },
] as const;
