/**
 * The objects of a repository, from one `git cat-file --batch` that stays: it is asked in
 * a row, and answers in that order.
 */
import { DamagedCopy, type GitPlace, whyNotStarted } from "./git-cache.js";
import { type GitProcess, startGit } from "./git-process.js";

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
  const waiting: Request[] = [];
  let unsent: Request[] = [];
  let running: GitProcess | undefined;
  let isClosed = false;

  function start(): GitProcess {
    const git = startGit(["cat-file", "--batch"], place);
    const stderr: Buffer[] = [];
    git.stderr.on("data", (data: Buffer) => stderr.push(data));
    const parse = openParser((header) => takeHeader(git, header), takeContent);
    git.stdout.on("data", (chunk: Buffer) => {
      if (git === running) parse(chunk);
    });
    git.on("error", (error) => end(git, whyNotStarted(place, error)));
    git.on("close", (_, signal) => {
      const said = Buffer.concat(stderr).toString();
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

  /** What is asked in one turn goes in one write; but git is started at once. */
  function ask(requests: readonly Request[]): void {
    if (unsent.length === 0) (running === undefined ? queueMicrotask : setImmediate)(send);
    unsent.push(...requests);
  }

  function send(): void {
    const names = unsent.splice(0).map(({ name }) => `${name}\n`);
    if (names.length === 0) return;
    try {
      running ??= start();
      running.stdin.write(names.join(""));
    } catch (error) {
      rejectAll(error);
    }
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
      running?.kill();
      running = undefined;
      rejectAll(new DamagedCopy(CLOSED));
    },
  };
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
