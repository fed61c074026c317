/** The top of the working tree, which a hook is run in. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { askGit } from "@ouverture/pool";
import { fail } from "./failure.js";
import type { Outside } from "./outside.js";

/** Throws a `Failure` where there is no repository. */
export function findTop({ directory, environment }: Outside): string {
  // To ask git takes a moment, and a hook has to be quick.
  if (existsSync(join(directory, ".git"))) return directory;
  const top = askGit(directory, environment, ["rev-parse", "--show-toplevel"]);
  if (top === null) fail("This is in no repository of git.", "Run it in one.");
  return top;
}
