/** Node and the command: would a hook find them, also where no shell of the user has started it? */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Environment } from "@ouverture/pool";
import { bad, type Check, good, warning } from "@ouverture/pool";
import ownPackage from "../../package.json" with { type: "json" };
import type { RepositoryState } from "../install/repository-state.js";

export function checkPrograms(state: RepositoryState, environment: Environment): Check[] {
  return [
    checkNode(process.versions.node),
    ...checkCommand(state, environment),
    ...checkClients(state, environment),
  ];
}

export function checkNode(version: string): Check {
  const least = ownPackage.engines.node.replace(/^>=/, "");
  const [has, needs] = [version, least].map((one) => one.split(".").map(Number));
  const differing = [0, 1, 2].find((part) => has?.[part] !== needs?.[part]);
  const isNew = differing === undefined || (has?.[differing] ?? 0) > (needs?.[differing] ?? 0);
  return isNew
    ? good("Node", version)
    : bad("Node", `${version} is too old`, `Install ${least} or later.`);
}

/** The framework installs the command by itself; all others run that of the project. */
function checkCommand({ root, manager }: RepositoryState, environment: Environment): Check[] {
  if (manager === "pre-commit") return [];
  const name = "ouverture-precommit";
  const folders = [
    join(root, "node_modules", ".bin"),
    ...(environment.PATH ?? "").split(delimiter),
  ];
  const found = folders.find((folder) => folder !== "" && existsSync(join(folder, name)));
  if (found !== undefined) return [good("the command", join(found, name))];
  return [
    bad(
      "the command",
      `'npx --no-install ${name}' would not find it: no commit would go through`,
      "npm install --save-dev @ouverture/precommit, or 'npm install' where package.json has it.",
    ),
  ];
}

/** What a program with windows gives git, where no shell has set more. */
const CLIENT_PATH =
  process.platform === "darwin"
    ? "/usr/bin:/bin:/usr/sbin:/sbin"
    : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Runs what a hook runs first, with as little as a program with windows has. */
function checkClients({ hooksPath }: RepositoryState, environment: Environment): Check[] {
  if (process.platform === "win32") return [];
  const what = "git clients with windows";
  const home = environment.HOME ?? "";
  const file = join(environment.XDG_CONFIG_HOME || join(home, ".config"), "husky", "init.sh");
  const isHusky = hooksPath?.endsWith(".husky/_") === true;
  const script = `${isHusky ? '[ -f "$0" ] && . "$0"; ' : ""}command -v node && command -v npx`;
  const { status, stdout } = spawnSync("/bin/sh", ["-c", script, file], {
    env: { HOME: home, PATH: CLIENT_PATH },
    encoding: "utf8",
    timeout: 10_000,
  });
  if (status === 0) return [good(what, `they find ${stdout.split("\n")[0] ?? "node"}`)];
  const folder = dirname(process.execPath);
  const todo = isHusky
    ? `Put 'export PATH="${folder}:$PATH"' into '${file}', which husky reads.`
    : `Start them from a terminal, or link node and npx of '${folder}' into /usr/local/bin.`;
  return [warning(what, "they do not find Node, unless a terminal has started them", todo)];
}
