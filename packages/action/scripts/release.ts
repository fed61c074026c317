/**
 * `npm run release -- lay-out FOLDER` writes the Action as its own repository has it, and
 * `npm run release -- push FOLDER URL` makes a commit of that there, with a tag of its version that
 * never moves and one of its major version that does (decisions/0037).
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));

/** Writes the files of the release to a folder, which must not be there. */
export function layOut(folder: string): void {
  if (existsSync(folder)) throw new Error(`${folder} is there already`);
  mkdirSync(folder, { recursive: true });
  for (const name of ["action.yml", "README.md", "LICENSE", "dist"]) {
    cpSync(join(home, name), join(folder, name), { recursive: true });
  }
  const { name, version, description, license, type } = readPackage(home);
  const content = { name, version, private: true, description, license, type };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Makes what was laid out the newest commit of `main` at `url`. Gives the version that is there
 * now. A version that is there already stays as it is: with other files it is an error.
 */
export function push(folder: string, url: string, environment = process.env): string {
  const tag = `v${readPackage(folder).version}`;
  const [major] = tag.split(".");
  const clone = mkdtempSync(join(tmpdir(), "ouverture-release-"));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { cwd: clone, encoding: "utf8", env: withToken(environment, url) });
  try {
    git("clone", "--quiet", url, ".");
    git("switch", "--quiet", hasBranch(git) ? "main" : "--orphan=main");
    git("rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".");
    cpSync(folder, clone, { recursive: true });
    git("add", "--all", "--force");
    if (git("tag", "--list", tag).trim() !== "") {
      if (git("diff", "--cached", "--name-only", tag).trim() === "") return tag;
      throw new Error(`${tag} is there already with other files: a version never changes.`);
    }
    git(...AUTHOR, "commit", "--quiet", "--allow-empty", "--message", `Release ${tag}`);
    git(...AUTHOR, "tag", "--annotate", "--message", tag, tag);
    git("tag", "--force", major ?? tag, "HEAD");
    // All or nothing, and nothing but the tag of the major version is moved.
    git("push", "--quiet", "--atomic", "origin", "main", tag, `+refs/tags/${major}`);
    return tag;
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

const AUTHOR = [
  ...["-c", "user.name=github-actions[bot]"],
  ...["-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com"],
];

function hasBranch(git: (...args: readonly string[]) => string): boolean {
  return git("branch", "--remotes", "--list", "origin/main").trim() !== "";
}

/** Not on a command line, where other processes could read it, and only for this repository. */
function withToken(environment: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  const { RELEASE_TOKEN, ...others } = environment;
  if (!RELEASE_TOKEN) return others;
  const basic = Buffer.from(`x-access-token:${RELEASE_TOKEN}`).toString("base64");
  return {
    ...others,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `http.${url}.extraheader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
}

function readPackage(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , verb, folder = "", url = ""] = process.argv;
  // npm runs it in the folder of the package.
  const path = resolve(process.env.INIT_CWD ?? ".", folder);
  if (verb === "lay-out" && folder !== "") layOut(path);
  else if (verb === "push" && url !== "") console.log(push(path, url));
  else throw new Error("usage: release lay-out FOLDER | release push FOLDER URL");
}
