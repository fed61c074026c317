/** What git says of the user's settings and of the repository, such as where its hooks are. */
import { spawnSync } from "node:child_process";
import type { Environment } from "../configuration/locations.js";

/** What git prints, without the last line break; `null` where there is no git, or it has no answer. */
export function askGit(
  directory: string,
  environment: Environment,
  args: readonly string[],
): string | null {
  const { status, stdout } = spawnSync("git", args, {
    cwd: directory,
    env: { ...environment, LC_ALL: "C" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  const line = stdout?.replace(/\r?\n$/, "") ?? "";
  return status === 0 && line !== "" ? line : null;
}
