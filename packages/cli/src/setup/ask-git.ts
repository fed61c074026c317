/** What git says of the user's settings and of the repository, such as where its hooks are. */
import { spawnSync } from "node:child_process";
import type { Outside } from "../outside.js";

/** One line that git prints; `null` where there is no git, or it has no answer. */
export function askGit(
  directory: string,
  environment: Outside["environment"],
  args: readonly string[],
): string | null {
  const { status, stdout } = spawnSync("git", args, {
    cwd: directory,
    env: { ...environment, LC_ALL: "C" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  const line = stdout?.trim() ?? "";
  return status === 0 && line !== "" ? line : null;
}
