/** The check itself: what is asked of the library, and what people are told of the answer. */
import { EXIT_STATUS, renderTerminal } from "@ouverture/core";
import { POOL_FOLDER, type RepositoryOptions, verifyRepository } from "@ouverture/pool";
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
  const report = await verifyRepository(optionsOf(request, outside));
  const { paint, print } = outside;
  print(renderTerminal(report, { paint, pool: POOL_FOLDER, quiet: true }));
  const unverified = report.functions.filter(({ verdict }) => verdict === "unfetched").length;
  if (unverified > 0) print(`${paint.warning(`unverified: ${unverified}`)} (--allow-unfetched)\n`);
  if (report.outcome === "verified") return 0;
  // It is slow to say what to do, and seldom needed.
  const { renderWayOut } = await import("./way-out.js");
  print(`\n${renderWayOut(report, request, outside)}`);
  return EXIT_STATUS[report.outcome];
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
