/** The repository on the other side: what it shows, and how it is fetched and pushed to. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pRetry from "p-retry";
import {
  DamagedCopy,
  type GitCache,
  type GitPlace,
  isDamaged,
  type ObjectFormat,
  readReference,
  saysDamage,
  TIP,
  whyNotStarted,
} from "./git-cache.js";
import { gitError, isPassing, runError, startError } from "./git-failure.js";
import { type GitOptions, type GitRun, runGit, sshVariables } from "./git-process.js";
import type { GitUrl } from "./git-url.js";

export interface GitRemote {
  /** The branch that is read, and its commit. Throws a `StoreError`. */
  look(place: GitPlace): Promise<ShownBranch>;
  /**
   * Fetches that branch into the cache, and gives its commit; `null` where it is gone
   * by now. Throws a `StoreError`, or a `DamagedCopy` where the cache is at fault.
   */
  fetch(cache: GitCache, shown: ShownBranch, depth: FetchDepth): Promise<string | null>;
  /**
   * Makes the branch show `commit`: gives `null`, or why it does not, which may be that
   * somebody else has changed it meanwhile. Throws a `StoreError` or a `DamagedCopy`.
   */
  push(cache: GitCache, commit: string, branch: string): Promise<Outrun | null>;
  /** The branch to which is pushed, and the format of objects. Throws a `StoreError`. */
  branchToPush(
    place: GitPlace,
    shown: ShownBranch,
  ): Promise<{ readonly branch: string; readonly format: ObjectFormat | null }>;
}

/** The newest commit with all files; or all commits, without the content of the files. */
export type FetchDepth = "tip" | "history";

export interface ShownBranch {
  /** `refs/heads/main`; `HEAD` where the repository does not say which branch that is. */
  readonly reference: string;
  /** `null` where there is no such branch. */
  readonly tip: string | null;
  /** Has it any branch that could be read without a name? */
  readonly hasHead: boolean;
  readonly format: ObjectFormat | null;
}

export interface Outrun {
  /** What to say where it turns out that nobody else was there. */
  readonly error: Error;
  /** It was locked, so that it may be worth to try again although nothing has changed. */
  readonly isLocked: boolean;
}

export interface RemoteSettings {
  /** What people call the registry. */
  readonly name: string;
  readonly url: GitUrl;
  /** Milliseconds that git waits for a sign of life. */
  readonly timeout: number;
  /** How often it is asked again, where that may help. */
  readonly retries: number;
  /** Milliseconds before it is asked again; each time twice as long, and some by chance. */
  readonly retryDelay: number;
}

