/** Which lines of files a change touches: read off what `git diff` writes of them. */
import { runGit } from "./git-process.js";

/** Lines from `first` to `last`, from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface ChangedLinesOptions {
  /** The folder of the repository, or one in it. */
  readonly root: string;
  readonly base: string;
  /** What is compared with it, both commits; `HEAD` without it. */
  readonly head?: string | null | undefined;
  /** Relative to `root`, with `/`. */
  readonly paths: readonly string[];
}

/** The most files that are asked for. */
const MOST_PATHS = 500;

/** The lines of `head` that differ from `base`; of no file where git cannot say. */
export async function readChangedLines(
  options: ChangedLinesOptions,
): Promise<ReadonlyMap<string, readonly LineRange[]>> {
  const { root, base, head } = options;
  const paths = options.paths.slice(0, MOST_PATHS);
  if (paths.length === 0) return new Map();
  const commits = ["--end-of-options", base, head ?? "HEAD"];
  try {
    const { status, stdout } = await runGit([...DIFF, ...commits, "--", ...paths], {
      directory: root,
      environment: { GIT_LITERAL_PATHSPECS: "1", GIT_NO_REPLACE_OBJECTS: "1" },
    });
    return status === 0 ? parseDiff(stdout.toString("utf8")) : new Map();
  } catch {
    return new Map();
  }
}

/** Nothing that the repository's settings name is run. */
const DIFF = [
  "-c",
  "core.quotePath=false",
  "diff",
  "--unified=0",
  "--relative",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--ignore-submodules",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** A line of a file may look like a head, and so the lines of each hunk are counted. */
function parseDiff(text: string): Map<string, LineRange[]> {
  const changed = new Map<string, LineRange[]>();
  let ranges: LineRange[] = [];
  let left = 0;
  for (const line of text.split("\n")) {
    if (left > 0 && /^[-+]/.test(line)) {
      left -= 1;
      continue;
    }
    const [head, removed = "1", start = "", added = "1"] = HUNK.exec(line) ?? [];
    if (head !== undefined) {
      left = Number(removed) + Number(added);
      const first = Number(start);
      if (added !== "0") ranges.push({ first, last: first + Number(added) - 1 });
    } else if (line.startsWith("+++ ")) {
      ranges = [];
      changed.set(unquotePath(line.slice("+++ ".length)).replace(/^b\//, ""), ranges);
    }
  }
  return changed;
}

const ESCAPED: Readonly<Record<string, string>> = {
  t: "\t",
  n: "\n",
  r: "\r",
  b: "\b",
  a: "\x07",
  v: "\v",
  f: "\f",
};

/** A path with a space in it ends with a tab; one with other odd characters is quoted as in C. */
function unquotePath(path: string): string {
  if (!path.startsWith('"')) return path.replace(/\t$/, "");
  return path
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, char: string) =>
      octal === undefined
        ? (ESCAPED[char] ?? char)
        : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
