// What the scripts of this folder share. Plain Node without dependencies, because they run
// before anything is installed: `npm start` and `npm test` prepare a fresh clone by themselves.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const environment = {
  ...process.env,
  // Packages installed in the workspace are found by name, as in an npm script.
  PATH: `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
};

/** Runs a program with this terminal's input and output; gives its exit status. */
export function run(command, args, options) {
  return spawn(command, args, options).status;
}

function spawn(command, args, options) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: "inherit",
    shell: process.platform === "win32" && command !== process.execPath,
    ...options,
  });
  if (error) console.error(`${command}: ${error.message}`);
  return { status: status ?? 1, stdout };
}

/** Runs a program that must succeed: this process ends with its status where it does not. */
function mustRun(command, args, options) {
  const status = run(command, args, options);
  if (status !== 0) process.exit(status);
}

/**
 * Installs the dependencies where they are not those of package-lock.json. No package runs a
 * script of its own: none needs to, and prepare.mjs is all that ours does.
 */
export function install() {
  if (isInstalled()) return;
  console.log("Installing the dependencies (npm ci) ...");
  mustRun("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  mustRun(process.execPath, [join(root, "scripts/prepare.mjs")]);
}

/** Builds the packages whose sources changed since they were last built; turbo knows which. */
export function build() {
  const { status, stdout } = spawn("turbo", ["run", "build", "--output-logs=errors-only"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return;
  console.error(stdout);
  process.exit(1);
}

/**
 * Whether node_modules holds what package-lock.json says. npm writes what it installed to
 * node_modules/.package-lock.json; packages of other platforms are not in it.
 */
function isInstalled() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedFile, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}
