/** How what `doctor` looked at is shown. */
import { escapeText, type Paint } from "@ouverture/core";
import type { Check } from "@ouverture/pool";

const MARKS = { good: "✓", warning: "!", bad: "✗" } as const;

export function renderChecks(checks: readonly Check[], paint: Paint): string {
  const paints = { good: paint.good, warning: paint.warning, bad: paint.error };
  const lines = checks.flatMap(({ what, state, found, todo }) => [
    `${paints[state](MARKS[state])} ${paint.strong(what)}: ${escapeText(found)}`,
    ...(todo === null ? [] : [`  ${escapeText(todo)}`]),
  ]);
  return `${lines.join("\n")}\n`;
}
