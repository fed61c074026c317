/**
 * The repository that a folder is in, asked through git and never written to: no lock, no
 * refreshed index, no checkout. What is read is what a commit names: replaced objects are
 * not looked at, and with `offline` nothing is fetched on the way.
 */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { escapeText } from "@ouverture/core";
import type { Environment } from "../configuration/locations.js";
import { errorCode, lookAt } from "../directory/safe-file.js";
import type { GitPlace } from "./git-cache.js";
import { askBeforeObjects, type GitObjects } from "./git-objects.js";
import { type GitRun, NO_PROGRAM, runGit } from "./git-process.js";
import {
  type HookVariables,
  hookVariables,
  isWithinHook,
  withoutPlace,
} from "./hook-environment.js";

export interface GitRepository {
  /** The folder, and the variables that git is run with. */
  readonly place: GitPlace;
  /** Where the folder is below the top of the working tree: empty, or with `/` at its end. */
  readonly prefix: string;
  /** What git prints. Throws a `RepositoryError` where it says no. */
  ask(args: readonly string[]): Promise<Buffer>;
  /** What git prints; `null` where it says no. */
  askOr(args: readonly string[]): Promise<Buffer | null>;
  /** As `ask`, for an answer of `--raw -z`, and as `openGitObjects`: with one start of git. */
  askAndOpenObjects(args: readonly string[]): {
    readonly answer: Promise<Buffer>;
    readonly objects: GitObjects;
  };
}

export interface GitRepositoryOptions {
  readonly environment?: Environment | undefined;
  /** The variables of a hook that we run in are heeded, where they are about this repository. */
  readonly inheritGit?: boolean | undefined;
  /** The folder that we run in. */
  readonly directory?: string | undefined;
  /** Objects that a partial clone has left out are not fetched. */
  readonly offline?: boolean | undefined;
  /**
   * Without a repository nothing can be done: where `root` has a folder `.git`, git is not asked
   * first whether it is one, which takes as long as a short question. It says so when it is asked.
   */
  readonly isNeeded?: boolean | undefined;
}

/** A repository that cannot be read. `message` is one sentence, for people. */
export class RepositoryError extends Error {
  override readonly name = "RepositoryError";
}

/**
 * The repository around the folder `root`; `null` where there is none, or no git. Throws a
 * `RepositoryError` where git refuses to read it.
 */
export async function openGitRepository(
  root: string,
  options: GitRepositoryOptions = {},
): Promise<GitRepository | null> {
  const { environment = {}, directory = process.cwd(), inheritGit = false } = options;
  const always = {
    GIT_NO_REPLACE_OBJECTS: "1",
    ...(options.offline === true ? { GIT_NO_LAZY_FETCH: "1" } : {}),
  };
  const place = { directory: root, environment: always };
  // Which repository a hook is about, git has to say where its variables name one.
  const seen = options.isNeeded === true && !environment.GIT_DIR ? seenDirectory(root) : null;
  const found = seen ?? (await findGit(place));
  if (!inheritGit || !isWithinHook(environment) || found === "no-git") {
    return typeof found === "string" ? null : repositoryAt(place, found);
  }
  const inherited = hookVariables(environment, directory);
  const variables =
    typeof found === "string" ? inherited : await ownVariables(root, found.directory, inherited);
  const hooked = { directory: root, environment: { ...always, ...variables } };
  const foundByHook = seen ?? (await findGit(hooked));
  return typeof foundByHook === "string" ? null : repositoryAt(hooked, foundByHook);
}

/** The folder of git, where it stands in `root` as `git init` makes it. */
function seenDirectory(root: string): FoundGit | null {
  const directory = join(root, ".git");
  if (lookAt(directory)?.isDirectory() !== true) return null;
  const isWhole = OF_REPOSITORY.every((name) => lookAt(join(directory, name)) !== undefined);
  return isWhole ? { directory, prefix: "" } : null;
}

/** What a folder of git has (gitrepository-layout(5)): without it git looks further up. */
const OF_REPOSITORY = ["HEAD", "objects", "refs"];

/**
 * The variables that count for the repository that was found in `root` without them: none
 * where they are about another one, as where a hook looks into a second repository.
 */
async function ownVariables(
  root: string,
  own: string,
  inherited: HookVariables,
): Promise<HookVariables> {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY } = inherited;
  const named = GIT_DIR ?? GIT_INDEX_FILE ?? GIT_OBJECT_DIRECTORY;
  if (named === undefined) return withoutPlace(inherited);
  if (GIT_DIR === undefined) return isBelow(named, own) ? withoutPlace(inherited) : {};
  const found = await findGit({ directory: root, environment: inherited });
  if (typeof found === "string" || found.directory !== own) return {};
  return withoutPlace(inherited);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) || realpathOr(path).startsWith(`${realpathOr(folder)}/`);
}

/** The file of an index may not be there yet. */
function realpathOr(path: string): string {
  const [, folder = "", name = ""] = /^(.*)([\\/][^\\/]*)$/.exec(path) ?? [];
  try {
    return (folder === "" ? "" : realpathSync(folder)) + name;
  } catch {
    return path;
  }
}

function repositoryAt(place: GitPlace, { prefix }: FoundGit): GitRepository {
  async function done(running: Promise<GitRun>): Promise<GitRun> {
    try {
      return await running;
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw error;
      throw new RepositoryError(NO_GIT, { cause: error });
    }
  }

  async function printed(running: Promise<GitRun>): Promise<Buffer> {
    const { status, stdout, stderr } = await done(running);
    if (status === 0) return stdout;
    throw status === NO_PROGRAM ? new RepositoryError(NO_GIT) : refusal(place.directory, stderr);
  }

  return {
    place,
    prefix,
    ask: (args) => printed(runGit(args, place)),
    async askOr(args) {
      const { status, stdout } = await done(runGit(args, place));
      return status === 0 ? stdout : null;
    },
    askAndOpenObjects(args) {
      const { answer, objects } = askBeforeObjects(place, args);
      return { answer: printed(answer), objects };
    },
  };
}

interface FoundGit {
  /** The folder of git. */
  readonly directory: string;
  readonly prefix: string;
}

/** Throws a `RepositoryError` for a repository that git refuses to read. */
async function findGit(place: GitPlace): Promise<FoundGit | "no-git" | "no-repository"> {
  try {
    const args = ["rev-parse", "--absolute-git-dir", "--show-prefix"];
    const { status, stdout, stderr } = await runGit(args, place);
    if (status === 0) {
      const [directory = "", prefix = ""] = stdout.toString().split(/\r?\n/);
      return { directory, prefix };
    }
    if (/not a git repository/i.test(stderr)) return "no-repository";
    throw refusal(place.directory, stderr);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "no-git";
    throw error;
  }
}

const NO_GIT =
  "There is no program git, and only it can say what is in a repository. Install git (git-scm.com), and run this again.";

function refusal(root: string, stderr: string): RepositoryError {
  const [first = ""] = stderr.trim().split("\n");
  const said = escapeText(first.replace(/^(?:fatal|error|warning): /, "")).slice(0, 300);
  const todo = /dubious ownership/.test(stderr)
    ? "Say that you trust it: git config --global --add safe.directory <folder>."
    : "See that git can read it, and run this again.";
  return new RepositoryError(
    `The repository '${escapeText(root)}' cannot be read: git says "${said}". ${todo}`,
  );
}
