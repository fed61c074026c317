/** The check itself: what is asked of the library. */
import { type RepositoryOptions, verifyRepository } from "@ouverture/pool";
import type { Occasion } from "./occasion.js";
import type { ExitStatus, Outside } from "./outside.js";

export interface CheckRequest {
  /** The top of the working tree. */
  readonly root: string;
  readonly occasion: Occasion;
  /** Only these, relative to the root and with `/`; without it all that the occasion is about. */
  readonly paths?: readonly string[];
  /** May registries be asked? */
  readonly isOnline: boolean;
  readonly allowUnfetched: boolean;
}

/** Checks, prints the report, and on failure what to do. What cannot be checked throws. */
export async function check(request: CheckRequest, outside: Outside): Promise<ExitStatus> {
  // While git answers, what prints is loaded.
  const [report, { printReport }] = await Promise.all([
    verifyRepository(optionsOf(request, outside)),
    import("./print-report.js"),
  ]);
  return printReport(report, request, outside);
}

function optionsOf(
  { root, occasion, paths, isOnline, allowUnfetched }: CheckRequest,
  { environment }: Outside,
): RepositoryOptions {
  const common = {
    root,
    environment,
    paths,
    offline: !isOnline,
    allowUnfetched,
    ownsProcess: true,
    // A commit without Python files is as good as any.
    allowEmpty: true,
  };
  switch (occasion.kind) {
    case "staged":
      return { ...common, content: "index", changed: {} };
    case "all":
      return { ...common, content: "index" };
    case "commit":
      return { ...common, content: "commit", commit: occasion.commit };
    case "range":
      return {
        ...common,
        content: "commit",
        commit: occasion.head,
        changed: { base: occasion.base },
      };
  }
}
