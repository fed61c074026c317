/**
 * The commit that a name means: from the repository, or else fetched from where it was
 * cloned. What is fetched is the commit alone, and no reference is written for it.
 */
import { escapeText } from "@ouverture/core";
import { runGit, sshVariables } from "../git/git-process.js";
import type { GitRepository } from "../git/git-repository.js";

export interface CommitOptions {
  readonly offline: boolean;
  /** Milliseconds that git waits for a sign of life. */
  readonly timeout: number;
}

/** The full id of a commit, or why it is not to be had, as a sentence. */
export type FoundCommit = { readonly commit: string } | { readonly missing: string };

/** Where the default branch of a repository is looked for, the nearest first. */
const DEFAULT_BRANCHES = [
  "upstream/HEAD",
  "origin/HEAD",
  "upstream/main",
  "upstream/master",
  "origin/main",
  "origin/master",
];

/** Finds a commit by its name: an id, a branch, a tag, or what else git understands. */
export async function findCommit(
  repository: GitRepository,
  name: string,
  options: CommitOptions,
): Promise<FoundCommit> {
  if (/^0+$/.test(name)) return { missing: "It is the id of no commit: there was none before." };
  if (name === "" || name.startsWith("-") || /[\0\n]/.test(name)) {
    return { missing: "It is no name of a commit." };
  }
  const known = await resolveCommit(repository, name);
  if (known !== null) return { commit: known };
  if (!/^[0-9a-f]{40,64}$/.test(name)) {
    const remote = await resolveCommit(repository, `refs/remotes/origin/${name}`);
    if (remote !== null) return { commit: remote };
  }
  if (options.offline) return { missing: "Nothing is fetched offline." };
  return fetchCommit(repository, name, options);
}

/** The commit of the default branch of where the repository was cloned from, as far as it is known. */
export async function findDefaultBase(
  repository: GitRepository,
): Promise<FoundCommit & { name: string }> {
  for (const branch of DEFAULT_BRANCHES) {
    const commit = await resolveCommit(repository, `refs/remotes/${branch}`);
    if (commit !== null) return { name: branch, commit };
  }
  const missing = "No remote branch is known here. Name the base: --base main.";
  return { name: "origin/HEAD", missing };
}

/** The full id; `null` where the repository has no such commit. */
export async function resolveCommit(
  repository: GitRepository,
  name: string,
): Promise<string | null> {
  const output = await repository.askOr(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  const id = output?.toString("latin1").trim() ?? "";
  if (!/^[0-9a-f]{40,64}$/.test(id)) return null;
  // Of a full id git does not look whether it is there.
  return (await repository.askOr(["cat-file", "-e", `${id}^{commit}`])) === null ? null : id;
}

async function fetchCommit(
  repository: GitRepository,
  name: string,
  { timeout }: CommitOptions,
): Promise<FoundCommit> {
  const remote = await findRemote(repository);
  if (remote === null) return { missing: "There is no remote repository to fetch it from." };
  const { directory } = repository.place;
  const environment = {
    ...repository.place.environment,
    ...(await sshVariables(directory)),
    GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",
  };
  const run = (args: readonly string[]) =>
    runGit(args, { directory, environment, silence: timeout });
  const branch = name.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, "").replace(`${remote}/`, "");
  let id: string | undefined = name;
  if (!/^[0-9a-f]{40,64}$/.test(name)) {
    const patterns = [`refs/heads/${branch}`, `refs/tags/${branch}`, `refs/tags/${branch}^{}`];
    const listed = await run(["ls-remote", "--", remote, ...patterns]);
    if (listed.status !== 0) return { missing: sentence(listed.stderr) };
    // Of a tag with a text, the commit that it is of comes last.
    const lines = listed.stdout.toString("utf8").trim().split("\n");
    id = (lines.find((line) => line.endsWith(`\trefs/heads/${branch}`)) ?? lines.at(-1))?.split(
      "\t",
    )[0];
    if (!id)
      return { missing: `The remote repository ${escapeText(remote)} has no such branch or tag.` };
  }
  const depth = (await isShallow(repository)) ? ["--depth=1"] : [];
  const fetched = await run([
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    ...depth,
    "--",
    remote,
    id,
  ]);
  const commit = await resolveCommit(repository, id);
  if (commit !== null) return { commit };
  return {
    missing: fetched.isSilent ? "The remote repository does not answer." : sentence(fetched.stderr),
  };
}

/** In a whole clone a fetch at a depth would cut off its history. */
async function isShallow(repository: GitRepository): Promise<boolean> {
  const output = await repository.askOr(["rev-parse", "--is-shallow-repository"]);
  return output?.toString("latin1").trim() === "true";
}

/** `origin`, or the only one that there is. */
async function findRemote(repository: GitRepository): Promise<string | null> {
  const output = await repository.askOr(["remote"]);
  const remotes = (output?.toString("utf8") ?? "").split("\n").filter((name) => name !== "");
  if (remotes.includes("origin")) return "origin";
  const [only = null, ...others] = remotes;
  return others.length === 0 && !only?.startsWith("-") ? only : null;
}

function sentence(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const line = lines.find((one) => /^(?:fatal|error|ERROR): /.test(one)) ?? lines[0] ?? "";
  const said = escapeText(line.replace(/^(?:fatal|error|ERROR): /, "")).slice(0, 200);
  return `Git says "${said}".`;
}
