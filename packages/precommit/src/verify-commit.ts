/** A commit as it is, whatever is in the index and in the working tree. */
import type { Report } from "@ouverture/core";
import { verifyRepository } from "@ouverture/pool";
import type { Outside } from "./outside.js";

/** Checks all that is in `commit`; nothing is fetched. */
export function verifyCommit(root: string, commit: string, outside: Outside): Promise<Report> {
  return verifyRepository({
    root,
    environment: outside.environment,
    content: "commit",
    commit,
    offline: true,
    allowEmpty: true,
  });
}
