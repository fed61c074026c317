/** Real repositories of git, as GitHub has them and as actions/checkout lays them out. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isolated, temporaryFolder } from "./runner.js";

export const market = fileURLToPath(new URL("../../../examples/market", import.meta.url));

/** Functions of the example, in its pool. */
export const FUNCTIONS = {
  round_money: "fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a",
  clamp: "7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b",
  with_tax: "e031f7cffeab7e25fbeba40e1c9d31991d256cea28ec5c705a223cba0dc186fa",
  /** It depends on `with_tax`. */
  invoice_total: "1cb9b72164fef4302d8f13c70c53bd06515f12d8240bef5be1f3184236eaa75e",
  /** Three deep. */
  outliers: "e9c4b997761b067f4ffd2bdfd47fb421a1642fbcfd3d68263e17571878416110",
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** A line that imports a function. */
export function importOf(name: FunctionName): string {
  return `from ouverture.pool import object_${FUNCTIONS[name]} as ${name}\n`;
}

/** Where the pool has a function, relative to the repository. */
export function objectFileOf(name: FunctionName): string {
  const hash = FUNCTIONS[name];
  return `.ouverture/objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}/object.json`;
}

/** Content by path; `null` takes a file away. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

export interface Hosted {
  /** `file:///...`, to be fetched from. */
  readonly url: string;
  /** A clone of it with a working tree, in which it grows. */
  readonly work: string;
  /** Commits files on a branch, which is made from `from` where it is new, and pushes. */
  commit(branch: string, files: Files, from?: string): string;
  /** Merges a branch into another, as GitHub does for a pull request. */
  merge(into: string, branch: string, ref: string): string;
}

/** A repository that imports functions of examples/market, with the pool of these. */
export function hostMarket(files: Files = {}): Hosted {
  const folder = temporaryFolder();
  cpSync(makeTemplate(files), folder, { recursive: true });
  const bare = join(folder, "origin.git");
  const work = join(folder, "work");
  return {
    url: `file://${bare}`,
    work,
    commit(branch, changed, from) {
      git(work, ["switch", "--quiet", ...(from === undefined ? [branch] : ["-c", branch, from])]);
      writeFiles(work, changed);
      commitAll(work, `Change ${branch}`);
      git(work, ["push", "--quiet", "--force", "origin", branch]);
      return git(work, ["rev-parse", "HEAD"]);
    },
    merge(into, branch, ref) {
      git(work, ["switch", "--quiet", "--detach", into]);
      git(work, ["merge", "--quiet", "--no-ff", "--no-edit", branch]);
      git(work, ["push", "--quiet", "--force", "origin", `HEAD:${ref}`]);
      return git(work, ["rev-parse", "HEAD"]);
    },
  };
}

const templates = new Map<string, string>();

/** Most tests begin with the same repository, which is made once. */
function makeTemplate(files: Files): string {
  const key = JSON.stringify(Object.entries(files).map(([path, text]) => [path, String(text)]));
  const known = templates.get(key);
  if (known !== undefined) return known;
  const folder = temporaryFolder();
  const work = join(folder, "work");
  git(folder, ["init", "--quiet", "--bare", "--initial-branch=main", "origin.git"]);
  // As GitHub does.
  git(join(folder, "origin.git"), ["config", "uploadpack.allowAnySHA1InWant", "true"]);
  git(folder, ["init", "--quiet", "--initial-branch=main", work]);
  git(work, ["remote", "add", "origin", "../origin.git"]);
  cpSync(join(market, ".ouverture"), join(work, ".ouverture"), { recursive: true });
  writeFiles(work, { "shop/bill.py": importOf("round_money"), ...files });
  commitAll(work, "Begin");
  git(work, ["push", "--quiet", "origin", "main"]);
  templates.set(key, folder);
  return folder;
}

function commitAll(work: string, message: string): void {
  git(work, ["add", "--all", "--force"]);
  git(work, ["commit", "--quiet", "--allow-empty", "--message", message]);
}

/** Lays a commit out as actions/checkout does, of depth 1 where nothing else is said. */
export function checkOut(url: string, commit: string, depth = 1): string {
  const folder = temporaryFolder();
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  git(folder, ["remote", "add", "origin", url]);
  const shallow = depth === 0 ? [] : [`--depth=${depth}`];
  git(folder, ["fetch", "--quiet", "--no-tags", ...shallow, "origin", commit]);
  git(folder, ["checkout", "--quiet", "--force", "--detach", "FETCH_HEAD"]);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    if (content === null) {
      rmSync(file, { recursive: true, force: true });
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Runs git without any setting of this machine, at a time that never changes. */
export function git(directory: string, args: readonly string[]): string {
  const output = execFileSync("git", args, {
    cwd: directory,
    encoding: "utf8",
    env: {
      ...isolated(join(directory, "..", "no-home")),
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "Ana",
      GIT_AUTHOR_EMAIL: "ana@example.org",
      GIT_AUTHOR_DATE: "2026-01-31T12:00:00Z",
      GIT_COMMITTER_NAME: "Ana",
      GIT_COMMITTER_EMAIL: "ana@example.org",
      GIT_COMMITTER_DATE: "2026-01-31T12:00:00Z",
    },
  });
  return output.trim();
}
