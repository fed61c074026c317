/** A plan as people see it: the difference of each file, and what is left to them. */
import { escapeText, type Paint } from "@ouverture/core";
import { createTwoFilesPatch } from "diff";
import type { ByHand, FileChange, Plan } from "./plan.js";

export function renderPlan({ changes, byHand }: Plan, paint: Paint): string {
  return [
    ...changes.map((change) => renderChange(change, paint)),
    ...byHand.map((one) => renderByHand(one, paint)),
  ].join("\n");
}

/** As `diff -u` has it. */
function renderChange({ shown, before, after }: FileChange, paint: Paint): string {
  const name = escapeText(shown);
  const from = before === null ? "/dev/null" : `a/${name}`;
  const to = after === null ? "/dev/null" : `b/${name}`;
  const patch = createTwoFilesPatch(from, to, before ?? "", after ?? "", "", "", { context: 2 });
  const lines = patch.trimEnd().split("\n").slice(1);
  return `${lines.map((line) => paintLine(escapeLine(line), paint)).join("\n")}\n`;
}

/** Of what cannot be shown, tabs may be. */
function escapeLine(line: string): string {
  return line.split("\t").map(escapeText).join("\t");
}

function paintLine(line: string, paint: Paint): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint.strong(line);
  if (line.startsWith("+")) return paint.good(line);
  if (line.startsWith("-")) return paint.error(line);
  return line.startsWith("@@") ? paint.faint(line) : line;
}

function renderByHand({ shown, why, lines }: ByHand, paint: Paint): string {
  const added = lines.map((line) => `    ${paint.strong(escapeText(line))}`);
  return `${paint.warning("!")} ${escapeText(shown)} is for you to change: ${why} Add to it:\n${added.join("\n")}\n`;
}
