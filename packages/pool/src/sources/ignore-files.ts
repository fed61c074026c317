/** The files below a directory that no `.gitignore` names, where there is no git to ask. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import glob, { type Options } from "fast-glob";
import ignore, { type Ignore } from "ignore";

const GLOB: Options = {
  dot: true,
  followSymbolicLinks: false,
  suppressErrors: true,
  ignore: ["**/.git/**"],
};

/** Lists Python files and notebooks. A link is listed; it is for the reader to judge. */
export async function listUnignoredFiles(directory: string): Promise<string[]> {
  const options = { ...GLOB, cwd: directory };
  const rules = await readRules(directory, await glob("**/.gitignore", options));
  const paths = await glob("**/*.{py,pyi,pyw,ipynb}", {
    ...options,
    onlyFiles: false,
    caseSensitiveMatch: false,
  });
  return paths.filter((path) => !isIgnored(path, rules));
}

/** The rules of each folder that has some, by its path ("." is the directory itself). */
type Rules = ReadonlyMap<string, Ignore>;

async function readRules(directory: string, files: readonly string[]): Promise<Rules> {
  const rules = new Map<string, Ignore>();
  for (const file of files) {
    const text = await readFile(`${directory}/${file}`, "utf8");
    rules.set(dirname(file), ignore().add(text));
  }
  return rules;
}

/** As git has it: a file in an ignored folder is ignored; of two rules the deeper one decides. */
function isIgnored(path: string, rules: Rules): boolean {
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length += 1) {
    const isFolder = length < parts.length;
    if (isIgnoredItself(parts.slice(0, length), isFolder, rules)) return true;
  }
  return false;
}

function isIgnoredItself(parts: readonly string[], isFolder: boolean, rules: Rules): boolean {
  for (let depth = parts.length - 1; depth >= 0; depth -= 1) {
    const rulesThere = rules.get(join(...parts.slice(0, depth), "."));
    if (rulesThere === undefined) continue;
    const relative = parts.slice(depth).join("/") + (isFolder ? "/" : "");
    const verdict = rulesThere.test(relative);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
