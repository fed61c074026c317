/** The library call and the three front ends, each as its users have it, asked for one and the same. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Report, renderJson, renderTerminal } from "@ouverture/core";
import { POOL_FOLDER, type RepositoryOptions, verifyRepository } from "@ouverture/pool";
import { isolated, runStep, temporaryFolder } from "./runner.js";

/** What is looked at: all there is, what a branch has changed, or what is staged. */
export type Occasion = "all" | "changed" | "staged";

/** What is asked for besides. What it does not say is as the front end would have it. */
export interface Wishes {
  readonly paths?: readonly string[];
  readonly failOn?: "warning";
  readonly allowEmpty?: true;
  readonly allowUnfetched?: true;
  /** Registries are asked. */
  readonly isOnline?: true;
}

export interface Question {
  readonly root: string;
  /** The commit that is compared with. */
  readonly base: string;
  readonly head: string;
  readonly occasion: Occasion;
  readonly wishes: Wishes;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Answer<Said> {
  readonly status: number | null;
  readonly said: Said;
}

/** Asks the library; `over` is what a front end is known to say besides. */
export async function askLibrary(
  question: Question,
  over: Partial<RepositoryOptions> = {},
): Promise<Report> {
  const { root, base, occasion, wishes, environment } = question;
  const { isOnline, ...others } = wishes;
  return verifyRepository({
    root,
    environment: { ...isolated(temporaryFolder()), ...environment },
    offline: isOnline !== true,
    ...others,
    ...{
      all: {},
      changed: { changed: { base } },
      staged: { content: "index", changed: {} } as const,
    }[occasion],
    ...over,
  });
}

/** A report as the documents of front ends have it. */
export function asDocument(report: Report): unknown {
  return JSON.parse(renderJson(report));
}

/** `ouverture verify` */
export async function askCommand(question: Question): Promise<Answer<unknown>> {
  const { root, base, occasion, wishes, environment } = question;
  const { status, stdout } = await runBuilt(
    "cli",
    [
      "verify",
      ...{ all: ["--all"], changed: ["--changed", "--base", base], staged: ["--staged"] }[occasion],
      ...["--format", "json"],
      ...(wishes.isOnline ? [] : ["--offline"]),
      ...(wishes.failOn ? ["--fail-on", wishes.failOn] : []),
      ...(wishes.allowEmpty ? ["--allow-empty"] : []),
      ...(wishes.allowUnfetched ? ["--allow-unfetched"] : []),
      ...(wishes.paths ?? []),
    ],
    root,
    environment,
  );
  return { status, said: JSON.parse(stdout) };
}

/** The Action, as a step of a workflow; it knows nothing of what is staged. */
export async function askAction(question: Question): Promise<Answer<unknown>> {
  const { root, base, head, occasion, wishes, environment } = question;
  const { status, outputs } = await runStep({
    workspace: root,
    event: "push",
    payload: { before: base },
    sha: head,
    environment,
    inputs: {
      mode: occasion,
      "json-file": "verified/report.json",
      cache: "false",
      offline: String(wishes.isOnline !== true),
      ...(wishes.paths ? { paths: wishes.paths.join("\n") } : {}),
      ...(wishes.failOn ? { "fail-on": wishes.failOn } : {}),
      ...(wishes.allowEmpty ? { "allow-empty": "true" } : {}),
    },
  });
  return { status, said: JSON.parse(readFileSync(outputs["report-path"] ?? "", "utf8")) };
}

/** The hook, as frameworks call it. It reads the index or a commit, never the working tree. */
export async function askHook(question: Question): Promise<Answer<string>> {
  const { root, base, head, occasion, wishes, environment } = question;
  const range = { PRE_COMMIT: "1", PRE_COMMIT_FROM_REF: base, PRE_COMMIT_TO_REF: head };
  const command = wishes.paths ? "verify-files" : occasion === "all" ? "verify-all" : "staged";
  const { status, stdout } = await runBuilt(
    "precommit",
    [
      command,
      ...(wishes.isOnline ? (command === "verify-all" ? [] : ["--online"]) : ["--offline"]),
      ...(wishes.allowUnfetched ? ["--allow-unfetched"] : []),
      ...(wishes.paths ?? []),
    ],
    root,
    { ...environment, ...(occasion === "changed" ? range : {}) },
  );
  return { status, said: stdout };
}

/**
 * Asks the library for what the hook looks at. That there is nothing to scan is fine for a hook;
 * files that are named are looked at whether they have changed or not.
 */
export function askLibraryAsHook(question: Question): Promise<Report> {
  const { occasion, head, wishes } = question;
  return askLibrary(question, {
    allowEmpty: true,
    ...(wishes.paths ? { changed: undefined } : {}),
    ...(occasion === "changed" ? { content: "commit", commit: head } : { content: "index" }),
  });
}

/** What the hook prints of a report, before it says what to do. */
export function asHookText(report: Report): string {
  return renderTerminal(report, { pool: POOL_FOLDER, quiet: true });
}

function runBuilt(
  name: "cli" | "precommit",
  args: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly stdout: string }> {
  const bin = fileURLToPath(new URL(`../../${name}/dist/bin.cjs`, import.meta.url));
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: directory,
    env: { ...isolated(join(temporaryFolder(), "home")), ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout }));
  });
}
