/** Which Python runs functions: `--python`, `$OUVERTURE_PYTHON`, `python3`, else `python`. */
import { spawnSync } from "node:child_process";
import { fail } from "../failure.js";
import type { Outside } from "../outside.js";

/** The oldest that the package `ouverture` runs on. */
const OLDEST = [3, 9] as const;
const TELL = "import sys; print(*sys.version_info[:2])";

/** Gives the program. Fails where there is none, or the one that was named is none or too old. */
export function findPython(named: string | undefined, outside: Outside): string {
  const { OUVERTURE_PYTHON } = outside.environment;
  const wanted = named ?? (OUVERTURE_PYTHON || undefined);
  const least = OLDEST.join(".");
  if (wanted === undefined) {
    const found = ["python3", "python"].find((program) => isUsable(versionOf(program, outside)));
    if (found !== undefined) return found;
    fail(2, `There is no Python ${least} or later on the PATH.`, "Install one, or say --python.");
  }
  const version = versionOf(wanted, outside);
  const where = named === undefined ? "OUVERTURE_PYTHON" : "--python";
  if (version === null) fail(2, `'${wanted}' (${where}) is no Python that starts.`);
  if (!isUsable(version)) {
    fail(2, `'${wanted}' (${where}) is Python ${version.join(".")}.`, `Name ${least} or later.`);
  }
  return wanted;
}

function versionOf(program: string, { environment, directory }: Outside): number[] | null {
  const { status, stdout } = spawnSync(program, ["-c", TELL], {
    cwd: directory,
    env: environment,
    encoding: "utf8",
    windowsHide: true,
  });
  const version = /^(\d+) (\d+)\s*$/.exec(status === 0 ? stdout : "");
  return version === null ? null : version.slice(1).map(Number);
}

function isUsable(version: readonly number[] | null): boolean {
  const [major = 0, minor = 0] = version ?? [];
  return major === OLDEST[0] && minor >= OLDEST[1];
}
