/** A report in the formats that programs read. What people read is loaded without them. */
import {
  type Folders,
  type Report,
  renderGithubAnnotations,
  renderGithubLog,
  renderJson,
  renderSarif,
} from "@ouverture/core";
import { ownVersion } from "../version.js";
import type { ReportFormat } from "./verify-flags.js";

export function renderForProgram(
  report: Report,
  format: Exclude<ReportFormat, "terminal">,
  folders: Folders,
  quiet: boolean,
): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "sarif":
      return renderSarif(report, { ...folders, version: ownVersion() });
    case "github":
      return (
        renderGithubLog(report, { ...folders, quiet }) + renderGithubAnnotations(report, folders)
      );
  }
}
