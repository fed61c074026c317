/** Starts the package `ouverture` of Python, which this package carries: nothing has to be installed. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { InputStream } from "../outside.js";
import type { Session } from "../session.js";

export interface PythonRun {
  readonly status: number;
  /** What it wrote, where that was asked for. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface PythonOptions {
  readonly program: string;
  /** The arguments of `python -m ouverture`. */
  readonly args: readonly string[];
  /** Is its output given back, and not shown? Then it has no input either. */
  readonly isQuiet?: boolean;
}

/** Runs it to its end, in the folder of the command and with the languages of the reader. */
export async function startPython(options: PythonOptions, session: Session): Promise<PythonRun> {
  const { program, args, isQuiet = false } = options;
  const { outside } = session;
  const { user } = await session.configuration();
  const { stdin, stdout, stderr } = outside;
  const child = spawn(program, ["-c", LAUNCH, packageFolder(), ...args], {
    cwd: outside.directory,
    env: { ...outside.environment, OUVERTURE_LANGUAGES: user.languages.join(" "), ...UTF8 },
    stdio: isQuiet ? ["ignore", "pipe", "pipe"] : channelOf(stdin),
    windowsHide: true,
  });
  if (!isQuiet) connect(stdin, child.stdin);
  const written = { stdout: "", stderr: "" };
  receive(child.stdout, (text) => {
    if (isQuiet) written.stdout += text;
    else stdout.write(text);
  });
  receive(child.stderr, (text) => {
    if (isQuiet) written.stderr += text;
    else stderr.write(text);
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? INTERRUPTED : 1)));
  });
  return { status, ...written };
}

/** As shells have it: 128 and the number of the signal. */
const INTERRUPTED = 130;

/** The folder of the command, where anything may lie, is not looked in for modules. */
const LAUNCH =
  "import sys; sys.path[0] = sys.argv.pop(1); from ouverture.__main__ import main; main()";

const UTF8 = { PYTHONIOENCODING: "utf-8" };

/** Beside the bundle, or in the sources of this repository. */
function packageFolder(): string {
  const bundled = join(import.meta.dirname, "python");
  const isBundle = existsSync(join(bundled, "ouverture", "__init__.py"));
  return isBundle ? bundled : join(import.meta.dirname, "../../../python/src");
}

/** The streams of the process are handed over as they are, so that a terminal stays one. */
function channelOf(stdin: InputStream): "inherit" | "pipe" {
  return "fd" in stdin && typeof stdin.fd === "number" ? "inherit" : "pipe";
}

function connect(from: InputStream, to: Writable | null): void {
  if (to === null) return;
  // Who does not read its input ends the pipe.
  to.on("error", () => {});
  from.pipe(to);
}

function receive(from: Readable | null, take: (text: string) => void): void {
  from?.setEncoding("utf8").on("data", take);
}
