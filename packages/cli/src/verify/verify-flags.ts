/** The options of `ouverture verify`, and what of them does not go together. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { fail } from "../failure.js";

export type ReportFormat = "terminal" | "json" | "sarif" | "github";

export interface VerifyFlags {
  readonly all?: true;
  readonly changed?: true;
  readonly base?: string;
  readonly head?: string;
  readonly staged?: true;
  readonly offline?: true;
  readonly format?: ReportFormat;
  readonly json?: true;
  readonly output?: string;
  readonly policy?: readonly string[];
  readonly failOn?: "error" | "warning";
  readonly allowUnfetched?: true;
  readonly allowEmpty?: true;
  /** `false` where it is said so. */
  readonly cache?: boolean;
  readonly explain?: string | true;
  readonly quiet?: true;
}

export function addVerifyOptions(command: Command): Command {
  return command
    .option("--all", "every import of the repository (the default)")
    .option("--changed", "only imports in files that differ from where the branch began")
    .option("--base <ref>", "what --changed compares with (default: the remote's default branch)")
    .option("--head <ref>", "the commit that --changed checks (default: the working tree)")
    .option("--staged", "what is staged, as a commit would have it, against the last commit")
    .option("--offline", "fetch nothing: only the pools of this machine")
    .addOption(
      new Option("--policy <effect=verdict>", "such as network=deny; may stand several times")
        .argParser(collectPolicy)
        .default(undefined),
    )
    .addOption(
      new Option("--fail-on <severity>", "what the check fails on").choices(["error", "warning"]),
    )
    .option("--allow-unfetched", "let functions pass that no pool has, and count them")
    .option("--allow-empty", "let a repository without Python files pass")
    .option("--no-cache", "check all again, and keep nothing of it for a later run")
    .addOption(
      new Option("--format <format>", "how the report is written").choices([
        "terminal",
        "json",
        "sarif",
        "github",
      ]),
    )
    .option("-o, --output <file>", "write the report to a file, and show it for people as well")
    .option("-q, --quiet", "leave out the imports: only findings and the coverage")
    .option("--explain [code]", "what a finding means, and how to mend it; without a code, all");
}

function collectPolicy(text: string, before: readonly string[] | undefined): string[] {
  if (/^[a-z]+=(?:allow|deny)$/.test(text)) return [...(before ?? []), text];
  throw new InvalidArgumentError("Write it as effect=allow or effect=deny.");
}

/** Ends the command where options contradict each other. */
export function refuseContradictions(flags: VerifyFlags, paths: readonly string[]): void {
  const { all, changed, staged, base, head, format, json, explain } = flags;
  const modes = [all && "--all", changed && "--changed", staged && "--staged"].filter(Boolean);
  if (modes.length > 1) {
    fail(2, `${modes.join(" and ")} contradict each other.`, "Keep one of them.");
  }
  if (base !== undefined && changed !== true) {
    fail(2, "--base is for --changed.", "Say --changed as well, or leave it out.");
  }
  if (head !== undefined && changed !== true) {
    fail(2, "--head is for --changed.", "Say --changed as well, or leave it out.");
  }
  if (json === true && format !== undefined && format !== "json") {
    fail(2, `--json and --format ${format} contradict each other.`, "Keep one of them.");
  }
  if (explain !== undefined && (modes.length > 0 || paths.length > 0)) {
    fail(
      2,
      "--explain checks nothing.",
      "Call it alone, as in: ouverture verify --explain missing.",
    );
  }
}
