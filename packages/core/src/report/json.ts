/** The report for machines: one JSON document, in which no character is left that hides or moves text. */
import { writeJson } from "../record/canonical-json.js";
import type { Report } from "../verify/verify.js";
import { escapeText } from "./escape.js";
import { findingMessage } from "./message.js";

/** The version of the document's form. */
const FORMAT = 1;

export function renderJson({ outcome, coverage, findings, imports, functions }: Report): string {
  const document = {
    format: FORMAT,
    outcome,
    coverage,
    findings: findings.map((finding) => {
      const { code, severity, data, hash, via, locations } = finding;
      const message = findingMessage(finding);
      return { code, severity, message, data, hash, via, locations };
    }),
    imports,
    functions,
  };
  return `${escapeLines(writeJson(document))}\n`;
}

/** The line ends of the document are its own; in its strings they are escaped already. */
function escapeLines(json: string): string {
  return json.split("\n").map(escapeText).join("\n");
}
