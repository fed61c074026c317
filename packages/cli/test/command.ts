/** The command as tests run it, and copies of the example to change. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { InputStream, OutputStream } from "../src/outside.js";
import { run } from "../src/run.js";

export const market = fileURLToPath(new URL("../../../examples/market", import.meta.url));

/** The time of day in all tests. */
export const NOW = new Date("2026-01-31T12:00:00Z");

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Besides `HOME`, an empty folder where it is not given, and a git without settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Are all three streams a terminal? */
  readonly isTerminal?: boolean;
  /** Of the terminal, in columns. */
  readonly width?: number;
  /** What stands on the standard input, where that is no terminal. */
  readonly input?: string;
  /** What somebody at the terminal types, one piece at each question and after each refusal. */
  readonly answers?: readonly string[];
  /** What Ctrl-C would abort. */
  readonly signal?: AbortSignal;
  /** The time of day; without it, it stands still. */
  readonly now?: () => Date;
}

/** Runs the command in a folder. */
export async function ouverture(
  directory: string,
  args: readonly string[],
  { environment = {}, isTerminal = false, width, input, answers, signal, now }: Surroundings = {},
): Promise<Outcome> {
  const stdin = isTerminal ? terminalInput() : Readable.from(input === undefined ? [] : [input]);
  const typed = [...(answers ?? [])];
  const stdout = collect(isTerminal, width);
  const stderr = collect(isTerminal, width, (chunk) => {
    // The cursor is hidden where a question begins.
    const isQuestion = chunk.includes("\u001b[?25l") || chunk.includes("▲");
    const answer = isQuestion ? typed.shift() : undefined;
    if (answer !== undefined && stdin instanceof PassThrough) {
      setImmediate(() => stdin.write(answer));
    }
  });
  const status = await run(args, {
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    directory,
    environment: { ...isolated(environment.HOME), ...environment },
    now: now ?? (() => NOW),
    interruption: () => signal ?? new AbortController().signal,
  });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

/** Variables that keep a command, and the git it runs, from the settings of this machine. */
export function isolated(home = temporaryFolder()): Record<string, string> {
  return {
    HOME: home,
    USERPROFILE: home,
    PATH: process.env.PATH ?? "",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the example, for one test. */
export function copyOfMarket(): string {
  const folder = temporaryFolder();
  cpSync(market, folder, { recursive: true });
  return folder;
}

/** An output that remembers. */
function collect(
  isTTY: boolean,
  columns = 80,
  notice: (chunk: string) => void = () => {},
): { stream: OutputStream; text: () => string } {
  let written = "";
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      written += String(chunk);
      notice(String(chunk));
      done();
    },
  });
  return {
    stream: isTTY ? Object.assign(stream, { isTTY, columns, rows: 24 }) : stream,
    text: () => written,
  };
}

/** A terminal does not end where what was typed ends. */
function terminalInput(): InputStream & PassThrough {
  return Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
}
