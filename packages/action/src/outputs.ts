/** What later steps can ask for: `steps.verify.outputs.result`. */
import { setOutput } from "@actions/core";
import { EXIT_STATUS, type Report } from "@ouverture/core";
import type { Documents } from "./documents.js";

export type ExitStatus = 0 | 1 | 2;

/** Sets all outputs, where there is a runner to read them. Without a report nothing could be checked. */
export function setOutputs(report: Report | null, documents: Documents): void {
  if (!process.env.GITHUB_OUTPUT) return;
  const outcome = report?.outcome ?? "unchecked";
  const {
    files = 0,
    imports = 0,
    functions = 0,
    verified = 0,
    skipped = [],
  } = report?.coverage ?? {};
  const outputs = {
    result: outcome,
    "exit-code": EXIT_STATUS[outcome],
    "files-scanned": files,
    imports,
    functions,
    verified,
    findings: report?.findings.length ?? 0,
    skipped: skipped.reduce((sum, { count }) => sum + count, 0),
    "report-path": documents.report,
    "sarif-path": documents.sarif,
  };
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
}
