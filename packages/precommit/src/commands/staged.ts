/** `staged`: what the next commit would change. */
import { check } from "../check.js";
import { findTop } from "../find-top.js";
import { occasionOf } from "../occasion.js";
import type { ExitStatus, Outside } from "../outside.js";
import type { Flags } from "../run.js";

export function checkStaged(flags: Flags, outside: Outside): Promise<ExitStatus> {
  return check(
    {
      root: findTop(outside),
      occasion: occasionOf(outside.environment),
      isOnline: flags.online === true && flags.offline !== true,
      allowUnfetched: flags["allow-unfetched"] === true,
    },
    outside,
  );
}
