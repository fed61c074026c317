/**
 * Adding to a git registry: commits on what the branch has, and a push; where somebody
 * else has pushed meanwhile, commits on theirs. Either all is pushed, or nothing.
 */
import pRetry from "p-retry";
import type { Added, FunctionRecord, Refused } from "../store.js";
import { DamagedCopy, type GitCache } from "./git-cache.js";
import type { GitClone, Snapshot } from "./git-clone.js";
import { gitError, startError } from "./git-failure.js";
import { type GitAuthor, type GitCommit, openGitImport } from "./git-import.js";
import { runGit } from "./git-process.js";
import { type Planned, type PlannedCommit, planCommits, planFunctions } from "./git-publish.js";
import type { GitRemote, Outrun } from "./git-remote.js";

export interface AddSettings {
  /** What people call the registry. */
  readonly name: string;
  readonly remote: GitRemote;
  readonly clone: GitClone;
  /** The folder of the pool in the repository. */
  readonly folder: string;
  /** Whose commits they are; else who git's settings say. */
  readonly identity: GitAuthor | undefined;
  /** How often it is tried again where others push meanwhile: some ten who never pause need 50. */
  readonly retries: number;
}

/** As `FunctionStore.add`, but all answers at once: there is one push for all. */
export async function addToGit(
  settings: AddSettings,
  records: Iterable<FunctionRecord> | AsyncIterable<FunctionRecord>,
): Promise<(Added | Refused)[]> {
  const { name, remote, clone } = settings;
  const first = await clone.refresh();
  try {
    const { cache, shown } = first;
    const { format } = await remote.branchToPush(cache.place, shown);
    if (format !== null && format !== cache.format) cache.setFormat(format);
    const store = openGitImport(name, cache, NEXT);
    const planned = await planFunctions(records, store).finally(() => store.finish(null, []));
    return await pushPlanned(settings, first, planned);
  } catch (error) {
    if (!(error instanceof DamagedCopy)) throw error;
    clone.discard();
    throw gitError(name, "written to", "its copy in the cache was damaged", "run it again", error);
  }
}

/** A reference of our own: nobody else sees it. */
const NEXT = "refs/ouverture/next";

/** Milliseconds between two tries: who waits for long is outrun again by those who do not. */
const WAITS = { minTimeout: 20, factor: 1.5, maxTimeout: 200, randomize: true };

/** Somebody else has pushed, or is just doing so. */
class OutrunError extends Error {
  override readonly name = "OutrunError";
}

async function pushPlanned(
  settings: AddSettings,
  first: Snapshot,
  planned: readonly Planned[],
): Promise<(Added | Refused)[]> {
  const { name, remote, clone, retries } = settings;
  let last: { readonly tip: string | null; readonly outrun: Outrun } | undefined;

  async function attempt(): Promise<(Added | Refused)[]> {
    const snapshot = last === undefined ? first : await clone.refresh();
    const { shown, cache, tree, pool } = snapshot;
    // Nobody else was there: it was refused for what it is.
    if (last?.tip === shown.tip && !last.outrun.isLocked) throw last.outrun.error;
    const { answers, commits } = await planCommits(tree, pool, planned);
    if (commits.length === 0) return answers;
    const { branch } = await remote.branchToPush(cache.place, shown);
    const author = settings.identity ?? (await readAuthor(settings, cache));
    const commit = await writeCommits(settings, snapshot, author, commits);
    const outrun = await remote.push(cache, commit, branch);
    if (outrun !== null) {
      last = { tip: shown.tip, outrun };
      throw new OutrunError();
    }
    clone.advance(snapshot, commit);
    return answers;
  }

  try {
    const shouldRetry = ({ error }: { error: Error }): boolean => error instanceof OutrunError;
    return await pRetry(attempt, { ...WAITS, retries, shouldRetry });
  } catch (error) {
    if (!(error instanceof OutrunError)) throw startError(name, "written to", error);
    if (last?.outrun.isLocked) throw last.outrun.error;
    const what = "others push to it all the time";
    throw gitError(name, "written to", what, "try again later", last?.outrun.error);
  }
}

async function writeCommits(
  { name, folder }: AddSettings,
  { cache, shown }: Snapshot,
  author: GitAuthor,
  planned: readonly PlannedCommit[],
): Promise<string> {
  const store = openGitImport(name, cache, NEXT);
  const commits: GitCommit[] = [];
  for (const { message, files } of planned) {
    const ids = new Map<string, string>();
    for (const [path, file] of files) {
      const id = typeof file === "string" ? file : await store.addFile(file);
      ids.set(folder === "" ? path : `${folder}/${path}`, id);
    }
    commits.push({ author, message, files: ids });
  }
  const commit = await store.finish(shown.tip, commits);
  if (commit === null) throw new DamagedCopy("git made no commit");
  return commit;
}

/** Who git takes the user for. */
async function readAuthor({ name }: AddSettings, { place }: GitCache): Promise<GitAuthor> {
  const { status, stdout } = await runGit(["var", "GIT_COMMITTER_IDENT"], place);
  const [, who, email] = /^(.*) <(.*)> \d+ [+-]\d+\n$/.exec(stdout.toString()) ?? [];
  if (status === 0 && who !== undefined && email !== undefined) return { name: who, email };
  const todo = "tell it with 'ouverture whoami username' and 'ouverture whoami email'";
  throw gitError(name, "written to", "nobody has said whose commits they are", todo);
}
