/** `ouverture verify`: the check of a repository, and its report (docs/verify.md). */
import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Report, renderJson, renderTerminal } from "@ouverture/core";
import { findRepository, locate, POOL_FOLDER, verifyRepository } from "@ouverture/pool";
import { type Command, Option } from "commander";
import { fail } from "../failure.js";
import type { ExitStatus } from "../outside.js";
import type { Session } from "../session.js";

interface VerifyFlags {
  readonly format: "terminal" | "json";
  readonly quiet?: true;
}

export function define(command: Command, session: Session): void {
  command
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
      session.finish(await verifyPath(path, flags, session));
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
  session: Session,
): Promise<ExitStatus> {
  const { directory } = session.outside;
  const start = resolve(directory, path ?? ".");
  if (!existsSync(start)) fail(2, `there is no file or folder '${path ?? "."}'.`);
  const root = findRepository(start, locate(session.outside.environment).home);
  // Without a path the whole repository is meant, from wherever in it.
  const within = path === undefined ? "" : slashes(relative(root, start));
  const { environment } = session.outside;
  const paths = within === "" ? [] : [within];
  const report = await verifyRepository({ root, environment, paths });
  session.print(render(report, flags, slashes(relative(directory, root)), session));
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
  { isJson, screen }: Session,
): string {
  if (isJson || format === "json") return renderJson(report);
  const pool = root === "" ? POOL_FOLDER : `${root}/${POOL_FOLDER}`;
  return renderTerminal(report, { paint: screen.paint, root, pool, quiet });
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
