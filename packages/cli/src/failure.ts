/** How a command ends that cannot go on: one sentence, and what to do. run.ts shows it. */

/** Ends a command. What it says is escaped where it is shown. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(
    /** 1: the answer is no. 2: the command could not be done. */
    readonly status: 1 | 2,
    /** A whole sentence. */
    message: string,
    /** What to do next, in whole sentences. */
    readonly hint: string | null,
    /** Lines that go below, such as what there is to choose from. */
    readonly details: readonly string[],
  ) {
    super(message);
  }
}

/**
 * Ends the command.
 * @param status 1: the answer is no. 2: it could not be done.
 * @param message a whole sentence: what is wrong, and where.
 * @param hint a whole sentence: what to do.
 * @param details lines that are shown below, one thing each.
 */
export function fail(
  status: 1 | 2,
  message: string,
  hint: string | null = null,
  details: readonly string[] = [],
): never {
  throw new CommandFailure(status, message, hint, details);
}

/** The user wants no more (Ctrl-C, Escape). */
export class Cancellation extends Error {
  override readonly name = "Cancellation";
}

/** Says anything that was thrown as a failure. A defect shows where it is. */
export function failureOf(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown;
  if (!(thrown instanceof Error)) return new CommandFailure(2, String(thrown), null, []);
  if (isDefect(thrown)) {
    const stack = (thrown.stack ?? "").split("\n").slice(1);
    const message = `This is a defect of ouverture: ${thrown.name}: ${thrown.message}.`;
    return new CommandFailure(2, message, "Please report it with the lines below.", stack);
  }
  return new CommandFailure(2, systemSentence(thrown) ?? thrown.message, null, []);
}

function isDefect(error: Error): boolean {
  // Node gives a code to its own errors; some of them are of these types.
  return DEFECTS.some((type) => error instanceof type) && !("code" in error);
}

const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** What the system refused, as a sentence; `null` where it is no such error. */
function systemSentence(error: NodeJS.ErrnoException): string | null {
  const { code, path } = error;
  const reason = code === undefined ? undefined : SYSTEM[code];
  if (reason === undefined) return null;
  return path === undefined ? `${reason}.` : `${reason}: '${path}'.`;
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: "There is no permission to do this",
  EPERM: "There is no permission to do this",
  EROFS: "This is on a read-only file system",
  ENOSPC: "The disk is full",
  EDQUOT: "The disk quota is used up",
  ENOENT: "There is no such file or folder",
  ENOTDIR: "Something that is no folder stands in the way",
  EISDIR: "This is a folder, and a file is needed",
  EEXIST: "There is something already",
  ELOOP: "Symbolic links lead in a circle",
  EMFILE: "Too many files are open",
  ENAMETOOLONG: "This name is too long",
  EIO: "The disk cannot be read or written",
};
