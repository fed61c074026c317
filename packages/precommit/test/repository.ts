/** Repositories for tests, made by the real git; and the command as tests run it. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../src/run.js";

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const PLAIN = {
  error: String,
  warning: String,
  good: String,
  strong: String,
  faint: String,
};

/** Runs the command in a folder. */
export async function precommit(
  directory: string,
  args: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string | undefined>>;
    /** What somebody at the terminal says; without it there is none. */
    readonly answer?: boolean;
  } = {},
): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const { answer, environment = {} } = options;
  const status = await run(args, {
    directory,
    environment: { ...isolated(), ...environment },
    paint: PLAIN,
    print: (text) => {
      stdout += text;
    },
    note: (text) => {
      stderr += text;
    },
    confirm:
      answer === undefined
        ? null
        : async (question) => {
            stderr += question;
            return answer;
          },
  });
  return { status, stdout, stderr };
}

/** Variables that keep a program, and the git it runs, from the settings of this machine. */
export function isolated(home = temporaryFolder()): Record<string, string> {
  return {
    HOME: home,
    USERPROFILE: home,
    PATH: process.env.PATH ?? "",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-precommit-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs git, and throws where it fails. */
export function git(directory: string, ...args: string[]): string {
  const { status, stdout, stderr } = runProgram(directory, "git", args, isolated());
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

export function runProgram(
  directory: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SpawnSyncReturns<string> {
  return spawnSync(program, args, {
    cwd: directory,
    env: environment,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
}

/** Writes files, by their paths in the folder. */
export function write(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  mode?: number,
): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (mode !== undefined) chmodSync(file, mode);
  }
}

/** A repository without a commit. */
export function emptyRepository(): string {
  const root = temporaryFolder();
  git(root, "init", "-q", "-b", "main");
  return root;
}
