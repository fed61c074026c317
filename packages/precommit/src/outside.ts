/** What a command has of the process it runs in, so that tests run it as users do. */
import type { Paint } from "@ouverture/core";
import type { Environment } from "@ouverture/pool";

export interface Outside {
  /** The working directory: of a hook, the top of the working tree (githooks(5)). */
  readonly directory: string;
  readonly environment: Environment;
  /** Of the standard output. */
  readonly paint: Paint;
  /** Writes to the standard output. */
  readonly print: (text: string) => void;
  /** Writes to the standard error. */
  readonly note: (text: string) => void;
  /** Asks yes or no; `null` where nobody is there to answer. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** 0: everything is well. 1: the answer is no. 2: it could not be done. */
export type ExitStatus = 0 | 1 | 2;
