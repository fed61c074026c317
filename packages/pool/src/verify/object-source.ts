/**
 * Where a repository's functions come from: its own pool, the user's, the registries. What
 * its own pool has is what its programs run, so that nothing else stands in for it there.
 */
import type {
  DocumentFault,
  FunctionBytes,
  FunctionCheck,
  MappingBytes,
  ObjectSource,
} from "@ouverture/core";
import type { LayerProblem } from "../registry/layer-problems.js";
import { type FunctionSource, type MappingReference, StoreError } from "../store.js";
import type { CheckAhead } from "./check-ahead.js";
import type { DeferredLayers } from "./defer-layers.js";

export interface ObjectSourceOptions {
  /** The repository's pool, where it has one. */
  readonly own: FunctionSource | null;
  /** The user's pool, and what is known already of a function that has just these bytes. */
  readonly user: {
    readonly pool: FunctionSource;
    readonly recall: ((bytes: FunctionBytes) => FunctionCheck | undefined) | undefined;
  };
  /** All but the own pool, the user's first, in the order in which they are asked. */
  readonly others: DeferredLayers["all"];
  /** The most bytes of an object or a mapping. */
  readonly mostBytes: number;
  /** What other threads have read of the own pool. */
  readonly ahead?: Pick<CheckAhead, "expect" | "take"> | null | undefined;
}

const ANSWERS_IN_A_ROW = 8;

/** A source for `verify`. What the own pool holds is given as it is; a fault of it is a finding. */
export function openObjectSource(options: ObjectSourceOptions): ObjectSource {
  const { own, user, others, mostBytes, ahead } = options;
  const failures = new Map<string, Set<string>>();
  /** The mappings that were read with an object. */
  const recalled = new Map<string, readonly MappingBytes[]>();

  /** What the own pool says; where it fails, the others are asked, and that is told. */
  async function askOwn<T>(
    hash: string | null,
    question: (pool: FunctionSource) => Promise<T>,
  ): Promise<{ readonly answer: T | undefined; readonly error: StoreError | null }> {
    if (own === null) return { answer: undefined, error: null };
    try {
      return { answer: await question(own), error: null };
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const hashes = failures.get(error.message) ?? new Set();
      failures.set(error.message, hashes);
      if (hash !== null) hashes.add(hash);
      return { answer: undefined, error };
    }
  }

  function bounded(content: Content): Content {
    if (content === undefined || "code" in content || content.length <= mostBytes) return content;
    return { code: "limit-exceeded", data: { limit: "bytes", most: mostBytes }, span: null };
  }

  let count = 0;

  async function get(hash: string): Promise<Content> {
    // A pool in a folder answers at once: a signal, such as that of Ctrl-C, comes in between, and
    // what threads have found, so that they are asked for more.
    count += 1;
    if (count % ANSWERS_IN_A_ROW === 0) await new Promise((resolve) => setImmediate(resolve));
    const early = await ahead?.take(hash);
    if (early) {
      recalled.set(hash, early.mappings);
      return early.object;
    }
    const { answer, error } = await askOwn(hash, (pool) => pool.get(hash));
    if (answer !== undefined) return bounded(answer);
    const other = (await getRecalled(hash)) ?? (await others.get(hash));
    // That it has none was not said.
    if (other === undefined && error !== null) throw error;
    return bounded(other);
  }

  /** What the user's pool has, where that was checked before: `others` would check it anew. */
  async function getRecalled(hash: string): Promise<Content> {
    if (user.recall === undefined) return undefined;
    try {
      const object = await user.pool.get(hash);
      if (object === undefined || "code" in object) return undefined;
      const listed = await user.pool.listMappings(hash);
      const mappings = await readMappings(user.pool, hash, listed);
      if (listed.length === 0 || user.recall({ hash, object, mappings }) === undefined) {
        return undefined;
      }
      recalled.set(hash, mappings);
      return object;
    } catch (error) {
      // It is asked once more, and then that is told.
      if (error instanceof StoreError) return undefined;
      throw error;
    }
  }

  async function mappings(hash: string): Promise<readonly MappingBytes[]> {
    const known = recalled.get(hash);
    if (known !== undefined && recalled.delete(hash)) return known;
    const { answer: listed = [] } = await askOwn(hash, (pool) => pool.listMappings(hash));
    if (own !== null && listed.length > 0) return readMappings(own, hash, listed);
    try {
      return await readMappings(others, hash, await others.listMappings(hash));
    } catch (error) {
      // It is among the problems. Names are for people: the function runs without.
      if (error instanceof StoreError) return [];
      throw error;
    }
  }

  async function readMappings(
    source: FunctionSource,
    hash: string,
    references: readonly MappingReference[],
  ): Promise<MappingBytes[]> {
    return Promise.all(
      sorted(references).map(async ({ language, hash: ofMapping }) => {
        const bytes = await source.getMapping(hash, { language, hash: ofMapping });
        return { language, hash: ofMapping, bytes: bounded(bytes) };
      }),
    );
  }

  return {
    get,
    ...(ahead ? { expect: ahead.expect } : {}),
    mappings,
    async complete(digits) {
      const { answer: known = [] } = await askOwn(null, (pool) => pool.complete(digits));
      return [...new Set([...known, ...(await others.complete(digits))])].sort();
    },
    problems: () => [...ownProblems(own, failures), ...others.problems()],
  };
}

/** Which came first is not the same in two clones: a report is. */
function sorted(references: readonly MappingReference[]): readonly MappingReference[] {
  const keyOf = ({ language, hash }: MappingReference): string => `${language} ${hash}`;
  return references.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

type Content = Uint8Array | DocumentFault | undefined;

function ownProblems(
  own: FunctionSource | null,
  failures: ReadonlyMap<string, ReadonlySet<string>>,
): LayerProblem[] {
  return [...failures].map(([message, hashes]) => {
    return { store: own?.name ?? "", kind: "failed", message, hashes: [...hashes] };
  });
}
