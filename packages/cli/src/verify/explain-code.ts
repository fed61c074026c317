/** `ouverture verify --explain`: what the findings mean. */
import { explainFinding, FINDING_CODES, findingLink, isFindingCode } from "@ouverture/core";
import { closest } from "fastest-levenshtein";
import { fail } from "../failure.js";
import { wrapText } from "../output/cell.js";
import { renderTable } from "../output/table.js";
import type { Session } from "../session.js";

/** Explains one code, or lists all of them. */
export function explainCode(code: string | true, session: Session): void {
  if (code === true) return listCodes(session);
  const name = code.trim().toLowerCase();
  if (!isFindingCode(name)) {
    const hint = `Did you mean '${closest(name, [...FINDING_CODES])}'? 'ouverture verify --explain' lists all.`;
    return fail(2, `There is no finding '${code}'.`, hint);
  }
  const { title, severity, what, why, todo } = explainFinding(name);
  const link = findingLink(name);
  session.answer({ code: name, title, severity, what, why, todo, link }, ({ paint, width }) => {
    const wrap = (text: string) => wrapText(text, Math.min(width, WIDEST) - 1).join("\n");
    const head = `${paint.strong(name)}: ${title} (${paint[severity](severity)})`;
    return `${[head, wrap(what), wrap(why), wrap(todo), paint.faint(link)].join("\n\n")}\n`;
  });
}

/** Text is read best where lines are not too long. */
const WIDEST = 100;

function listCodes(session: Session): void {
  const rows = FINDING_CODES.map((code) => {
    const { title, severity } = explainFinding(code);
    return { code, severity, title, link: findingLink(code) };
  });
  session.answer({ findings: rows }, (screen) => {
    const columns = [
      { title: "Finding", isWhole: true },
      { title: "Severity", isWhole: true },
      { title: "Means" },
    ];
    return renderTable(
      columns,
      rows.map(({ code, severity, title }) => [code, severity, title]),
      screen,
    );
  });
}
