/** Repositories for the tests of git registries: made, changed by others, and looked into. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished, vi } from "vitest";
import { type GitSettings, openGitRegistry } from "../../src/git/git-registry.js";
import {
  type Added,
  type FunctionRecord,
  type FunctionStore,
  type Refused,
  StoreError,
} from "../../src/store.js";
import { temporaryFolder } from "../folder.js";
import { AUTHOR } from "./git-author.js";

/** Git for the tests of a file: untouched by the settings of the machine. */
export function useOwnGit(): void {
  beforeAll(() => {
    for (const key of Object.keys(process.env)) {
      if (key.startsWith("GIT_")) vi.stubEnv(key, undefined);
    }
    for (const [key, value] of Object.entries(OWN_GIT)) vi.stubEnv(key, value);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
}

const OWN_GIT = {
  HOME: "/nowhere",
  XDG_CONFIG_HOME: "/nowhere",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** An empty repository that others push to; shows `main`. */
export function makeRemote(...options: readonly string[]): string {
  const remote = join(temporaryFolder(), "remote.git");
  mkdirSync(remote);
  runGit(remote, "init", "-q", "--bare", "-b", "main", ...options, ".");
  runGit(remote, "config", "core.fsync", "none");
  return remote;
}

/** A registry on this machine, which ends with the test; its cache is its own. */
export function openRegistry(
  remote: string,
  settings: Partial<GitSettings> = {},
): FunctionStore & { readonly cache: string } {
  const cache = settings.cache ?? temporaryFolder();
  const url = `git+file://${remote}`;
  const store = openGitRegistry({ name: "team", url, cache, identity: AUTHOR, ...settings });
  onTestFinished(() => store.close());
  return { ...store, cache };
}

/** Adds functions, and gives what became of each. */
export async function addTo(
  store: FunctionStore,
  ...records: readonly FunctionRecord[]
): Promise<(Added | Refused)[]> {
  const answers: (Added | Refused)[] = [];
  for await (const answer of store.add(records)) answers.push(answer);
  return answers;
}

/** Runs git as another person does, and gives what it prints. */
export function runGit(folder: string, ...args: readonly string[]): string {
  return runGitWith({}, folder, ...args);
}

/** The same, with variables. */
export function runGitWith(
  variables: Readonly<Record<string, string>>,
  folder: string,
  ...args: readonly string[]
): string {
  const settings = ["user.name=b", "user.email=b@example.org", "core.autocrlf=false"];
  const all = [...settings.flatMap((setting) => ["-c", setting]), ...args];
  const env = { ...process.env, ...variables };
  const run = spawnSync("git", all, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
  return run.stdout;
}

/** Lets `edit` change the tree of a branch, and commits that, as somebody with a checkout does. */
export async function changeRemote(
  remote: string,
  branch: string,
  edit: (tree: string) => void | Promise<void>,
): Promise<void> {
  const tree = temporaryFolder();
  const index = join(remote, `index-${randomBytes(4).toString("hex")}`);
  const variables = { GIT_DIR: remote, GIT_WORK_TREE: tree, GIT_INDEX_FILE: index };
  const git = (...args: readonly string[]): string => runGitWith(variables, tree, ...args).trim();
  const isThere = git("branch", "--list", branch) !== "";
  if (isThere) {
    git("read-tree", branch);
    git("checkout-index", "-a");
  }
  await edit(tree);
  git("add", "-A", "-f", ".");
  const parent = isThere ? ["-p", branch] : [];
  const commit = git("commit-tree", "-m", "change", ...parent, git("write-tree"));
  git("update-ref", `refs/heads/${branch}`, commit);
  rmSync(index, { force: true });
}

/** The paths in a branch, sorted. */
export function pathsIn(remote: string, branch: string): string[] {
  return runGit(remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0").slice(0, -1);
}

/** A file in a branch. */
export function fileIn(remote: string, branch: string, path: string): string {
  return runGit(remote, "cat-file", "blob", `${branch}:${path}`);
}

/** The error with which a store fails; fails itself where it does not. */
export async function failureOf(doing: Promise<unknown>): Promise<StoreError> {
  const error = await doing.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StoreError)) throw new Error(`no StoreError: ${error}`);
  return error;
}
