/** `verify-all`: all that is committed or staged; before a push, all of the commit that is pushed. */
import { check } from "../check.js";
import { findTop } from "../find-top.js";
import { occasionOf } from "../occasion.js";
import type { ExitStatus, Outside } from "../outside.js";
import type { Flags } from "../run.js";

export function checkAll(flags: Flags, outside: Outside): Promise<ExitStatus> {
  const occasion = occasionOf(outside.environment);
  return check(
    {
      root: findTop(outside),
      occasion:
        occasion.kind === "range" ? { kind: "commit", commit: occasion.head } : { kind: "all" },
      isOnline: flags.offline !== true,
      allowUnfetched: flags["allow-unfetched"] === true,
    },
    outside,
  );
}
