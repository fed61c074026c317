/**
 * Several sources as one, asked in their order: the repository's pool, the user's pool,
 * the registries (docs/pool.md, "Registries"). What one gives is checked before it is
 * used, so that a bad one does not stand in the way of a good one.
 */
import {
  type CheckedObject,
  checkMapping,
  checkObject,
  type DocumentFault,
  type Fault,
  faultMessage,
  type Mapping,
  type Result,
  type StoredObject,
} from "@ouverture/core";
import {
  type CheckedSource,
  type FunctionSource,
  type FunctionStore,
  type MappingReference,
  StoreError,
} from "../store.js";
import { openKeeper } from "./keep-functions.js";
import { type LayerProblem, openProblemLog } from "./layer-problems.js";
import { mergeSorted } from "./merge-sorted.js";

export interface LayeredSource extends CheckedSource {
  /** What went wrong so far, although another layer may have served. */
  problems(): readonly LayerProblem[];
}

export interface LayeredOptions {
  /** In the order in which they are asked. They are closed with this source. */
  readonly layers: readonly FunctionSource[];
  /**
   * A pool, and what layers after it give is put there (what any layer gives, where it is
   * none of them). That goes on while other work does; `close` waits for it.
   */
  readonly keep?: FunctionStore | undefined;
  /** Mappings are listed from the first layer that has some, and no further one is asked. */
  readonly nearestMappings?: boolean | undefined;
}

/** How many functions are remembered, to check their mappings. */
const MOST_REMEMBERED = 64;

/**
 * Opens a source over `layers`. Where one fails, or gives something else than it was
 * asked for, that is recorded, and the next one is asked. Where none has it, and one had
 * something else in its place, that is given: who checks it finds out. Where none has
 * it, and one failed, a `StoreError` is thrown.
 */
