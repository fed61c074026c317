/** What can be wrong with the files of a pool, and the sentences that say so. */
import { escapeText, type Fault, faultMessage } from "@ouverture/core";

/** A problem of a pool, found by `validatePool`. */
export interface Problem {
  readonly code: ProblemCode;
  /** An error: something is not what it should be. A notice: it is well, and can be better. */
  readonly severity: "error" | "notice";
  /** The file or folder, relative to the pool, with `/`. Untrusted text. */
  readonly path: string;
  /** The function that it is about. */
  readonly hash: string | null;
  /** What is wrong and what to do, on one line; the place is not in it. Harmless to show. */
  readonly message: string;
  /** What is wrong in the file. */
  readonly fault: Fault | null;
}

export type ProblemCode = keyof typeof SENTENCES;

/** What the sentences of some problems need. */
export interface ProblemDetail {
  readonly fault?: Fault;
  /** The function that is missing. */
  readonly dependency?: string;
  /** What the system says. */
  readonly reason?: string;
}

export function describeProblem(
  code: ProblemCode,
  path: string,
  hash: string | null,
  detail: ProblemDetail = {},
): Problem {
  const { severity, say } = SENTENCES[code];
  const { fault = null } = detail;
  return { code, severity, path, hash, message: say(detail), fault };
}

const RESTORE = "Restore it from where it came: files of a pool never change.";

interface Sentence {
  readonly severity: Problem["severity"];
  readonly say: (detail: ProblemDetail) => string;
}

function error(say: Sentence["say"]): Sentence {
  return { severity: "error", say };
}

function notice(text: string): Sentence {
  return { severity: "notice", say: () => text };
}

function sayFault({ fault }: ProblemDetail): string {
  return fault === undefined ? RESTORE : faultMessage(fault);
}

const SENTENCES = {
  "corrupt-object": error(sayFault),
  "corrupt-mapping": error(sayFault),
  "missing-object": error(() => `There are mappings of a function that is not there. ${RESTORE}`),
  "missing-dependency": error(
    ({ dependency }) =>
      `The function ${dependency}, which this one imports, is not in the pool. Pull it, or add it.`,
  ),
  "not-a-file": error(
    () =>
      "Here is a link, a device or something else that a pool does not have in this place. Take it out, and restore what was here.",
  ),
  "wrong-index": error(
    () => "The list does not say what is there. Publish to this pool, which writes it anew.",
  ),
  unreadable: error(
    ({ reason = "" }) =>
      `This cannot be read: ${escapeText(reason)}. See that it can, and validate again.`,
  ),
  "older-form": notice(
    "This function is intact, and stored in the older form. 'ouverture migrate --rehash' gives it the hash that others give it.",
  ),
  "schema-0": notice(
    "This function is stored in schema 0, which only 'ouverture migrate' reads. Run it.",
  ),
  "left-over": notice(
    "A writer was stopped before it was done with this. The next one to write there removes it.",
  ),
  stray: notice("This is nothing that a pool has, and nothing reads it. Take it out."),
} as const satisfies Readonly<Record<string, Sentence>>;
