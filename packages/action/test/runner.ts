/**
 * Runs the Action as GitHub's runner does: the file that action.yml names, in a process of its
 * own, with the variables and files that the runner gives it.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { parse } from "yaml";
import { type Command, readCommands } from "./commands.js";

const home = fileURLToPath(new URL("..", import.meta.url));

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** What action.yml in a folder says. */
export function readMetadata(folder = home): Metadata {
  return parse(readFileSync(join(folder, "action.yml"), "utf8"));
}

export interface Step {
  /** Where the workflow has checked out. */
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: string;
  readonly payload?: unknown;
  /** The commit whose workflow runs. */
  readonly sha?: string;
  /** What the workflow sets besides. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly node?: string;
  /** The folder with action.yml. */
  readonly action?: string;
  /** Kept from step to step by a job. */
  readonly temporary?: string;
}

export interface StepResult {
  readonly status: number | null;
  /** What the step printed. */
  readonly log: string;
  /** The lines of it that are no commands. */
  readonly text: string;
  readonly commands: readonly Command[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** `RUNNER_TEMP` */
  readonly temporary: string;
}

/** Runs a step to its end. */
export async function runStep(step: Step): Promise<StepResult> {
  const { workspace, event = "push", payload = {}, action = home } = step;
  const metadata = readMetadata(action);
  const folder = temporaryFolder();
  const temporary = step.temporary ?? join(folder, "temp");
  mkdirSync(temporary, { recursive: true });
  const file = (name: string, content = "") => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const files = {
    GITHUB_OUTPUT: file("output"),
    GITHUB_STEP_SUMMARY: file("summary.md"),
    GITHUB_ENV: file("env"),
    GITHUB_PATH: file("path"),
    GITHUB_STATE: file("state"),
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(payload)),
  };
  const environment = {
    ...isolated(join(folder, "home")),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: event,
    GITHUB_SHA: step.sha ?? "0".repeat(40),
    GITHUB_REPOSITORY: "ouverture/market",
    GITHUB_WORKFLOW: "CI",
    GITHUB_JOB: "verify",
    GITHUB_SERVER_URL: "https://github.com",
    RUNNER_TEMP: temporary,
    RUNNER_OS: "Linux",
    ...files,
    ...inputVariables(metadata, step.inputs ?? {}),
    ...step.environment,
  };
  const main = join(action, metadata.runs.main);
  const { status, log } = await run(step.node ?? process.execPath, [main], workspace, environment);
  const { text, commands } = readCommands(log);
  return {
    status,
    log,
    text,
    commands,
    outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, "utf8")),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
    temporary,
  };
}

/** The runner sets all inputs, those that nobody gave to the default, or else to nothing. */
function inputVariables(
  { inputs }: Metadata,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(inputs, name));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(", ")}`);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const value = given[name] ?? (input.default ?? "").replace(/^.*\bgithub\.token\b.*$/, TOKEN);
      return [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value];
    }),
  );
}

/** The token of the workflow. */
export const TOKEN = "ghs_ofTheWorkflow";

/** Variables without any setting of this machine. */
export function isolated(home: string): Record<string, string> {
  mkdirSync(home, { recursive: true });
  return {
    HOME: home,
    USERPROFILE: home,
    PATH: process.env.PATH ?? "",
    SYSTEMROOT: process.env.SYSTEMROOT ?? "",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

function run(
  program: string,
  args: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: directory,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, log: Buffer.concat(chunks).toString() }));
  });
}

/** `name<<delimiter`, lines, `delimiter` (actions/runner, FileCommandManager.cs). */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  while (lines.length > 0) {
    const head = lines.shift() ?? "";
    if (head === "") continue;
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(head) ?? [];
    if (name === undefined || delimiter === undefined) throw new Error(`no output: ${head}`);
    const end = lines.indexOf(delimiter);
    if (end < 0) throw new Error(`the output ${name} has no end`);
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join("\n");
  }
  return outputs;
}

const root = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-action-")));
let folders = 0;
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An empty folder, which is there until the last test of the file has ended. */
export function temporaryFolder(): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  return folder;
}
