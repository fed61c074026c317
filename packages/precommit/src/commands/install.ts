/** `install` and `uninstall`: shows what would be changed, asks, and changes it. */
import { escapeText } from "@ouverture/core";
import { fail } from "../failure.js";
import { findTop } from "../find-top.js";
import { applyChanges } from "../install/apply-plan.js";
import type { Plan } from "../install/plan.js";
import { planInstall } from "../install/plan-install.js";
import { planUninstall } from "../install/plan-uninstall.js";
import { renderPlan } from "../install/render-plan.js";
import { readRepository } from "../install/repository-state.js";
import type { ExitStatus, Outside } from "../outside.js";
import type { Flags } from "../run.js";

export async function install(flags: Flags, outside: Outside): Promise<ExitStatus> {
  const state = readRepository(findTop(outside), outside.environment);
  const options = { plain: flags.plain === true, lintStaged: flags["lint-staged"] === true };
  const plan = planInstall(state, options);
  const isDone = plan.changes.length + plan.byHand.length === 0;
  if (isDone) outside.print(`${outside.paint.good("✓")} Each commit is checked already.\n`);
  return carryOut(plan, flags, outside);
}

export async function uninstall(flags: Flags, outside: Outside): Promise<ExitStatus> {
  const plan = planUninstall(readRepository(findTop(outside), outside.environment));
  if (plan.changes.length === 0) {
    outside.print("There is nothing here that 'ouverture-precommit install' has written.\n");
  }
  return carryOut(plan, flags, outside);
}

/** @returns 1 where something is left to people. */
async function carryOut(plan: Plan, flags: Flags, outside: Outside): Promise<ExitStatus> {
  const { changes, byHand, notes } = plan;
  const { paint, print, confirm } = outside;
  if (changes.length + byHand.length > 0) print(`${renderPlan(plan, paint)}\n`);
  if (changes.length > 0 && !flags["dry-run"]) {
    if (!flags.yes) {
      if (confirm === null) fail("There is no terminal to ask at.", "Give --yes, or --dry-run.");
      const names = changes.map(({ shown }) => escapeText(shown)).join(", ");
      if (!(await confirm(`Change ${names}?`))) {
        print("Nothing has been changed.\n");
        return 1;
      }
    }
    await applyChanges(changes);
    for (const { shown, before, after } of changes) {
      const what = before === null ? "written" : after === null ? "removed" : "changed";
      print(`${paint.good("✓")} ${escapeText(shown)} ${what}\n`);
    }
  }
  for (const note of notes) print(`${escapeText(note)}\n`);
  return byHand.length === 0 ? 0 : 1;
}
