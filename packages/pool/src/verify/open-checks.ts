/** How functions are checked in a run: by what is known from earlier ones, by threads, and here. */
import type { FunctionBytes, FunctionCheck, FunctionDocuments } from "@ouverture/core";
import type { DirectoryPool } from "../directory/directory-pool.js";
import type { FunctionSource } from "../store.js";
import type { CheckAhead, CheckAheadOptions } from "./check-ahead.js";
import { openCheckCache } from "./check-cache.js";

export interface Checks {
  /** What is known of a function from earlier runs. */
  recall(bytes: FunctionBytes): FunctionCheck | undefined;
  inspect(bytes: FunctionBytes): Promise<FunctionCheck>;
  /** What reads the own pool ahead; `null` where nothing does. */
  readonly ahead: CheckAhead | null;
  /** Keeps what is new. It never fails. */
  save(): Promise<void>;
  close(): Promise<void>;
}

export interface ChecksOptions {
  /** The folder of what is kept; `null` where nothing is known, and nothing kept. */
  readonly cache: string | null;
  /** As `programStamp` has it. */
  readonly program: string;
  /** The repository's pool. Threads read none but one in a directory. */
  readonly own: FunctionSource | DirectoryPool | null;
  /** The most bytes of an object or a mapping. */
  readonly mostBytes: number;
  /** The most functions of a run. */
  readonly mostFunctions: number;
}

export async function openChecks(options: ChecksOptions): Promise<Checks> {
  const { cache, program, own } = options;
  const known = openCheckCache({ folder: cache, program, check });
  const ahead =
    own !== null && "directory" in own
      ? await openAhead({ ...options, directory: own.directory })
      : null;
  return {
    recall: known.recall,
    async inspect(bytes) {
      if (ahead === null) return known.inspect(bytes);
      const early = ahead.foundOf(bytes);
      // To ask a thread takes longer than to look it up.
      const recalled = early === undefined ? known.recall(bytes) : undefined;
      if (recalled !== undefined) return recalled;
      const found = early ?? (await ahead.check(bytes));
      if (found === null) return known.inspect(bytes);
      known.keep(found);
      return found.check;
    },
    ahead,
    save: known.save,
    close: async () => ahead?.close(),
  };
}

// What a short run does not need is not loaded in it: of a hook that is most of this program.

async function check(documents: FunctionDocuments): Promise<FunctionCheck> {
  const { inspectFunction } = await import("./inspect.js");
  return inspectFunction(documents);
}

async function openAhead(options: CheckAheadOptions): Promise<CheckAhead | null> {
  const { openCheckAhead } = await import("./check-ahead.js");
  return openCheckAhead(options);
}
