/** What the system says when files cannot be read or written, as a sentence for people. */
import { escapeText } from "@ouverture/core";
import { StoreError } from "../store.js";
import { errorCode } from "./safe-file.js";

/**
 * The error to throw where the files of a store could not be "read" or "written": a
 * `StoreError` for what the system refused; anything else stays what it is.
 */
export function storeError(store: string, what: "read" | "written", error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || code === "") return error;
  const [reason, todo] = SENTENCES[code] ?? [escapeText(error.message), "See to it."];
  const place = "path" in error ? ` (${escapeText(String(error.path))})` : "";
  const begin = what === "read" ? "Cannot read" : "Cannot write to";
  return new StoreError(store, `${begin} ${store}: ${reason}${place}. ${todo}`, { cause: error });
}

type Sentence = readonly [reason: string, todo: string];

const PERMISSION: Sentence = ["there is no permission to do so", "Get it, or use another pool."];
const FULL: Sentence = [
  "the disk is full",
  "Make room, and run it again: what was written is whole.",
];
const BLOCKED: Sentence = [
  "something that is no folder, perhaps a link, stands in the place of one",
  "Move it away: a pool has no links.",
];
const TOO_MANY: Sentence = ["too many files are open", "Close other programs, and run it again."];

const SENTENCES: Readonly<Record<string, Sentence | undefined>> = {
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: ["it is on a read-only file system", "Use another pool."],
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOENT: ["a folder was removed meanwhile", "Run it again."],
  ENOTDIR: BLOCKED,
  EEXIST: BLOCKED,
  ELOOP: ["symbolic links lead in a circle", "Move them away."],
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
  ENAMETOOLONG: ["a path is too long", "Use a pool with a shorter path."],
  EIO: ["the disk fails", "See that it is well, and run it again."],
};
