/** What people are told of a check, and its exit status. */
import { EXIT_STATUS, type Report, renderTerminal } from "@ouverture/core";
import { POOL_FOLDER } from "@ouverture/pool";
import type { CheckRequest } from "./check.js";
import type { ExitStatus, Outside } from "./outside.js";

/** Prints the report, and where it fails what to do. */
export async function printReport(
  report: Report,
  request: CheckRequest,
  outside: Outside,
): Promise<ExitStatus> {
  const { paint, print } = outside;
  print(renderTerminal(report, { paint, pool: POOL_FOLDER, quiet: true }));
  const unverified = report.functions.filter(({ verdict }) => verdict === "unfetched").length;
  if (unverified > 0) print(`${paint.warning(`unverified: ${unverified}`)} (--allow-unfetched)\n`);
  if (report.outcome === "verified") return 0;
  // It is slow to say what to do, and seldom needed.
  const { renderWayOut } = await import("./way-out.js");
  print(`\n${renderWayOut(report, request, outside)}`);
  return EXIT_STATUS[report.outcome];
}
