/** The line that every report ends with: what was looked at, and what was not. */
import type { Coverage, Report, Skipped } from "../verify/report.js";

/** 1083 as 1,083. */
export function groupDigits(number: number): string {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
}

/** `412 imports of 1,083 functions in 96 files: 1,083 verified, 0 skipped`. */
export function coverageLine(coverage: Coverage): string {
  const { files, imports, functions, verified } = coverage;
  const { skipped, failed } = countRest(coverage);
  const reasons = skipped === 0 ? "" : ` (${coverage.skipped.map(reasonText).join(", ")})`;
  return (
    `${counted(imports, "import")} of ${counted(functions, "function")} in ` +
    `${counted(files, "file")}: ${groupDigits(verified)} verified, ` +
    `${groupDigits(skipped)} skipped${reasons}${failed === 0 ? "" : `; ${groupDigits(failed)} failed`}`
  );
}

/** What is neither searched nor verified: all that was skipped, and the functions that failed. */
export function countRest({ functions, verified, skipped }: Coverage): {
  readonly skipped: number;
  readonly failed: number;
} {
  const left = skipped.reduce((sum, one) => sum + (one.what === "function" ? one.count : 0), 0);
  const count = skipped.reduce((sum, one) => sum + one.count, 0);
  return { skipped: count, failed: functions - verified - left };
}

export function counted(number: number, thing: string): string {
  return `${groupDigits(number)} ${thing}${number === 1 ? "" : "s"}`;
}

/** The things that are skipped, and after them why, where the thing does not say it. */
const SKIPPED: Readonly<Record<Skipped["reason"], readonly [thing: string, why: string]>> = {
  link: ["link", " out of the repository"],
  "not-a-file": ["device", ""],
  excluded: ["file", " excluded by the configuration"],
  "nested-repository": ["inner folder", " with a repository of its own"],
  notebook: ["notebook", ""],
  depth: ["function", " beyond the limit of depth"],
  functions: ["function", " beyond the limit of functions"],
  "run-bytes": ["function", " beyond the limit of bytes"],
  time: ["function", " beyond the limit of time"],
  unfetched: ["function", " that no pool gave"],
};

function reasonText({ reason, count }: Skipped): string {
  const [thing, why] = SKIPPED[reason];
  return counted(count, thing) + why;
}

/** What nobody could look at, in a sentence of its own; empty where there is nothing, or a notice tells it. */
export function unfetchedText({ coverage, notices }: Report): string {
  if (notices.some(({ code }) => code === "unfetched")) return "";
  const count = coverage.skipped.reduce(
    (sum, one) => sum + (one.reason === "unfetched" ? one.count : 0),
    0,
  );
  if (count === 0) return "";
  return `${counted(count, "function")} could not be fetched, and ${count === 1 ? "is" : "are"} not verified`;
}
