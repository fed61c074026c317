/** `verify-files`: files that are named, as they are staged. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import { check } from "../check.js";
import { fail } from "../failure.js";
import { findTop } from "../find-top.js";
import { occasionOf } from "../occasion.js";
import type { ExitStatus, Outside } from "../outside.js";
import type { Flags } from "../run.js";

export function checkFiles(
  files: readonly string[],
  flags: Flags,
  outside: Outside,
): Promise<ExitStatus> {
  if (files.length === 0) fail("verify-files is given no file.", "Name the files to check.");
  const root = findTop(outside);
  const occasion = occasionOf(outside.environment);
  return check(
    {
      root,
      // The files are named: nothing has to say which of them have changed.
      occasion:
        occasion.kind === "range" ? { kind: "commit", commit: occasion.head } : { kind: "all" },
      paths: files.map((file) => belowRoot(root, resolve(outside.directory, file), file)),
      isOnline: flags.online === true && flags.offline !== true,
      allowUnfetched: flags["allow-unfetched"] === true,
    },
    outside,
  );
}

function belowRoot(root: string, path: string, given: string): string {
  const way = relative(root, path);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    fail(`'${given}' is not in the repository.`, "Name files of this one.");
  }
  return way.split(sep).join("/");
}
