/** What follows a report that blocks a commit: the command that mends it, and the emergency exit. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { escapeText, type Finding, objectPath, type Report } from "@ouverture/core";
import { askGit, findWorkflow, POOL_FOLDER } from "@ouverture/pool";
import type { CheckRequest } from "./check.js";
import { bypassOf } from "./occasion.js";
import type { Outside } from "./outside.js";

export function renderWayOut(report: Report, request: CheckRequest, outside: Outside): string {
  const { paint, environment } = outside;
  const { root, occasion } = request;
  const commands = mendingCommands(report, root, outside);
  const mend = commands.map((command) => `    ${paint.strong(command)}\n`);
  const workflow = findWorkflow(root);
  const guard =
    workflow === null
      ? "nothing makes it afterwards: 'npx @ouverture/cli init --repo' writes a workflow that does"
      : `${escapeText(workflow)} still makes it`;
  const bypass = paint.strong(bypassOf(environment, occasion));
  return [
    ...(mend.length === 0 ? [] : ["To mend it:\n", ...mend]),
    `In an emergency '${bypass}' goes without this check; ${guard}.\n`,
  ].join("");
}

/** Each is one line for a shell, and has nothing of the repository but hashes. */
function mendingCommands({ findings }: Report, root: string, outside: Outside): string[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const ask = (...args: string[]) => askGit(root, outside.environment, args);
  const unstaged = new Set<string>();
  const lost = new Set<string>();
  const absent = new Set<string>();
  for (const finding of errors) {
    const path = poolPath(finding);
    if (path === null || finding.hash === null) continue;
    const isCommitted = ask("rev-parse", "--verify", "--quiet", `HEAD:${path}`);
    const isStaged = ask("rev-parse", "--verify", "--quiet", `:${path}`);
    const isAbsent = finding.code === "missing" || finding.code === "unreachable";
    if (isAbsent && isStaged === null && existsSync(join(root, path))) unstaged.add(path);
    else if (isCommitted !== null && isCommitted !== isStaged) lost.add(path);
    else if (isAbsent) absent.add(finding.hash);
  }
  return [
    ...(unstaged.size === 0 ? [] : [`git add ${POOL_FOLDER}`]),
    ...(lost.size === 0 ? [] : [`git restore --staged --worktree -- ${[...lost].join(" ")}`]),
    ...(absent.size === 0 ? [] : [pull([...absent])]),
  ];
}

/** Of so many functions none is named. */
const MOST_HASHES = 3;

function pull(hashes: readonly string[]): string {
  const what = hashes.length > MOST_HASHES ? "--all" : hashes.join(" ");
  return `npx @ouverture/cli pull ${what} && git add ${POOL_FOLDER}`;
}

/** Where the function is in the repository's pool, relative to the repository. */
function poolPath({ hash }: Finding): string | null {
  const path = hash === null ? null : objectPath(hash);
  return path?.ok ? `${POOL_FOLDER}/${path.value}` : null;
}
