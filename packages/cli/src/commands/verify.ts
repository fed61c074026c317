/** `ouverture verify`: the check of a repository, and its report (docs/verify.md). */
import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { EXIT_STATUS } from "@ouverture/core";
import { findRepository, locate, verifyRepository } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { groupDigits } from "../output/count.js";
import { openProgress } from "../output/progress.js";
import type { ExitStatus } from "../outside.js";
import type { Session } from "../session.js";
import {
  addVerifyOptions,
  refuseContradictions,
  type VerifyFlags,
} from "../verify/verify-flags.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Finds every import of a pool function, follows the dependencies, checks every object.",
    )
    .argument("[path...]", "files and folders of one repository (default: the one around you)");
  addVerifyOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: VerifyFlags) => {
      refuseContradictions(flags, paths);
      if (flags.explain !== undefined) {
        const { explainCode } = await import("../verify/explain-code.js");
        return explainCode(flags.explain, session);
      }
      session.finish(await verifyPaths(paths, flags, session));
    });
}

const HELP = `
Exit status: 0 everything is verified; 1 something is not; 2 it could not be checked.

Examples:
  $ ouverture verify --all --quiet examples/market
  34 imports of 11 functions in 33 files: 11 verified, 0 skipped
  $ ouverture verify --changed --base main
  $ ouverture verify --staged --offline
  $ ouverture verify --format sarif --output verify.sarif
  $ ouverture verify --explain hash-mismatch
`;

async function verifyPaths(
  paths: readonly string[],
  flags: VerifyFlags,
  session: Session,
): Promise<ExitStatus> {
  const { outside } = session;
  const { directory, environment } = outside;
  const { root, within } = place(paths, flags, session);
  const progress = openProgress(session, "Searching files:");
  try {
    const verifying = verifyRepository({
      root,
      directory,
      environment,
      paths: within,
      content: flags.staged === true ? "index" : "worktree",
      changed: changedOf(flags),
      offline: flags.offline,
      policy: flags.policy,
      failOn: flags.failOn,
      allowUnfetched: flags.allowUnfetched,
      ownsProcess: true,
      allowEmpty: flags.allowEmpty,
      cache: flags.cache,
      today: outside.now().toISOString().slice(0, 10),
      signal: session.signal,
      onProgress: ({ files, functions, waiting }) => {
        const all = groupDigits(functions + waiting);
        const text = `Verifying functions: ${groupDigits(functions)} of ${all}`;
        progress.update(files, functions + waiting > 0 ? text : undefined);
      },
    });
    // While git answers, what prints is loaded.
    const [report, { giveReport }] = await Promise.all([
      verifying,
      import("../verify/render-report.js"),
    ]);
    progress.end();
    session.signal.throwIfAborted();
    await giveReport(report, flags, slashes(relative(directory, root)), session);
    return EXIT_STATUS[report.outcome];
  } finally {
    progress.end();
  }
}

function changedOf({ changed, staged, base, head }: VerifyFlags) {
  if (staged === true) return {};
  return changed === true ? { base, head } : undefined;
}

/** The repository, and the paths in it. Without a path all of it is meant, from wherever in it. */
function place(
  paths: readonly string[],
  { staged, head }: VerifyFlags,
  { outside }: Session,
): { readonly root: string; readonly within: readonly string[] } {
  const { home } = locate(outside.environment);
  const full = paths.map((path) => resolve(outside.directory, path));
  // What is staged, or in a commit, need not be on the disk.
  const isOnDisk = staged !== true && head === undefined;
  const missing = paths.find((_, index) => isOnDisk && !existsSync(full[index] ?? ""));
  if (missing !== undefined) fail(2, `there is no file or folder '${missing}'.`);
  const [first = outside.directory] = full;
  const root = findRepository(existsSync(first) ? first : outside.directory, home);
  const within = full.map((path) => slashes(relative(root, path)));
  const stray = within.findIndex((path) => path === ".." || /^(?:\.\.\/|\/|[A-Za-z]:)/.test(path));
  if (stray !== -1) {
    fail(
      2,
      `'${paths[stray]}' is not in the repository of '${paths[0]}'.`,
      "Check them one by one.",
    );
  }
  return { root, within: within.includes("") ? [] : within };
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
