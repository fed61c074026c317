/** What a command has of the process it runs in, so that tests run it as users do. */
import type { Readable, Writable } from "node:stream";

export interface Outside {
  readonly stdin: InputStream;
  readonly stdout: AnswerOutput;
  readonly stderr: OutputStream;
  /** The working directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The time of day. */
  readonly now: () => Date;
  /**
   * Aborted by Ctrl-C. Until it is asked for, Ctrl-C ends the process at once; the second
   * Ctrl-C always does.
   */
  readonly interruption: () => AbortSignal;
}

/** `process.stdin`, or what stands for it. */
export type InputStream = Readable & { readonly isTTY?: boolean };
/** `process.stderr`, or what stands for it. */
export type OutputStream = Writable & Terminal;
/** `process.stdout`, or what stands for it. */
export interface AnswerOutput extends Terminal {
  write(text: string | Uint8Array): unknown;
}
export interface Terminal {
  readonly isTTY?: boolean;
  /** The size of the terminal. */
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/**
 * 0: everything is well. 1: the answer is no. 2: the command could not be done.
 * 130: it was interrupted (128 and the number of SIGINT, as shells have it).
 */
export type ExitStatus = 0 | 1 | 2 | 130;
