/** One thing that `doctor` looked at, and how it is shown. */
import { escapeText, type Paint } from "@ouverture/core";

export interface Check {
  /** What was looked at: `the hook pre-commit`. */
  readonly what: string;
  /** `warning`: commits are checked, but for some. `bad`: they are not. */
  readonly state: "good" | "warning" | "bad";
  /** What was found. */
  readonly found: string;
  /** What to do, as a sentence; `null` where nothing has to be done. */
  readonly todo: string | null;
}

export function good(what: string, found: string): Check {
  return { what, state: "good", found, todo: null };
}
export function warning(what: string, found: string, todo: string): Check {
  return { what, state: "warning", found, todo };
}
export function bad(what: string, found: string, todo: string): Check {
  return { what, state: "bad", found, todo };
}

const MARKS = { good: "✓", warning: "!", bad: "✗" } as const;

export function renderChecks(checks: readonly Check[], paint: Paint): string {
  const paints = { good: paint.good, warning: paint.warning, bad: paint.error };
  const lines = checks.flatMap(({ what, state, found, todo }) => [
    `${paints[state](MARKS[state])} ${paint.strong(what)}: ${escapeText(found)}`,
    ...(todo === null ? [] : [`  ${escapeText(todo)}`]),
  ]);
  return `${lines.join("\n")}\n`;
}
