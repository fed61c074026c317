/** How a command ends that cannot go on: one sentence, and what to do. run.ts shows it. */

export class Failure extends Error {
  override readonly name = "Failure";
  constructor(
    /** A whole sentence: what is wrong, and where. */
    message: string,
    /** What to do, in whole sentences. */
    readonly hint: string | null,
  ) {
    super(message);
  }
}

/** Ends the command with status 2: it could not be done. */
export function fail(message: string, hint: string | null): never {
  throw new Failure(message, hint);
}
