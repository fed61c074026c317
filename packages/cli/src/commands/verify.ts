/** `ouverture verify`: the check of a repository, and its report (docs/verify.md). */
import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Report, renderJson, renderTerminal } from "@ouverture/core";
import { findRepository, POOL_FOLDER, verifyRepository } from "@ouverture/pool";
import { type Command, Option } from "commander";
import type { ExitStatus, Outside } from "../outside.js";
import { paintFor } from "../paint.js";

interface VerifyFlags {
  readonly format: "terminal" | "json";
  readonly quiet?: true;
}

export function addVerify(
  program: Command,
  outside: Outside,
  finish: (status: ExitStatus) => void,
): void {
  program
    .command("verify")
    .summary("check that every imported function is what its hash says")
    .description(
      "Finds every import of a pool function, follows the dependencies, checks every object.",
    )
    .argument("[path]", "the repository, or a file or folder of one (default: the one around you)")
    .option("--all", "check every import, not only those that changed (the default)")
    .addOption(
      new Option("--format <format>", "how the report is written")
        .choices(["terminal", "json"])
        .default("terminal"),
    )
    .option("-q, --quiet", "leave out the imports: only findings and the coverage")
    .addHelpText("after", HELP)
    .action(async (path: string | undefined, flags: VerifyFlags) => {
      finish(await verifyPath(path, flags, outside));
    });
}

const HELP = `
Exit status: 0 everything is verified; 1 something is not; 2 it could not be checked.

Example:
  $ ouverture verify --all --quiet examples/market
  34 imports of 11 functions in 33 files: 11 verified, 0 skipped
`;

async function verifyPath(
  path: string | undefined,
  flags: VerifyFlags,
  outside: Outside,
): Promise<ExitStatus> {
  const start = resolve(outside.directory, path ?? ".");
  if (!existsSync(start)) throw new Error(`there is no file or folder '${path ?? "."}'.`);
  const root = findRepository(start);
  // Without a path the whole repository is meant, from wherever in it.
  const within = path === undefined ? "" : slashes(relative(root, start));
  const report = await verifyRepository({ root, paths: within === "" ? [] : [within] });
  outside.stdout(render(report, flags, slashes(relative(outside.directory, root)), outside));
  return STATUS[report.outcome];
}

const STATUS: Readonly<Record<Report["outcome"], ExitStatus>> = {
  verified: 0,
  failed: 1,
  unchecked: 2,
};

function render(
  report: Report,
  { format, quiet }: VerifyFlags,
  root: string,
  outside: Outside,
): string {
  if (format === "json") return renderJson(report);
  const pool = root === "" ? POOL_FOLDER : `${root}/${POOL_FOLDER}`;
  return renderTerminal(report, { paint: paintFor(outside), root, pool, quiet });
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
