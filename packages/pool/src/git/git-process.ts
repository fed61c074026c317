/**
 * The program git, run so that no setting of a repository, a hook or a terminal makes
 * it run something else, write elsewhere or ask somebody: whoever uses git uses this.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";

export interface GitOptions {
  readonly directory: string;
  /** Over the environment of the process, of which little that is of git is kept. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds without a sign of life, after which git and all that it started is ended. */
  readonly silence?: number;
}

/** What git said. `status` is `null` where it was ended, `isSilent` where that was for silence. */
export interface GitRun {
  readonly status: number | null;
  readonly stdout: Buffer;
  /** The end of it, where it is long. */
  readonly stderr: string;
  readonly isSilent: boolean;
}

export type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Runs git to its end. Throws the error of the system where it cannot be started. */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitRun> {
  const isNetwork = options.silence !== undefined;
  const git = startGit(args, options, isNetwork);
  git.stdin.end();
  const release = isNetwork ? endWithUs(git) : () => {};
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    let stderr = "";
    let isSilent = false;
    const watch = watchSilence(options.silence, () => {
      isSilent = true;
      endGroup(git);
    });
    git.stdout.on("data", (data: Buffer) => {
      stdout.push(data);
      watch.heard();
    });
    git.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-LONGEST_STDERR);
      watch.heard();
    });
    function settle(): void {
      watch.stop();
      release();
    }
    git.on("error", (error) => {
      settle();
      reject(error);
    });
    git.on("close", (status) => {
      settle();
      resolve({ status, stdout: Buffer.concat(stdout), stderr, isSilent });
    });
  });
}

/**
 * Starts git, for whoever talks with it. It is its own group, without a terminal, where
 * `isGroup` says so.
 */
export function startGit(
  args: readonly string[],
  options: GitOptions,
  isGroup = false,
): GitProcess {
  return start("git", [...GIVEN, ...args], options, isGroup);
}

/** What gives objects to whoever asks for them (git-cat-file(1)). */
const GIVES_OBJECTS = ["cat-file", "--batch"];

export function startGitObjects(options: GitOptions): GitProcess {
  return startGit(GIVES_OBJECTS, options);
}

/**
 * Starts a git that answers, and when it has, in its place one that gives objects: to start
 * another process takes Node longer than both take. A NUL is between what they print. Where the
 * first says no, that is the status; where there is no git, it is `NO_PROGRAM`.
 * @returns `null` where there is no shell for it.
 */
export function startGitObjectsAfter(
  args: readonly string[],
  options: GitOptions,
): GitProcess | null {
  if (!existsSync(SHELL)) return null;
  const settings = GIVEN.join(" ");
  const script = [
    // `command`, because the user's shell may have a function of the same name.
    `command git ${settings} "$@" </dev/null || exit`,
    "printf '\\000'",
    `exec git ${settings} ${GIVES_OBJECTS.join(" ")}`,
  ].join("\n");
  return start(SHELL, ["-c", script, "sh", ...args], options);
}

const SHELL = "/bin/sh";
/** Of a shell (POSIX, "Exit Status for Commands"). */
export const NO_PROGRAM = 127;

function start(
  program: string,
  args: readonly string[],
  { directory, environment }: GitOptions,
  isGroup = false,
): GitProcess {
  const git = spawn(program, args, {
    cwd: directory,
    env: { ...inheritedEnvironment(), ...FIXED, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
    detached: isGroup && process.platform !== "win32",
    windowsHide: true,
  });
  // Who ends early breaks the pipe: its status says why.
  git.stdin.on("error", () => {});
  return git;
}

/** OpenSSH asks nobody; another program of the user's has settings of its own. */
export async function sshVariables(directory: string): Promise<Readonly<Record<string, string>>> {
  const { GIT_SSH_COMMAND, GIT_SSH } = process.env;
  const configured = await runGit(["config", "--get", "core.sshCommand"], { directory });
  const own = GIT_SSH_COMMAND ?? configured.stdout.toString().trim();
  if (own === "" && GIT_SSH !== undefined) return {};
  const command = own === "" ? "ssh" : own;
  const isOpenSsh = /^(?:\S*[\\/])?ssh(?:\.exe)?(?:\s|$)/.test(command);
  return isOpenSsh ? { GIT_SSH_COMMAND: `${command} -oBatchMode=yes` } : {};
}

const LONGEST_STDERR = 64 << 10;

/** No hook, no daemon, no upkeep in the background, no submodule. */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "fetch.recurseSubmodules=false",
  "push.recurseSubmodules=no",
];

const GIVEN = SETTINGS.flatMap((setting) => ["-c", setting]);

const FIXED = { LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" };

/**
 * What of git's variables is about people, networks and where git looks for settings.
 * The others are about one repository or one run: within a hook, that of the hook.
 */
const INHERITED =
  /^GIT_(?:SSH(?:_COMMAND|_VARIANT)?|ASKPASS|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|SSL_\w+|HTTP_\w+|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL))$/;

/** Without SSH_ASKPASS no window opens and asks. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([key]) => {
    const name = key.toUpperCase();
    return name.startsWith("GIT_") ? INHERITED.test(name) : name !== "SSH_ASKPASS";
  });
  return Object.fromEntries(kept);
}

function watchSilence(
  milliseconds: number | undefined,
  end: () => void,
): { heard(): void; stop(): void } {
  if (milliseconds === undefined) return { heard() {}, stop() {} };
  const timer = setTimeout(end, milliseconds);
  return { heard: () => timer.refresh(), stop: () => clearTimeout(timer) };
}

// --- groups: git starts ssh and programs of its own, which outlive it ----------

/** How long git has to remove what it has half written. */
const GRACE_MILLISECONDS = 1000;

function endGroup(git: GitProcess): void {
  signalGroup(git, "SIGTERM");
  const timer = setTimeout(() => signalGroup(git, "SIGKILL"), GRACE_MILLISECONDS);
  git.once("close", () => clearTimeout(timer));
}

function signalGroup(git: GitProcess, signal: NodeJS.Signals): void {
  if (git.pid === undefined) return;
  try {
    if (process.platform === "win32") git.kill(signal);
    else process.kill(-git.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

const running = new Set<GitProcess>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A group of its own does not get the signals of our terminal: it gets them from us. */
function endWithUs(git: GitProcess): () => void {
  if (running.size === 0) {
    for (const signal of SIGNALS) process.on(signal, passOn);
    process.on("exit", endAll);
  }
  running.add(git);
  return () => {
    running.delete(git);
    if (running.size === 0) stopListening();
  };
}

/** Without a listener of somebody else, the signal does what it does without ours. */
function passOn(signal: NodeJS.Signals): void {
  endAll();
  if (process.listenerCount(signal) > 1) return;
  stopListening();
  process.kill(process.pid, signal);
}

function endAll(): void {
  for (const git of running) signalGroup(git, "SIGTERM");
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, passOn);
  process.off("exit", endAll);
}
