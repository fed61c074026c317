/** The tools as users have them: the packed package, installed by npm, beside husky and lint-staged. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("../..", import.meta.url));
const workspace = fileURLToPath(new URL("../../../..", import.meta.url));

/** A package as npm publishes it. */
export interface Packed {
  /** Where its package.json is. */
  readonly home: string;
  readonly tarball: string;
}

export interface Toolbox {
  readonly folder: string;
  readonly packed: Packed;
  /** A folder `node_modules` with the package and with what the workspace has of the others. */
  readonly modules: string;
  readonly close: () => void;
}

/** Packs the package and installs it, without a network. */
export function openToolbox(): Toolbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-tools-")));
  const project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "name": "tools", "private": true }\n');
  const packed = packPackage(home, folder);
  npm(project, "install", "--silent", "--offline", "--no-audit", "--no-fund", packed.tarball);
  const modules = join(project, "node_modules");
  for (const name of ["husky", "lint-staged"]) {
    symlinkSync(join(workspace, "node_modules", name), join(modules, name));
    symlinkSync(join(workspace, "node_modules/.bin", name), join(modules, ".bin", name));
  }
  return {
    folder,
    packed,
    modules,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function packPackage(home: string, into: string): Packed {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", into];
  return { home, tarball: join(into, npm(home, ...args).trim()) };
}

export function npm(directory: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd: directory, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** A registry that has these packages, and nothing else. */
export async function openRegistry(
  ...packages: readonly Packed[]
): Promise<{ readonly url: string; readonly close: () => void }> {
  const script = fileURLToPath(new URL("registry.mjs", import.meta.url));
  const pairs = packages.flatMap(({ home, tarball }) => [home, tarball]);
  const child = spawn(process.execPath, [script, ...pairs], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data: Buffer) => resolve(data.toString().trim()));
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the registry has ended")));
  });
  return { url, close: () => child.kill() };
}

/** The version of a program; `null` where it is not there. */
export function versionOf(program: string): string | null {
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return status === 0 ? (/\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? null) : null;
}

/** prek, as its package has it for this machine; `null` where it has nothing for it. */
export function findPrek(): string | null {
  const program = join(workspace, "node_modules/.bin/prek");
  return versionOf(program) === null ? null : program;
}

/** A clone of the repository of hooks, as it is published. */
export function publishHooks(folder: string): string {
  const repository = join(folder, "hooks");
  const environment = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const run = (program: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(program, args, { env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  };
  run("git", "init", "-q", "-b", "main", repository);
  run(process.execPath, join(home, "scripts/hook-repository.mjs"), "publish", repository);
  return repository;
}
