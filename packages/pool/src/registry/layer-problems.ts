/** What goes wrong with the layers of a source while others serve, and which are asked no more. */
import { escapeText } from "@ouverture/core";
import { type FunctionSource, StoreError } from "../store.js";

/** A layer failed or lied, or nothing could be kept. */
export interface LayerProblem {
  /** The name of the layer, or of the pool that nothing could be kept in. */
  readonly store: string;
  /** It failed; what it gave was not what it should be; or nothing could be kept in it. */
  readonly kind: "failed" | "corrupt" | "not-kept";
  /** What is wrong and what to do, on one line. */
  readonly message: string;
  /** The functions that were asked for; empty where it is about none. */
  readonly hashes: readonly string[];
}

export interface ProblemLog {
  problems(): readonly LayerProblem[];
  record(store: string, kind: LayerProblem["kind"], message: string, hash: string | null): void;
  /**
   * Asks a layer. Gives its error where it fails, which is recorded; one that has failed
   * several times in a row is not asked again.
   */
  ask<T>(
    layer: FunctionSource,
    hash: string | null,
    question: () => Promise<T>,
  ): Promise<{ readonly answer: T } | StoreError>;
}

/** How often in a row a layer may fail. */
const MOST_FAILURES = 3;

export function openProblemLog(): ProblemLog {
  const problems = new Map<string, { problem: LayerProblem; hashes: Set<string> }>();
  const failures = new Map<FunctionSource, readonly StoreError[]>();

  function record(
    store: string,
    kind: LayerProblem["kind"],
    message: string,
    hash: string | null,
  ): void {
    const key = JSON.stringify([store, kind, message]);
    const known = problems.get(key) ?? {
      problem: { store, kind, message: escapeText(message), hashes: [] },
      hashes: new Set<string>(),
    };
    problems.set(key, known);
    if (hash !== null) known.hashes.add(hash);
  }

  return {
    record,
    problems: () =>
      [...problems.values()].map(({ problem, hashes }) => ({ ...problem, hashes: [...hashes] })),
    async ask(layer, hash, question) {
      const before = failures.get(layer) ?? [];
      const [last] = before;
      if (last !== undefined && before.length >= MOST_FAILURES) {
        record(layer.name, "failed", last.message, hash);
        return last;
      }
      try {
        const answer = await question();
        failures.delete(layer);
        return { answer };
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        failures.set(layer, [error, ...(failures.get(layer) ?? [])].slice(0, MOST_FAILURES));
        record(layer.name, "failed", error.message, hash);
        return error;
      }
    },
  };
}
