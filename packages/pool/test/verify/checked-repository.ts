/** Repositories for the tests of the check, in real git, with a home of their own. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "@ouverture/core";
import type { RepositoryOptions } from "../../src/verify/repository-options.js";
import { verifyRepository } from "../../src/verify-repository.js";
import { filesBelow, git, temporaryFolder, writeFiles } from "../folder.js";
import { filesOf, mean, spread } from "../store-suite-records.js";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A source that imports a function. */
export function importOf(hash: string, name = "f"): string {
  return `from ouverture.pool import object_${hash} as ${name}\n`;
}

/** The files of functions in the pool of a repository. */
export function poolFiles(...records: (typeof mean)[]): Record<string, string> {
  const files = records.flatMap((record) => [...filesOf(record)]);
  return Object.fromEntries(files.map(([path, text]) => [`.ouverture/${path}`, text]));
}

/** The path of the object of a function. */
export function objectOf({ object: { hash } }: typeof mean): string {
  return `.ouverture/objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}/object.json`;
}

/** A pool with two functions, and a file that imports them. */
export const SOUND: Files = {
  ...poolFiles(mean, spread),
  "a.py": importOf(spread.object.hash),
};

export interface CheckedRepository {
  readonly root: string;
  readonly home: string;
  /** Runs git in it. */
  git(...args: string[]): void;
  /** What git prints. */
  ask(...args: string[]): string;
  write(files: Files): void;
  /** Adds all, and commits; gives the id of the commit. */
  commit(message?: string): string;
  check(options?: Partial<RepositoryOptions>): Promise<Report>;
}

/** A repository with these files, none of them added. */
export function makeRepository(files: Files = SOUND, root = temporaryFolder()): CheckedRepository {
  git(root, "init", "-q", "-b", "main");
  return openRepository(root, files);
}

/** A folder that is there already. */
export function openRepository(root: string, files: Files = {}): CheckedRepository {
  writeFiles(root, files);
  const home = temporaryFolder();
  const ask = (...args: string[]): string => {
    const run = spawnSync("git", args, { cwd: root, encoding: "utf8" });
    return run.stdout.trim();
  };
  return {
    root,
    home,
    git: (...args) => git(root, ...args),
    ask,
    write: (more) => writeFiles(root, more),
    commit(message = "a commit") {
      git(root, "add", "-A");
      git(root, "commit", "-q", "--allow-empty", "-m", message);
      return ask("rev-parse", "HEAD");
    },
    check: (options = {}) =>
      verifyRepository({
        root,
        environment: { HOME: home, USERPROFILE: home },
        offline: true,
        today: "2026-06-15",
        ...options,
      }),
  };
}

/** What a report says: its outcome, and each finding as `code path:line`. */
export function told({ outcome, findings }: Report): string[] {
  const lines = findings.map(({ code, locations: [first] }) =>
    first === undefined ? code : `${code} ${first.path}:${first.line}`,
  );
  return [outcome, ...lines];
}

/** The codes of the notices, with why everything was checked. */
export function noticed({ notices }: Report): string[] {
  return notices.map(({ code, data }) => ("why" in data ? `${code} ${data.why}` : code));
}

/** Everything in a folder, also git's own files: their paths, kinds, times and contents. */
export function fingerprint(root: string): string {
  const hash = createHash("sha256");
  for (const path of filesBelow(root)) {
    const full = join(root, path);
    const stats = lstatSync(full, { bigint: true });
    hash.update(`${path}\0${stats.mode} ${stats.size} ${stats.mtimeNs} ${stats.ino}\0`);
    if (stats.isSymbolicLink()) hash.update(readlinkSync(full));
    else if (stats.isFile()) hash.update(readFileSync(full));
  }
  return hash.digest("hex");
}
