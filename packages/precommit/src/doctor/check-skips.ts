/** Was a hook skipped, or will it be? And what guards where one is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeText, findingMessage } from "@ouverture/core";
import {
  askGit,
  bad,
  type Check,
  type Environment,
  findWorkflow,
  good,
  warning,
} from "@ouverture/pool";
import type { RepositoryState } from "../install/repository-state.js";
import type { Outside } from "../outside.js";
import { verifyCommit } from "../verify-commit.js";

export async function checkSkips(state: RepositoryState, outside: Outside): Promise<Check[]> {
  return [
    ...checkSwitches(outside.environment),
    ...(await checkLastCommit(state, outside)),
    checkGuard(state.root),
  ];
}

/** Variables that turn hooks off. */
function checkSwitches(environment: Environment): Check[] {
  const { HUSKY, SKIP, HOME = "", XDG_CONFIG_HOME } = environment;
  const skipped = (SKIP ?? "").split(",").filter((id) => id.trim().startsWith("ouverture"));
  const file = join(XDG_CONFIG_HOME || join(HOME, ".config"), "husky", "init.sh");
  const off = /^\s*(?:export\s+)?HUSKY=["']?0/m.test(readOr(file));
  return [
    ...(HUSKY === "0"
      ? [bad("HUSKY", "HUSKY=0 is set: husky skips every hook", "unset HUSKY")]
      : []),
    ...(off
      ? [bad("HUSKY", `'${file}' sets HUSKY=0: husky skips every hook`, "Take that line out.")]
      : []),
    ...(skipped.length > 0
      ? [bad("SKIP", `SKIP=${SKIP} is set: the pre-commit framework skips the check`, "unset SKIP")]
      : []),
  ];
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** A commit that the hook would not have let through was made without it. */
async function checkLastCommit({ root }: RepositoryState, outside: Outside): Promise<Check[]> {
  const what = "the last commit";
  const commit = askGit(root, outside.environment, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (commit === null) return [];
  const short = commit.slice(0, 12);
  const report = await verifyCommit(root, commit, outside);
  const [first] = report.findings.filter(({ severity }) => severity === "error");
  if (first === undefined) return [good(what, `${short} has only what is verified`)];
  const [place] = first.locations;
  const where = place === undefined ? "" : ` (${place.path}:${place.line})`;
  const found = `the hook was skipped: ${short} has what it does not let through: ${findingMessage(first).what}${where}`;
  return [
    warning(
      what,
      found,
      "'ouverture-precommit verify-all' shows it all; --no-verify, HUSKY=0 and SKIP go without the hook, and so does a rebase.",
    ),
  ];
}

function checkGuard(root: string): Check {
  const workflow = findWorkflow(root);
  if (workflow !== null) return good("the check on GitHub", escapeText(workflow));
  return warning(
    "the check on GitHub",
    "no workflow makes it: what goes around the hook gets in",
    "'npx @ouverture/cli init --repo' writes one.",
  );
}
