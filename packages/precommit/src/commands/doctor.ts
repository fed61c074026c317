/** `doctor`: whether a commit here would be checked, and what to do where it would not. */
import type { Check } from "@ouverture/pool";
import { checkHooks } from "../doctor/check-hooks.js";
import { checkPrograms } from "../doctor/check-programs.js";
import { checkSkips } from "../doctor/check-skips.js";
import { renderChecks } from "../doctor/render-checks.js";
import { findTop } from "../find-top.js";
import { readRepository } from "../install/repository-state.js";
import type { ExitStatus, Outside } from "../outside.js";

/** @returns 1 where a commit would not be checked. */
export async function examine(outside: Outside): Promise<ExitStatus> {
  const { environment, paint, print } = outside;
  const state = readRepository(findTop(outside), environment);
  const checks: Check[] = [
    ...checkHooks(state, environment),
    ...checkPrograms(state, environment),
    ...(await checkSkips(state, outside)),
  ];
  print(renderChecks(checks, paint));
  const isBad = checks.some(({ state }) => state === "bad");
  print(isBad ? "\nCommits are not checked here.\n" : "\nEach commit is checked here.\n");
  return isBad ? 1 : 0;
}
