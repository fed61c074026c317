/** The report on the page of the run. */
import { summary } from "@actions/core";
import { type Report, renderGithubSummary } from "@ouverture/core";
import { writeLog } from "./log.js";
import type { Place } from "./place.js";

/** GitHub takes 1 MiB of a step, and drops what is longer as a whole. */
const MOST_BYTES = 900_000;

/** Adds the report to the summary of the job. Never fails: the log has the same. */
export async function writeSummary(report: Report, { folders }: Place): Promise<void> {
  try {
    const text = renderGithubSummary(report, { ...folders, mostBytes: MOST_BYTES });
    await summary.addRaw(text).write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    writeLog(`The summary could not be written: ${why}`);
  }
}