export function openLayeredSource(options: LayeredOptions): LayeredSource {
  const { layers, keep, nearestMappings = false } = options;
  const name = layers.map((layer) => layer.name).join(", ");
  const log = openProblemLog();
  const keeper = keep && openKeeper(keep, (why) => log.record(keep.name, "not-kept", why, null));
  const kept = new Set(keep ? layers.slice(layers.indexOf(keep) + 1) : []);
  const functions: Lookups<CheckedObject> = new Map();
  const mappings: Lookups<Mapping> = new Map();
  const remembered = new Map<string, CheckedObject>();

  async function get(hash: string): Promise<Content> {
    return bytesOf(await findFunction(hash));
  }

  async function getMapping(hash: string, reference: MappingReference): Promise<Content> {
    const checked = await functionOf(hash);
    return checked && bytesOf(await findMapping(checked.object, reference));
  }

  async function getChecked(hash: string) {
    return resultOf(await findFunction(hash), (bytes) => checkObject(hash, bytes));
  }

  async function getCheckedMapping(object: StoredObject, reference: MappingReference) {
    const known = (await functionOf(object.hash))?.object;
    // What was checked was checked with this very code.
    const isSame = known?.normalized_code === object.normalized_code;
    const found = isSame
      ? await findMapping(known, reference)
      : await getMapping(object.hash, reference);
    return resultOf(found, (bytes) => checkMapping(object, reference.hash, bytes));
  }

  function findFunction(hash: string): Promise<Found<CheckedObject> | Content> {
    return once(functions, hash, async () => {
      const found = await search(
        hash,
        (layer) => layer.get(hash),
        (bytes) => checkObject(hash, bytes),
      );
      if (!isFound(found)) return found;
      remember(hash, found.value);
      if (kept.has(found.layer)) keeper?.keepFunction(found.value);
      return found;
    });
  }

  function findMapping(
    object: StoredObject,
    reference: MappingReference,
  ): Promise<Found<Mapping> | Content> {
    const { language, hash } = reference;
    return once(mappings, `${object.hash} ${language} ${hash}`, async () => {
      const found = await search(
        object.hash,
        (layer) => layer.getMapping(object.hash, reference),
        (bytes) => checkMapping(object, hash, bytes),
      );
      if (isFound(found) && kept.has(found.layer)) {
        keeper?.keepMapping(object, { language, mapping: found.value });
      }
      return found;
    });
  }

  async function listMappings(hash: string, language?: string): Promise<MappingReference[]> {
    const listed = new Map<string, MappingReference>();
    const errors: StoreError[] = [];
    for (const layer of layers) {
      const asked = await log.ask(layer, hash, () => layer.listMappings(hash, language));
      if (asked instanceof StoreError) errors.push(asked);
      else for (const one of asked.answer) listed.set(`${one.language} ${one.hash}`, one);
      if (nearestMappings && listed.size > 0) break;
    }
    if (listed.size === 0) throwFirst(errors);
    return [...listed.values()];
  }

  async function complete(digits: string): Promise<string[]> {
    const known = new Set<string>();
    const errors: StoreError[] = [];
    for (const layer of layers) {
      const asked = await log.ask(layer, null, () => layer.complete(digits));
      if (asked instanceof StoreError) errors.push(asked);
      else for (const hash of asked.answer) known.add(hash);
    }
    if (known.size === 0) throwFirst(errors);
    return [...known].sort();
  }

  async function* list(): AsyncGenerator<string> {
    const errors: StoreError[] = [];
    yield* mergeSorted(layers.map((layer) => listLayer(layer, errors)));
    throwFirst(errors);
  }

  /** The others are listed to their end before it is said that one failed. */
  async function* listLayer(layer: FunctionSource, errors: StoreError[]): AsyncGenerator<string> {
    const hashes = layer.list()?.[Symbol.asyncIterator]();
    if (hashes === undefined) return;
    try {
      for (;;) {
        const asked = await log.ask(layer, null, () => hashes.next());
        if (asked instanceof StoreError) errors.push(asked);
        if (asked instanceof StoreError || asked.answer.done === true) return;
        yield asked.answer.value;
      }
    } finally {
      await hashes.return?.();
    }
  }

  /** Asks layer by layer until one gives what `check` accepts. */
  async function search<T>(
    hash: string,
    question: (layer: FunctionSource) => Promise<Content>,
    check: (bytes: Uint8Array) => Result<T, Fault>,
  ): Promise<Found<T> | Content> {
    const errors: StoreError[] = [];
    let corrupt: Content;
    for (const layer of layers) {
      const asked = await log.ask(layer, hash, () => question(layer));
      if (asked instanceof StoreError) errors.push(asked);
      if (asked instanceof StoreError || asked.answer === undefined) continue;
      const { answer } = asked;
      const checked = "code" in answer ? { ok: false as const, fault: answer } : check(answer);
      if (checked.ok && !("code" in answer)) return { layer, bytes: answer, value: checked.value };
      if (!checked.ok) log.record(layer.name, "corrupt", faultMessage(checked.fault), hash);
      corrupt ??= answer;
    }
    if (corrupt === undefined) throwFirst(errors);
    return corrupt;
  }

  async function functionOf(hash: string): Promise<CheckedObject | undefined> {
    const known = remembered.get(hash);
    if (known !== undefined) return known;
    const found = await findFunction(hash);
    return isFound(found) ? found.value : undefined;
  }

  function remember(hash: string, checked: CheckedObject): void {
    remembered.delete(hash);
    remembered.set(hash, checked);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  return {
    name,
    get,
    getMapping,
    getChecked,
    getCheckedMapping,
    listMappings,
    complete,
    list,
    problems: log.problems,
    async close() {
      await keeper?.settle();
      await Promise.all(layers.map((layer) => layer.close()));
    },
  };
}

type Content = Uint8Array | DocumentFault | undefined;

/** What is being looked for. */
type Lookups<T> = Map<string, Promise<Found<T> | Content>>;

/** What is asked for twice at the same time is looked for once. */
function once<T>(
  underway: Lookups<T>,
  key: string,
  look: () => Promise<Found<T> | Content>,
): Promise<Found<T> | Content> {
  const begun = underway.get(key) ?? look().finally(() => underway.delete(key));
  underway.set(key, begun);
  return begun;
}

function isFound<T>(found: Found<T> | Content): found is Found<T> {
  return found !== undefined && "layer" in found;
}

function bytesOf(found: Found<unknown> | Content): Content {
  return isFound(found) ? found.bytes : found;
}

/** What was found to be sound is not checked again; what was not, is, for its fault. */
function resultOf<T, F extends Fault>(
  found: Found<T> | Content,
  check: (bytes: Uint8Array) => Result<T, F>,
): Result<T, F | DocumentFault> | undefined {
  if (found === undefined) return undefined;
  if (isFound(found)) return { ok: true, value: found.value };
  return "code" in found ? { ok: false, fault: found } : check(found);
}

interface Found<T> {
  readonly layer: FunctionSource;
  readonly bytes: Uint8Array;
  readonly value: T;
}

function throwFirst(errors: readonly StoreError[]): void {
  const [first, ...others] = errors;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const message = errors.map((error) => error.message).join(" ");
  throw new StoreError(first.store, message, { cause: first });
}
