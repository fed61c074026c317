/** One function of a transfer: what the store has of it, and what the source has to add. */
import {
  type Fault,
  faultMessage,
  type Mapping,
  type Result,
  type StoredObject,
} from "@ouverture/core";
import pMap from "p-map";
import { readFunction, readMapping } from "../checked-reading.js";
import {
  type FunctionRecord,
  type FunctionSource,
  type FunctionStore,
  type MappingReference,
  StoreError,
} from "../store.js";
import type { RefusalCode, TransferOptions, TransferRefusal } from "./transfer.js";

/** A function that the walk has come to. */
export interface TransferNode {
  readonly hash: string;
  readonly dependencies: readonly string[];
  /** What is to be written; `null` where it is nothing. */
  readonly record: FunctionRecord | null;
  /** The store has it already. */
  readonly isThere: boolean;
  /** Why it cannot be transferred. */
  readonly refusal: TransferRefusal | null;
  /** Why some of its mappings cannot. */
  readonly refusedMappings: readonly TransferRefusal[];
  /** What it takes in memory, about, in bytes. */
  readonly size: number;
}

export interface TransferPlaces {
  readonly source: FunctionSource;
  readonly store: FunctionStore;
  readonly options: TransferOptions;
}

/** How often in a row the source may fail. */
const MOST_FAILURES = 3;
/** Mappings that are read at a time, and the bytes of all of a function. */
const AT_A_TIME = 8;
const MOST_MAPPING_BYTES = 4 << 20;

/** `isAsked` is said of a function that was asked for, and not only imported. */
export type ReadNode = (hash: string, isAsked: boolean) => Promise<TransferNode>;

/** Reads functions and checks them. Throws a `StoreError`: see `pullClosure`. */
export function openTransferReader({ source, store, options }: TransferPlaces): ReadNode {
  const languages = options.languages && new Set(options.languages);
  let failures = 0;

  /** `null` where there is nothing to fetch. */
  async function planUpdate(hash: string, isAsked: boolean): Promise<ReadonlySet<string> | null> {
    if (!(options.update || (isAsked && languages))) return null;
    const there = await store.listMappings(hash);
    const spoken = new Set(there.map(({ language }) => language));
    const isLacking = [...(languages ?? [])].some((language) => !spoken.has(language));
    return options.update || isLacking ? new Set(there.map(keyOf)) : null;
  }

  /** What the source has of a function; `known` are mappings that are not needed. */
  async function fetch(hash: string, known: ReadonlySet<string> | null): Promise<TransferNode> {
    const found = await readFunction(source, hash);
    if (found === undefined) {
      const message = `${source.name} does not have the function ${hash}. See that the hash is right, or ask another registry.`;
      return refusedNode(refuse(hash, "missing", message));
    }
    if (!found.ok) return refusedNode(refuseFault(hash, source, found.fault));
    const { object, dependencies } = found.value;
    return readMappings({ object, dependencies, isThere: false }, known);
  }

  async function readMappings(
    { object, dependencies, isThere }: KnownFunction,
    known: ReadonlySet<string> | null,
  ): Promise<TransferNode> {
    const { hash } = object;
    const listed = chosen(await source.listMappings(hash), isThere);
    const wanted = listed.filter((one) => !known?.has(keyOf(one)));
    let size = object.normalized_code.length;
    const read = await pMap(
      wanted,
      async (reference) => {
        if (size > MOST_MAPPING_BYTES) return { reference, mapping: TOO_MUCH };
        const mapping = await readMapping(source, object, reference);
        if (mapping?.ok) size += sizeOf(mapping.value);
        return { reference, mapping };
      },
      { concurrency: AT_A_TIME },
    );
    const mappings = read.flatMap(({ reference: { language }, mapping }) =>
      mapping?.ok ? [{ language, mapping: mapping.value }] : [],
    );
    const refusedMappings = read.flatMap(({ reference, mapping }) =>
      mapping === undefined || mapping.ok
        ? []
        : [{ ...refuseFault(hash, source, mapping.fault), mapping: reference }],
    );
    const record = isThere && mappings.length === 0 ? null : { object, mappings };
    return { hash, dependencies, record, isThere, refusal: null, refusedMappings, size };
  }

  function chosen(
    references: readonly MappingReference[],
    isThere: boolean,
  ): readonly MappingReference[] {
    if (languages === undefined) return references;
    const some = references.filter(({ language }) => languages.has(language));
    return some.length > 0 || isThere ? some : references;
  }

  /** The source may fail now and then, but not always. */
  async function trying(hash: string, read: () => Promise<TransferNode>): Promise<TransferNode> {
    try {
      const node = await read();
      failures = 0;
      return node;
    } catch (error) {
      failures += 1;
      if (!(error instanceof StoreError) || failures >= MOST_FAILURES) throw error;
      return refusedNode(refuse(hash, "unreachable", error.message));
    }
  }

  return async (hash, isAsked) => {
    const there = await readFunction(store, hash);
    if (there === undefined) return trying(hash, () => fetch(hash, null));
    if (!there.ok) return refusedNode(refuseFault(hash, store, there.fault));
    const { object, dependencies } = there.value;
    const known = await planUpdate(hash, isAsked);
    const self: KnownFunction = { object, dependencies, isThere: true };
    if (known !== null) return trying(hash, () => readMappings(self, known));
    return { ...NOTHING, hash, dependencies, isThere: true };
  };
}

/** Makes the refusal of a function. */
export function refuse(hash: string, code: RefusalCode, message: string): TransferRefusal {
  return { hash, outcome: "refused", mapping: null, code, message };
}

/** A function that is not transferred. */
export function refusedNode(refusal: TransferRefusal): TransferNode {
  return { ...NOTHING, hash: refusal.hash, refusal };
}

interface KnownFunction {
  readonly object: StoredObject;
  readonly dependencies: readonly string[];
  readonly isThere: boolean;
}

const NOTHING = {
  dependencies: [],
  record: null,
  isThere: false,
  refusal: null,
  refusedMappings: [],
  size: 0,
};

const TOO_MUCH: Result<Mapping, Fault> = {
  ok: false,
  fault: {
    code: "limit-exceeded",
    data: { limit: "bytes", most: MOST_MAPPING_BYTES },
    span: null,
  },
};

function refuseFault(hash: string, { name }: FunctionSource, fault: Fault): TransferRefusal {
  return refuse(hash, fault.code, `What ${name} has of it is not whole. ${faultMessage(fault)}`);
}

/** The letters of a mapping. */
function sizeOf({ docstring, comment, name_mapping, alias_mapping }: Mapping): number {
  let size = docstring.length + comment.length;
  for (const names of [name_mapping, alias_mapping]) {
    for (const key in names) size += key.length + (names[key]?.length ?? 0);
  }
  return size;
}

function keyOf({ language, hash }: MappingReference): string {
  return `${language} ${hash}`;
}
