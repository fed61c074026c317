/**
 * Objects and commits, written into a repository by `git fast-import`: without a work
 * tree, and without reading more of the tree than what changes.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  DamagedCopy,
  type GitCache,
  type GitPlace,
  type ObjectFormat,
  readReference,
  saysDamage,
  whyNotStarted,
} from "./git-cache.js";
import { runError, startError } from "./git-failure.js";
import { type GitProcess, startGit } from "./git-process.js";

export interface GitCommit {
  readonly author: GitAuthor;
  readonly message: string;
  /** The ids of files, by their paths in the repository. */
  readonly files: ReadonlyMap<string, string>;
}

export interface GitAuthor {
  readonly name: string;
  readonly email: string;
}

export interface GitImport {
  /** Stores a file, and gives its id. */
  addFile(bytes: Uint8Array): Promise<string>;
  /**
   * Ends it. Gives the last of `commits`, which stand on each other and the first on
   * `parent`; `null` for none.
   */
  finish(parent: string | null, commits: readonly GitCommit[]): Promise<string | null>;
}

/** The id that git gives to a file. */
export function fileId(format: ObjectFormat, bytes: Uint8Array): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/**
 * Commits go to `reference`. All of it throws a `StoreError` of the registry `name` where git
 * fails, or a `DamagedCopy`.
 */
export function openGitImport(
  name: string,
  { place, format }: GitCache,
  reference: string,
): GitImport {
  const git = startGit(["fast-import", "--quiet", "--done", "--force", "--date-format=raw"], place);
  const ended = watchEnd(name, place, git);
  ended.catch(() => {});

  async function write(...parts: readonly (string | Uint8Array)[]): Promise<void> {
    git.stdin.cork();
    const isFull = parts.map((part) => git.stdin.write(part)).includes(false);
    git.stdin.uncork();
    if (isFull) await Promise.race([once(git.stdin, "drain"), ended]);
  }

  return {
    async addFile(bytes) {
      await write(`blob\ndata ${bytes.length}\n`, bytes, "\n");
      return fileId(format, bytes);
    },
    async finish(parent, commits) {
      const now = Math.floor(Date.now() / 1000);
      for (const [index, { author, message, files }] of commits.entries()) {
        const who = `${plain(author.name)} <${plain(author.email)}> ${now} +0000`.trimStart();
        const text = Buffer.from(message);
        await write(`commit ${reference}\nauthor ${who}\ncommitter ${who}\n`);
        await write(`data ${text.length}\n`, text, "\n");
        if (index === 0 && parent !== null) await write(`from ${parent}\n`);
        for (const [path, id] of files) await write(`M 100644 ${id} ${quote(path)}\n`);
        await write("\n");
      }
      git.stdin.end("done\n");
      await ended;
      return commits.length === 0 ? null : readReference(place, reference);
    },
  };
}

/** Settles when git has ended; throws where it has failed. */
async function watchEnd(name: string, place: GitPlace, git: GitProcess): Promise<void> {
  let stderr = "";
  git.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-LONGEST_STDERR);
  });
  git.stdout.resume();
  const status = await new Promise<number | null>((resolve, reject) => {
    git.on("error", (error) => {
      reject(startError(name, "written to", whyNotStarted(place, error)));
    });
    git.on("close", resolve);
  });
  if (status === 0) return;
  if (saysDamage(stderr)) throw new DamagedCopy(stderr);
  const run = { status, stdout: Buffer.alloc(0), stderr, isSilent: false };
  throw runError(name, "written to", run, "see to it, and run it again");
}

/** After a failure git writes what it was about to do. */
const LONGEST_STDERR = 4096;

/** What git has no place for in a name. */
function plain(text: string): string {
  return text.replace(/[<>\p{Cc}]/gu, "").trim();
}

function quote(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&")}"`;
}
