/**
 * The Pythons of this machine that start: `python3`, and python3.9 to 3.14 (and pyenv's); and 3.14 as
 * WebAssembly, where there is none.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Interpreter {
  /** Such as 3.12. */
  readonly version: string;
  readonly path: string;
}

const OLDEST = 9;
const NEWEST = 14;
const NAMES = Array.from(
  { length: NEWEST - OLDEST + 1 },
  (_, index) => `python3.${OLDEST + index}`,
);

const OF_NPM = fileURLToPath(new URL("python314.mjs", import.meta.url));

const TELL = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)";

/** One interpreter for each version, that of `python3` first. */
export const interpreters: readonly Interpreter[] = findInterpreters();

function findInterpreters(): Interpreter[] {
  const found = new Map<string, Interpreter>();
  for (const command of ["python3", ...NAMES, ...ofPyenv(), OF_NPM]) {
    const interpreter = ask(command);
    if (interpreter !== null && !found.has(interpreter.version)) {
      found.set(interpreter.version, interpreter);
    }
  }
  return [...found.values()];
}

/** pyenv's stand on no PATH, and what it puts there starts one version alone. */
function ofPyenv(): string[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), ".pyenv"), "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions).map((version) => join(versions, version, "bin", "python3"));
}

/** What a command is; `null` where it does not start, or is no Python of these versions. */
function ask(command: string): Interpreter | null {
  const { status, stdout } = spawnSync(command, ["-c", TELL], { encoding: "utf8" });
  const [version = "", path = ""] = status === 0 ? stdout.trim().split("\n") : [];
  const minor = /^3\.(\d+)$/.exec(version)?.[1];
  if (minor === undefined || Number(minor) < OLDEST || Number(minor) > NEWEST) return null;
  return { version, path };
}
