/**
 * The ports of this package: a place that functions come from, and one that they
 * can be put into (docs/pool.md, "Registries"). Every store passes test/store-suite.ts.
 */
import type {
  CheckedObject,
  DocumentFault,
  Fault,
  Mapping,
  ObjectFault,
  ObjectSource,
  Result,
  StoredObject,
} from "@ouverture/core";

/** A function as it is stored: the object, and what it is called in some languages. */
export interface FunctionRecord {
  readonly object: StoredObject;
  readonly mappings: readonly LanguageMapping[];
}
export interface LanguageMapping {
  readonly language: string;
  readonly mapping: Mapping;
}
/** Where a mapping of a function is: its language, and its own hash. */
export interface MappingReference {
  readonly language: string;
  readonly hash: string;
}

/**
 * A source of functions by hash. That it has none is an answer, `undefined` or an
 * empty list, also of what is no hash or no language; where it fails it throws a
 * `StoreError`. What it gives is untrusted: read it through checked-reading.ts.
 */
export interface FunctionSource extends ObjectSource {
  /** What people call it: `the pool .ouverture`, or the name of a registry. */
  readonly name: string;
  complete(digits: string): Promise<readonly string[]>;
  /**
   * The mappings of a function, in one language or in all. Of those of one
   * language the one that was there first stands first.
   */
  listMappings(hash: string, language?: string): Promise<readonly MappingReference[]>;
  /** The bytes of mapping.json; a fault where something that is no file stands there. */
  getMapping(
    hash: string,
    reference: MappingReference,
  ): Promise<Uint8Array | DocumentFault | undefined>;
  /** The hashes of all functions, sorted; `null` where the source cannot be listed. */
  list(): AsyncIterable<string> | null;
  /** Ends the processes and connections that it holds. */
  close(): Promise<void>;
}

/**
 * A source that checks what it gives, by `checkObject` and `checkMapping`: checked-reading.ts
 * takes its word, so that nothing is checked twice.
 */
export interface CheckedSource extends FunctionSource {
  /** As `readFunction` of checked-reading.ts. */
  getChecked(hash: string): Promise<Result<CheckedObject, ObjectFault> | undefined>;
  /** As `readMapping` of checked-reading.ts. */
  getCheckedMapping(
    object: StoredObject,
    reference: MappingReference,
  ): Promise<Result<Mapping, Fault> | undefined>;
}

/** What `add` did with a function. Paths are relative to the pool, with `/`. */
export interface Added {
  readonly hash: string;
  /** The object first. Nothing where all was known. */
  readonly written: readonly string[];
}
/** A function that a store refused: what it is called by, and why. */
export interface Refused {
  readonly hash: string;
  readonly fault: Fault;
}

/** A source that functions can be put into. What is there is never written again. */
export interface FunctionStore extends FunctionSource {
  /**
   * Stores functions: all that are valid, in as few steps as the store has (one
   * commit, batches of syncs), so that many may be taken before the first is answered.
   * Each is checked first: object, hash and mappings; of one that is refused nothing is
   * stored. The answers are in the order of the records. What is answered as added is
   * durable. A function comes after those that it depends on: then a store that is
   * killed has none whose dependencies it lacks.
   */
  add(
    records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
  ): AsyncIterable<Added | Refused>;
}

/** A store could not answer. `message` is one sentence: what, where, and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    /** The name of the store. */
    readonly store: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
