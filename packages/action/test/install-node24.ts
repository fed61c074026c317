/** Brings Node 24 before the first test, from npm and by its lock file. Without a network it is not there. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("node24", import.meta.url));

export function setup(): void {
  if (process.versions.node.startsWith("24.") || existsSync(`${folder}/node_modules`)) return;
  spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
