/**
 * Functions from one place to another with all that they import: a pull from a registry,
 * a push to one. Everything is checked before it is written, and what is imported is
 * written before what imports it, so that nothing that breaks it off leaves a gap.
 */
import { type ClosureLimits, type Fault, faultMessage } from "@ouverture/core";
import type {
  Added,
  FunctionRecord,
  FunctionSource,
  FunctionStore,
  MappingReference,
  Refused,
} from "../store.js";
import { walkTransfer } from "./transfer-walk.js";

export interface TransferOptions {
  /**
   * Mappings in these languages are transferred; of a function that has none of them,
   * all. Without it, all mappings.
   */
  readonly languages?: readonly string[] | undefined;
  /** Also what the functions import. By default it is; else it has to be there already. */
  readonly recursive?: boolean | undefined;
  /** Functions that are there already get new mappings. */
  readonly update?: boolean | undefined;
  /** Of what is transferred without having been asked for. */
  readonly limits?: ClosureLimits | undefined;
  /** Is told, now and then, how many functions were found, and how many of them are done. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}
export interface TransferProgress {
  readonly found: number;
  readonly done: number;
}

/** What became of a function. Each is told once, and is durable then. */
export type Transferred =
  /** `written` are paths in the store: of a function that was there, only new mappings. */
  | { readonly hash: string; readonly outcome: "added"; readonly written: readonly string[] }
  | { readonly hash: string; readonly outcome: "known" }
  | TransferRefusal;

/** What was not transferred: a function, or, where `mapping` says so, only one of its mappings. */
export interface TransferRefusal {
  readonly hash: string;
  readonly outcome: "refused";
  readonly mapping: MappingReference | null;
  readonly code: RefusalCode;
  /** What is wrong and what to do, on one line. */
  readonly message: string;
}
export type RefusalCode =
  | Fault["code"]
  /** The source does not have it. */
  | "missing"
  /** The source failed. */
  | "unreachable"
  /** Something that it imports was refused, or is not there. */
  | "missing-dependency";

/**
 * Brings functions from `source` into `store`. What is there already is not fetched
 * again, except for new mappings with `update`, or where one of `languages` is missing.
 * Memory grows with the number of functions, but not with their size. Throws a
 * `StoreError` where the store fails, or the source does several times in a row; what was
 * told as added stays.
 */
export function pullClosure(
  source: FunctionSource,
  store: FunctionStore,
  hashes: Iterable<string> | AsyncIterable<string>,
  options: TransferOptions = {},
): AsyncGenerator<Transferred> {
  return transfer(source, store, hashes, options);
}

/** As `pullClosure`, from a pool to a registry; unless told otherwise with new mappings. */
export function pushClosure(
  source: FunctionSource,
  store: FunctionStore,
  hashes: Iterable<string> | AsyncIterable<string>,
  options: TransferOptions = {},
): AsyncGenerator<Transferred> {
  return transfer(source, store, hashes, { ...options, update: options.update ?? true });
}

/**
 * All goes through one `add`, which is one commit in git. It runs on its own, so that
 * also what need not be written is told as the walk comes to it.
 */
async function* transfer(
  source: FunctionSource,
  store: FunctionStore,
  hashes: Iterable<string> | AsyncIterable<string>,
  options: TransferOptions,
): AsyncGenerator<Transferred> {
  const told: Transferred[] = [];
  const progress = { found: 0, done: 0 };
  let isOver = false;
  let wake = (): void => {};

  function tell(one: Transferred): void {
    told.push(one);
    if (one.outcome !== "refused" || one.mapping === null) progress.done += 1;
    options.onProgress?.({ ...progress });
    wake();
  }

  async function* records(): AsyncGenerator<FunctionRecord> {
    const find = (count: number) => {
      progress.found += count;
    };
    for await (const one of walkTransfer({ source, store, options }, hashes, find)) {
      if (isOver) return;
      if ("outcome" in one) tell(one);
      else yield one;
    }
  }

  async function write(): Promise<void> {
    for await (const answer of store.add(records())) tell(describe(answer));
  }

  const writing = write().finally(() => {
    isOver = true;
    wake();
  });
  writing.catch(() => {});
  try {
    while (!isOver || told.length > 0) {
      yield* told.splice(0);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isOver || told.length > 0) resolve();
      });
    }
    await writing;
  } finally {
    // Where nobody asks any more, nothing more is begun.
    isOver = true;
    await writing.catch(() => {});
  }
}

function describe(answer: Added | Refused): Transferred {
  const { hash } = answer;
  if ("fault" in answer) {
    const { fault } = answer;
    const message = faultMessage(fault);
    return { hash, outcome: "refused", mapping: null, code: fault.code, message };
  }
  const { written } = answer;
  return written.length > 0 ? { hash, outcome: "added", written } : { hash, outcome: "known" };
}
