/** Folders for the tests: made of a description, and gone afterwards. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder for one test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-pool-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), MOST_MILLISECONDS);
  return folder;
}

/** A slow disk takes its time for the many files of some tests. */
const MOST_MILLISECONDS = 600_000;

/** Writes files, by their paths with `/`. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Runs git in a folder, untouched by the settings of the machine. */
export function git(folder: string, ...args: string[]): void {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
  const run = spawnSync("git", args, { cwd: folder, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
}

export const hasGit = spawnSync("git", ["--version"]).status === 0;

export function makePipe(path: string): void {
  const run = spawnSync("sh", ["-c", 'mkfifo "$0"', path]);
  if (run.status !== 0) throw new Error(`no pipe at ${path}`);
}

/** The paths of the files below a folder, with `/`, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Mounts a small file system of its own over a folder, for one test. */
export function mountTemporary(
  folder: string,
  options: string,
): { remount(options: string): void } {
  mount(folder, options);
  onTestFinished(() => unmount(folder));
  return { remount: (other) => mount(folder, `remount,${other}`) };
}

/** Is this the super-user of a system that has such file systems? */
export const canMount = tryMount();

function tryMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), "ouverture-mount-"));
  try {
    mount(folder, "size=1m");
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function mount(folder: string, options: string): void {
  const program = 'mount -t tmpfs -o "$0" tmpfs "$1"';
  const run = spawnSync("sh", ["-c", program, options, folder], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`no file system at ${folder}: ${run.stderr}`);
}

function unmount(folder: string): void {
  spawnSync("sh", ["-c", 'umount "$0"', folder]);
}
