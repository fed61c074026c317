/** What git says when it fails, as a sentence for people: what it said, and what to do. */
import { escapeText } from "@ouverture/core";
import { errorCode } from "../directory/safe-file.js";
import { StoreError } from "../store.js";
import { DamagedCopy } from "./git-cache.js";
import type { GitRun } from "./git-process.js";

/** An error of the registry `name`. `todo` is the end of the sentence. */
export function gitError(
  name: string,
  verb: "read" | "written to",
  what: string,
  todo: string,
  cause?: unknown,
): StoreError {
  const message = `The registry '${escapeText(name)}' cannot be ${verb}: ${what}; ${todo}.`;
  return new StoreError(name, message, { cause });
}

/** The error of a run of git that talked with the repository of the registry `name`. */
export function runError(
  name: string,
  verb: "read" | "written to",
  run: GitRun,
  todo = TODOS.find(([pattern]) => pattern.test(run.stderr))?.[1] ?? OTHERWISE[verb],
): StoreError {
  if (run.isSilent) return gitError(name, verb, "git got no answer any more", NETWORK);
  if (run.status === null) return gitError(name, verb, "git was ended", "run it again");
  return gitError(name, verb, `git says "${quote(run.stderr)}"`, todo);
}

/** The error of the system where git could not be started; others that are known stay. */
export function startError(name: string, verb: "read" | "written to", error: unknown): Error {
  if (error instanceof StoreError || error instanceof DamagedCopy) return error;
  if (errorCode(error) === "ENOENT") {
    return gitError(name, verb, "there is no program git", "install git (git-scm.com)", error);
  }
  const said = escapeText(error instanceof Error ? error.message : String(error));
  const isOfFile = error instanceof Error && "path" in error;
  const todo = isOfFile ? "see that copies of repositories can be kept there" : "run it again";
  return gitError(name, verb, said, todo, error);
}

/** Did a run of git fail for what may have passed in a moment? */
export function isPassing({ status, stderr, isSilent }: GitRun): boolean {
  return status !== 0 && !isSilent && PASSING.test(stderr);
}

const PASSING =
  /Connection (?:reset|closed)|early EOF|hung up unexpectedly|Empty reply|transfer closed|error: (?:429|5\d\d)\b/i;

const NETWORK = "look at the network, and try again later";
const OTHERWISE = {
  read: "try again later, or ask those who run it",
  "written to": "ask those who run it whether you may write there",
};
const ADDRESS = "correct its URL in the configuration";

/** The first that fits what git said. */
const TODOS: readonly (readonly [RegExp, string])[] = [
  [
    /transport '\w+' not allowed/,
    "its URL leads to another protocol, perhaps by url.*.insteadOf in git's settings: write that URL",
  ],
  [
    /Host key verification failed/,
    "connect to that host once with ssh, and look at the key that it shows",
  ],
  [
    /Authentication failed|could not read (?:Username|Password)|Permission denied \(|Access denied|error: 40[13]\b|HTTP Basic|Invalid username/i,
    "give git credentials that are valid there: a credential helper (git help credentials) or an ssh key",
  ],
  [
    /Could not resolve|Failed to connect|Couldn't connect|Connection (?:refused|reset|timed out|closed)|No route to host|Network is unreachable|timed out|early EOF|hung up unexpectedly|Empty reply|error: (?:429|5\d\d)\b/i,
    NETWORK,
  ],
  [
    /SSL|certificate/,
    "have git trust its certificate (http.sslCAInfo in git's settings), if it is the right one",
  ],
  [
    /not appear to be a git repository|is this a git repository|not found|does not exist|error: 404\b|No such file/i,
    ADDRESS,
  ],
  [/dubious ownership/, "say that you trust it, with safe.directory in git's settings"],
  [/No space left|Disk quota|disk full/i, "make room, and run it again"],
];

/** The longest of git that is shown. */
const LONGEST = 300;
/** Lines that say nothing of what is wrong. */
const EMPTY_WORDS =
  /^(?:$|hint:|warning:|From |To |Please make sure|and the repository exists|Enumerating|Counting|Compressing|Writing|Receiving|Resolving|Unpacking|Delta compression|Total |fatal: Could not read from remote repository|fatal: the remote end hung up|fatal: early EOF|fatal: expected flush|error: failed to push some refs|POST git-|[!*=+-]?\s.*->)/;

/** The last line that says something; what a server says stands after `remote:`. */
function quote(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^remote:\s*/, "").trim())
    .filter((line) => !EMPTY_WORDS.test(line));
  const last = lines.at(-1) ?? stderr.trim().split("\n").at(-1) ?? "";
  const said = last.replace(/^(?:fatal|error|ERROR): /, "");
  return escapeText(said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said);
}