export function openGitRemote(settings: RemoteSettings): GitRemote {
  const { name, url, timeout, retries, retryDelay } = settings;
  let ssh: Promise<Readonly<Record<string, string>>> | undefined;
  let unborn: Promise<UnbornBranch> | undefined;

  async function run(
    verb: "read" | "written to",
    place: Pick<GitOptions, "directory" | "environment">,
    args: readonly string[],
  ): Promise<GitRun> {
    try {
      if (url.protocol === "ssh") ssh ??= sshVariables(place.directory);
      const environment = {
        ...place.environment,
        ...(await ssh),
        GIT_ALLOW_PROTOCOL: url.protocol,
      };
      return await runGit([...settingsFor(url, timeout), ...args], {
        directory: place.directory,
        environment,
        silence: timeout,
      });
    } catch (error) {
      throw startError(name, verb, error instanceof Error ? whyNotStarted(place, error) : error);
    }
  }

  /** Runs what only reads: again, where that may help. */
  async function ask(place: GitPlace, args: readonly string[]): Promise<GitRun> {
    let last: GitRun | undefined;
    async function attempt(): Promise<GitRun> {
      last = await run("read", place, args);
      if (isPassing(last)) throw new PassingError();
      return last;
    }
    try {
      const shouldRetry = ({ error }: { error: Error }): boolean => error instanceof PassingError;
      const options = { retries, minTimeout: retryDelay, randomize: true, shouldRetry };
      return await pRetry(attempt, options);
    } catch (error) {
      if (error instanceof PassingError && last !== undefined) return last;
      throw error;
    }
  }

  async function look(place: GitPlace): Promise<ShownBranch> {
    const own = `refs/heads/${url.branch ?? "main"}`;
    const args = ["ls-remote", "--symref", "--", url.remote, "HEAD", own];
    const seen = await ask(place, args);
    if (seen.status !== 0) throw runError(name, "read", seen);
    const shown = new Map(
      seen.stdout
        .toString()
        .split("\n")
        .map((line) => line.split("\t"))
        .map(([value = "", reference = ""]) => [
          value.startsWith("ref: ") ? `ref: ${reference}` : reference,
          value.replace(/^ref: /, ""),
        ]),
    );
    const head = shown.get("HEAD");
    const fallback = head === undefined ? own : (shown.get("ref: HEAD") ?? "HEAD");
    const reference = url.branch === null ? fallback : own;
    const tip = (reference === fallback ? head : undefined) ?? shown.get(reference) ?? null;
    const anyId = tip ?? head;
    return {
      reference,
      tip,
      hasHead: head !== undefined,
      format: anyId === undefined ? null : anyId.length === 64 ? "sha256" : "sha1",
    };
  }

  async function fetch(
    cache: GitCache,
    { reference }: ShownBranch,
    depth: FetchDepth,
  ): Promise<string | null> {
    const options = ["--progress", "--no-tags", "--no-auto-gc"];
    const what = ["--", url.remote, `+${reference}:${TIP}`];
    const less = depth === "tip" ? "--depth=1" : "--filter=blob:none";
    let fetched = await ask(cache.place, ["fetch", ...options, less, ...what]);
    // A plain web server, and some old ones, have all or nothing.
    if (fetched.status !== 0 && /shallow|--depth/.test(fetched.stderr)) {
      fetched = await ask(cache.place, ["fetch", ...options, ...what]);
    }
    if (fetched.status === 0) return readReference(cache.place, TIP);
    if (/couldn't find remote ref/.test(fetched.stderr)) return null;
    const error = runError(name, "read", fetched);
    const isKnownWhole = depth === "tip" && cache.tip() !== null;
    if (saysDamage(fetched.stderr) || (isKnownWhole && (await isDamaged(cache)))) {
      throw new DamagedCopy(error.message, { cause: error });
    }
    throw error;
  }

  async function push(cache: GitCache, commit: string, branch: string): Promise<Outrun | null> {
    const options = ["--porcelain", "--progress", "--no-verify", "--no-signed", "--no-follow-tags"];
    const what = ["--", url.remote, `${commit}:refs/heads/${branch}`];
    const pushed = await run("written to", cache.place, ["push", ...options, ...what]);
    if (pushed.status === 0) return null;
    const reason = /^!\t\S+\t(?:\[[^\]]*\] )?\((.*)\)$/m.exec(pushed.stdout.toString())?.[1];
    if (reason === undefined) {
      if (saysDamage(pushed.stderr)) throw new DamagedCopy(pushed.stderr);
      throw runError(name, "written to", pushed);
    }
    // The words of the server's hooks, where there are any, say more.
    const stderr = `${reason}\n${pushed.stderr}`;
    const todo = "ask those who run it whether you may write there";
    const error = runError(name, "written to", { ...pushed, stderr }, todo);
    return { error, isLocked: REASON_OF_A_LOCK.test(reason) };
  }

  async function branchToPush(
    place: GitPlace,
    shown: ShownBranch,
  ): Promise<{ readonly branch: string; readonly format: ObjectFormat | null }> {
    if (shown.reference === "HEAD") {
      const what = "its repository does not say which branch it shows";
      throw gitError(name, "written to", what, "write #branch behind its URL");
    }
    const branch = shown.reference.slice("refs/heads/".length);
    if (shown.tip !== null || shown.hasHead) return { branch, format: shown.format };
    unborn ??= readUnborn(place);
    const { branch: own, format } = await unborn;
    return { branch: url.branch ?? own ?? branch, format };
  }

  /** What an empty repository is going to show: only `git clone` tells. */
  async function readUnborn(place: GitPlace): Promise<UnbornBranch> {
    const clone = join(place.directory, `empty-${randomBytes(6).toString("hex")}.git`);
    const options = ["--bare", "--depth=1", "--no-tags", "--template="];
    const args = ["-c", "init.defaultBranch=main", "clone", ...options, "--", url.remote, clone];
    const { directory } = place;
    const { status } = await run("written to", { directory }, args);
    if (status !== 0) return { branch: undefined, format: null };
    const head = readFileSync(join(clone, "HEAD"), "utf8");
    const config = readFileSync(join(clone, "config"), "utf8");
    return {
      branch: /^ref: refs\/heads\/(\S+)$/m.exec(head)?.[1],
      format: /objectformat\s*=\s*sha256/i.test(config) ? "sha256" : "sha1",
    };
  }

  return { look, fetch, push, branchToPush };
}

class PassingError extends Error {
  override readonly name = "PassingError";
}

interface UnbornBranch {
  readonly branch: string | undefined;
  readonly format: ObjectFormat | null;
}

const REASON_OF_A_LOCK = /lock|failed to update ref|already exists|incorrect old value|conflict/;

/** Where git gives no bytes for so long, it ends by itself, also without us. */
function settingsFor({ protocol }: GitUrl, timeout: number): string[] {
  const seconds = Math.max(1, Math.ceil(timeout / 1000));
  const settings = [
    "http.lowSpeedLimit=1",
    `http.lowSpeedTime=${seconds}`,
    // Plain http is for this machine, and does not lead away from it; nor do files elsewhere.
    `http.followRedirects=${protocol === "http" ? "false" : "initial"}`,
    "transfer.bundleURI=false",
  ];
  return settings.flatMap((setting) => ["-c", setting]);
}
