/**
 * The objects of a repository, from one `git cat-file --batch` that stays: it is asked in
 * a row, and answers in that order.
 */
import { openAnswer } from "./git-answer.js";
import { DamagedCopy, type GitPlace, whyNotStarted } from "./git-cache.js";
import {
  type GitProcess,
  type GitRun,
  runGit,
  startGitObjects,
  startGitObjectsAfter,
} from "./git-process.js";

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export interface GitObjects {
  /**
   * The object of this name (an id, `<id>^{tree}`); "too-large" over `most` bytes, of
   * which then nothing is kept. Throws a `DamagedCopy` where it is not there, or the copy
   * was given up meanwhile, and the error of the system where there is no git.
   */
  read(name: string, most: number): Promise<GitObject | "too-large">;
  close(): void;
}

interface Request {
  readonly name: string;
  readonly most: number;
  resolve(found: GitObject | "too-large"): void;
  reject(error: unknown): void;
}

export function openGitObjects(place: GitPlace): GitObjects {
  return openObjects(place, null);
}

/** The objects, and what git says to `args` before it gives any. */
export interface AnswerAndObjects {
  readonly answer: Promise<GitRun>;
  readonly objects: GitObjects;
}

/**
 * Asks for what `git <args>` prints, and opens the objects: in one process, where there is a shell.
 * @param args of a git whose answer has no empty part between NULs: one of `--raw -z`.
 */
export function askBeforeObjects(place: GitPlace, args: readonly string[]): AnswerAndObjects {
  const git = startGitObjectsAfter(args, place);
  if (git === null) return { answer: runGit(args, place), objects: openGitObjects(place) };
  const { promise, ...question } = withResolvers<GitRun>();
  return { answer: promise, objects: openObjects(place, { git, question }) };
}

/** As `Promise.withResolvers`, which Node 20 has not. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

interface Question {
  resolve(run: GitRun): void;
  reject(error: unknown): void;
}

/** @param asked a process that is to answer first. */
function openObjects(
  place: GitPlace,
  asked: { readonly git: GitProcess; readonly question: Question } | null,
): GitObjects {
  const waiting: Request[] = [];
  let unsent: Request[] = [];
  let running: GitProcess | undefined;
  let isClosed = false;
  if (asked !== null) running = listen(asked.git, asked.question);

  function listen(git: GitProcess, question: Question | null): GitProcess {
    const stderr: Buffer[] = [];
    git.stderr.on("data", (data: Buffer) => stderr.push(data));
    const parse = openParser((header) => takeHeader(git, header), takeContent);
    let take = parse;
    if (question !== null) {
      take = openAnswer((stdout, rest) => {
        take = parse;
        question.resolve({ status: 0, stdout, stderr: "", isSilent: false });
        if (rest.length > 0) parse(rest);
      });
    }
    git.stdout.on("data", (chunk: Buffer) => {
      if (git === running) take(chunk);
    });
    git.on("error", (error) => {
      question?.reject(error);
      end(git, whyNotStarted(place, error));
    });
    git.on("close", (status, signal) => {
      const said = Buffer.concat(stderr).toString();
      // Where it was answered already, that stays.
      question?.resolve({ status, stdout: Buffer.alloc(0), stderr: said, isSilent: false });
      end(git, signal === null ? new DamagedCopy(said) : new Error("git was ended"));
    });
    return git;
  }

  function end(git: GitProcess, error: Error): void {
    if (git !== running) return;
    running = undefined;
    rejectAll(error);
  }

  function rejectAll(error: unknown): void {
    unsent = [];
    for (const request of waiting.splice(0)) request.reject(error);
  }

  /** The size of what follows; `null` where nothing does, `Infinity` where nobody reads on. */
  function takeHeader(git: GitProcess, header: string): number | null {
    const [request] = waiting;
    const [, type, digits] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header) ?? [];
    if (request === undefined) return null;
    if (type === undefined) {
      waiting.shift();
      request.reject(new DamagedCopy(`git says '${header}'`));
      return null;
    }
    const size = Number(digits);
    if (size <= request.most) return size + 1;
    waiting.shift();
    request.resolve("too-large");
    // Sooner another process than to read it all.
    running = undefined;
    git.kill();
    unsent = [];
    ask(waiting);
    return Number.POSITIVE_INFINITY;
  }

  function takeContent(header: string, content: Buffer): void {
    const [id = "", type = ""] = header.split(" ");
    waiting.shift()?.resolve({ id, type, bytes: content.subarray(0, -1) });
  }

  /** Git is started at once; what is asked in one turn goes in one write. */
  function ask(requests: readonly Request[]): void {
    if (running === undefined) {
      try {
        running = listen(startGitObjects(place), null);
      } catch (error) {
        return rejectAll(error);
      }
    }
    if (unsent.length === 0) setImmediate(send);
    unsent.push(...requests);
  }

  function send(): void {
    const names = unsent.splice(0).map(({ name }) => `${name}\n`);
    if (names.length > 0) running?.stdin.write(names.join(""));
  }

  return {
    read(name, most) {
      if (isClosed) return Promise.reject(new DamagedCopy(CLOSED));
      return new Promise((resolve, reject) => {
        const request: Request = { name, most, resolve, reject };
        waiting.push(request);
        ask([request]);
      });
    },
    close() {
      isClosed = true;
      if (running !== undefined) letGo(running);
      running = undefined;
      rejectAll(new DamagedCopy(CLOSED));
    },
  };
}

/** Ends it, and does not wait until it has ended. */
function letGo(git: GitProcess): void {
  git.kill();
  for (const stream of [git.stdin, git.stdout, git.stderr]) stream.destroy();
  git.unref();
}

const CLOSED = "it was closed before git answered";

/**
 * Parts a stream into headers, each a line, and what follows them. `takeHeader` says how
 * many bytes that is.
 */
function openParser(
  takeHeader: (header: string) => number | null,
  takeContent: (header: string, content: Buffer) => void,
): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let length = 0;
  let header: string | null = null;
  let needed = 1;
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length < needed) return;
    let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (;;) {
      if (header === null) {
        const end = rest.indexOf(0x0a);
        if (end < 0) {
          needed = rest.length + 1;
          break;
        }
        const line = rest.toString("utf8", 0, end);
        rest = rest.subarray(end + 1);
        const size = takeHeader(line);
        if (size === null) continue;
        header = line;
        needed = size;
      }
      if (rest.length < needed) break;
      takeContent(header, rest.subarray(0, needed));
      rest = rest.subarray(needed);
      header = null;
    }
    chunks = [rest];
    length = rest.length;
  };
}
