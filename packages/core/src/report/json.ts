/**
 * The report for machines: one JSON document, as schema/report.schema.json has it, in
 * which no character is left that hides or moves text.
 */
import { writeJson } from "../record/canonical-json.js";
import type { Report } from "../verify/report.js";
import { escapeText } from "./escape.js";
import { findingMessage } from "./message.js";
import { noticeMessage } from "./notice-message.js";

/** The version of the document's form. */
const FORMAT = 1;

/** Writes the report, with the sentences of its findings and notices. */
export function renderJson(report: Report): string {
  const { outcome, mode, coverage, findings, effects, notices, imports, functions } = report;
  const document = {
    format: FORMAT,
    outcome,
    mode,
    coverage,
    findings: findings.map((finding) => {
      const { code, severity, data, hash, via, locations } = finding;
      const message = findingMessage(finding);
      return { code, severity, message, data, hash, via, locations };
    }),
    effects,
    notices: notices.map((notice) => {
      const { code, data } = notice;
      return { code, message: noticeMessage(notice), data };
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
