/** The programs that ouverture runs in or with: Node, git, Python. */
import { spawnSync } from "node:child_process";
import { bad, type Check, good, warning } from "@ouverture/pool";
import ownPackage from "../../package.json" with { type: "json" };
import type { Outside } from "../outside.js";

export function checkPrograms({ environment, directory }: Outside): Check[] {
  const versionOf = (program: string): string | null => {
    const { status, stdout } = spawnSync(program, ["--version"], {
      cwd: directory,
      env: environment,
      encoding: "utf8",
      windowsHide: true,
    });
    return status === 0 ? (/\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? null) : null;
  };
  return [checkNode(process.versions.node), checkGit(versionOf("git")), checkPython(versionOf)];
}

export function checkNode(version: string): Check {
  const least = ownPackage.engines.node.replace(/^>=/, "");
  if (isAtLeast(version, least)) return good("Node", version);
  return bad("Node", `${version} is too old`, `Install ${least} or later.`);
}

/** The first that has all that git registries use. */
const LEAST_GIT = "2.30.0";

function checkGit(version: string | null): Check {
  if (version === null) {
    return warning("git", "is not there", "Install it to use git registries and the hook.");
  }
  if (isAtLeast(version, LEAST_GIT)) return good("git", version);
  return warning("git", `${version} is old`, `Install ${LEAST_GIT} or later for git registries.`);
}

function checkPython(versionOf: (program: string) => string | null): Check {
  const version = versionOf("python3") ?? versionOf("python");
  if (version !== null && isAtLeast(version, "3.0")) return good("Python", version);
  return warning(
    "Python",
    version === null ? "is not there" : `${version} is too old`,
    "Nothing here needs it; the functions do, when they run.",
  );
}

function isAtLeast(version: string, least: string): boolean {
  const has = version.split(".").map(Number);
  const needs = least.split(".").map(Number);
  for (const [index, need] of needs.entries()) {
    const part = has[index] ?? 0;
    if (part !== need) return part > need;
  }
  return true;
}
