/**
 * A registry in a git repository (docs/pool.md, "Registries"): the tree of a pool in a
 * branch. It is fetched when it is first read, without its history and never checked out;
 * what is added is a commit and a push.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { escapeText, mappingPath } from "@ouverture/core";
import { type FunctionStore, type MappingReference, StoreError } from "../store.js";
import { addToGit } from "./git-add.js";
import { openGitClone, type Snapshot } from "./git-clone.js";
import { gitError } from "./git-failure.js";
import { openGitHistory } from "./git-history.js";
import type { GitAuthor } from "./git-import.js";
import { openGitRemote } from "./git-remote.js";
import { type GitUrl, parseGitUrl } from "./git-url.js";

export interface GitSettings {
  /** What people call the registry. */
  readonly name: string;
  /** As docs/pool.md has it: `git+https://host/path//folder#branch`. */
  readonly url: string;
  /** The folder of the copies of repositories. */
  readonly cache: string;
  /** `add` is refused. */
  readonly readOnly?: boolean;
  /** Nothing is fetched: what was fetched before is read. */
  readonly offline?: boolean;
  /** Whose commits they are; else who git's settings say. */
  readonly identity?: GitAuthor;
  /** Milliseconds that git waits for a sign of life. 60,000. */
  readonly timeout?: number;
  /** How often a server is asked again. 2. */
  readonly retries?: number;
  /** Milliseconds before it is asked again; each time twice as long, and some by chance. 500. */
  readonly retryDelay?: number;
  /** How often a commit is made again, because others have pushed meanwhile. 50. */
  readonly pushRetries?: number;
}

/**
 * The registry at `settings.url`. Nothing is asked yet. What it has is what the branch
 * shows when it is first read; `add` looks again. Throws a `StoreError` where the URL
 * cannot be used.
 */
export function openGitRegistry(settings: GitSettings): FunctionStore {
  const { name, readOnly = false, offline = false, identity } = settings;
  const { timeout = 60_000, retries = 2, retryDelay = 500, pushRetries = 50 } = settings;
  const url = readUrl(settings);
  const { folder } = url;
  const remote = openGitRemote({ name, url, timeout, retries, retryDelay });
  const base = join(settings.cache, folderOfCopy(url));
  const clone = openGitClone({ name, base: `${base}.git`, remote, folder, isOffline: offline });
  const history = openGitHistory({
    base: `${base}-history.git`,
    remote: offline ? null : remote,
    folder,
  });
  let adding: Promise<unknown> = Promise.resolve();

  async function listMappings(
    { pool, shown }: Snapshot,
    hash: string,
    language?: string,
  ): Promise<MappingReference[]> {
    const references = await pool.listMappings(hash, language);
    const languages = [...new Set(references.map((one) => one.language))];
    // Sooner than to fetch the history for nothing.
    if (languages.length === references.length) return references;
    const paths = new Map(references.map((one) => [pathOf(hash, one), one]));
    const sorted = await history.sort([...paths.keys()], shown);
    return languages.flatMap((one) =>
      sorted.flatMap((path) => paths.get(path) ?? []).filter((found) => found.language === one),
    );
  }

  async function* list(): AsyncGenerator<string> {
    for (const start of await clone.read(({ pool }) => pool.listStarts())) {
      yield* await clone.read(({ pool }) => pool.listFunctions(start));
    }
  }

  async function* add(
    records: Parameters<FunctionStore["add"]>[0],
  ): ReturnType<FunctionStore["add"]> {
    if (readOnly) {
      const todo = "publish to another, or take read_only out of its configuration";
      throw gitError(name, "written to", "it is set to be only read", todo);
    }
    if (offline) {
      throw gitError(name, "written to", "there is no network now", "run it again with one");
    }
    // One after another: they would only outrun each other.
    const mine = adding.then(() =>
      addToGit({ name, remote, clone, folder, identity, retries: pushRetries }, records),
    );
    adding = mine.catch(() => {});
    yield* await mine;
  }

  return {
    name,
    get: (hash) => clone.read(({ pool }) => pool.get(hash)),
    getMapping: (hash, reference) => clone.read(({ pool }) => pool.getMapping(hash, reference)),
    listMappings: (hash, language) =>
      clone.read((snapshot) => listMappings(snapshot, hash, language)),
    complete: (digits) => clone.read(({ pool }) => pool.complete(digits)),
    list,
    add,
    async close() {
      await adding;
      history.close();
      clone.close();
    },
  };
}

function readUrl({ name, url }: GitSettings): GitUrl {
  const read = parseGitUrl(url);
  if (read.kind === "git") return read;
  throw new StoreError(name, `The URL of the registry '${escapeText(name)}' ${read.why}`);
}

/** A branch of a repository has one copy, for whichever folder of it. */
function folderOfCopy({ remote, branch }: GitUrl): string {
  return createHash("sha256")
    .update(`${remote}#${branch ?? ""}`)
    .digest("hex");
}

function pathOf(hash: string, { language, hash: ofMapping }: MappingReference): string {
  const path = mappingPath(hash, language, ofMapping);
  return path.ok ? path.value : "";
}
