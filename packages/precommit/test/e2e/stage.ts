/**
 * A repository in which scenarios are played with the real git: what is committed, whether the
 * hook let it, and that the hook left everything as it was, byte for byte.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** Functions of the example; the first two need no other. */
export const GOOD = "7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b";
export const OTHER = "e6f94f14f251dd71f7085c5e9b9644da2cd5ddbd800be431e48bf7caea5e0c85";
export const DEEP = "1a10a1ae3d69b80ed435436035c1e583a15310c0ba41c92615061ab52d27875a";
export const MISSING = "0".repeat(64);

export function importOf(hash: string): string {
  return `from ouverture.pool import object_${hash} as f\n`;
}
export function objectOf(hash: string): string {
  return `.ouverture/objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}`;
}

const POOL = fileURLToPath(new URL("../../../../examples/market/.ouverture", import.meta.url));

/** What runs the check before a commit. */
export interface Host {
  readonly name: string;
  /** Puts the hook into a repository, as a user does. */
  readonly install: (stage: Stage) => Promise<void>;
  /** Does nothing but the check run, so that nothing at all may be written? */
  readonly isPure: boolean;
  /** Does it keep to itself what a check says that goes well? */
  readonly isSilent?: boolean;
  /** Names of files that it cannot do with itself: no commit with them goes through. */
  readonly refuses?: RegExp;
  readonly environment: Readonly<Record<string, string>>;
  /** The packages of a project. */
  readonly modules: string;
}

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

export class Stage {
  constructor(
    readonly host: Host,
    readonly root: string,
    readonly home: string,
  ) {}

  readonly environment = (): Record<string, string> => ({
    HOME: this.home,
    PATH: process.env.PATH ?? "",
    GIT_CONFIG_GLOBAL: join(this.home, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
    GIT_EDITOR: "true",
    ...this.host.environment,
  });

  /** Runs a program in the repository. */
  async run(program: string, ...args: string[]): Promise<Ran> {
    return runProgram(this.root, program, args, this.environment());
  }

  /** Runs git, which has to go well. */
  async git(...args: string[]): Promise<string> {
    const { status, output } = await this.run("git", ...args);
    if (status !== 0) throw new Error(`git ${args.join(" ")} ended with ${status}: ${output}`);
    return output;
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  async add(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    this.write(files);
    await this.git("add", "--", ...Object.keys(files));
  }

  /** A step that makes a commit, and that the hook lets. Nothing but git's own doing changes. */
  async passes(...args: string[]): Promise<string> {
    const before = snapshot(this.root);
    const head = await this.head();
    const { status, output } = await this.run("git", ...args);
    expect({ status, output }).toEqual({ status: 0, output: expect.anything() });
    expect(await this.head()).not.toBe(head);
    expect(snapshot(this.root)).toEqual(before);
    this.expectUntouched();
    return output;
  }

  /** One that the hook does not let; everything is as it was before. */
  async isBlocked(...args: string[]): Promise<string> {
    const before = [snapshot(this.root), await this.entries(), await this.head()];
    const { status, output } = await this.run("git", ...args);
    expect({ status, output }).not.toEqual({ status: 0, output: expect.anything() });
    expect(output).toMatch(/\[(?:missing|hash-mismatch|malformed-\w+|not-canonical)\]/);
    expect([snapshot(this.root), await this.entries(), await this.head()]).toEqual(before);
    this.expectUntouched();
    return output;
  }

  async head(): Promise<string> {
    return (await this.run("git", "rev-parse", "--verify", "HEAD")).output;
  }

  /** What is staged. */
  async entries(): Promise<string> {
    return this.git("ls-files", "--stage", "-z");
  }

  /** What the hook saw before and after the check was the same, where it saw anything. */
  expectUntouched(): void {
    const [before, after] = ["before", "after"].map((name) => join(this.home, name));
    if (before === undefined || after === undefined || !existsSync(before)) return;
    expect(readFileSync(after, "utf8")).toBe(readFileSync(before, "utf8"));
    rmSync(before);
    rmSync(after);
  }

  /** The same person in another folder. */
  in(root: string): Stage {
    return new Stage(this.host, root, this.home);
  }

  /** A folder of this scenario, beside the repository. */
  beside(name: string): string {
    return join(dirname(this.root), name);
  }

  /** What `npm install` does in a fresh folder. */
  installModules(): void {
    symlinkSync(this.host.modules, join(this.root, "node_modules"));
  }

  /** The hook notes what it finds, and what it leaves: the index it is about, and all of .git. */
  watch(hook: string): void {
    if (!this.host.isPure) return;
    const text = readFileSync(hook, "utf8");
    const [first = "", ...rest] = text.startsWith("#!")
      ? text.split("\n")
      : ["", ...text.split("\n")];
    const look = (name: string) =>
      `(cksum <"\${GIT_INDEX_FILE}" && cd "$(git rev-parse --absolute-git-dir)" && find . -type f -exec cksum {} + | sort) >"${join(this.home, name)}" 2>&1`;
    writeFileSync(
      hook,
      [first, look("before"), `trap '${look("after")}' EXIT`, ...rest].join("\n"),
    );
  }
}

/** Plays a scenario in a repository of its own. */
export async function openStage(host: Host): Promise<{ stage: Stage; close: () => void }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-e2e-")));
  const home = join(folder, "home");
  const root = join(folder, "shop");
  mkdirSync(home);
  mkdirSync(root);
  writeFileSync(join(home, "gitconfig"), '[protocol "file"]\n\tallow = always\n');
  const stage = new Stage(host, root, home);
  await stage.git("init", "-q", "-b", "main");
  return { stage, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The first commit: a project with a pool that imports what is in it. */
export async function startProject(stage: Stage): Promise<void> {
  stage.installModules();
  await startFiles(stage);
  await stage.git("add", "--all");
  await stage.git("commit", "-q", "--no-verify", "-m", "start");
  await stage.host.install(stage);
  // What is of the project is committed with it.
  await stage.git("commit", "-q", "--no-verify", "--allow-empty", "-m", "the hook");
}

export function startFiles(stage: Stage): Promise<void> {
  cpSync(POOL, join(stage.root, ".ouverture"), { recursive: true });
  stage.write({
    ".gitignore": "/node_modules\n",
    "main.py": importOf(GOOD),
    "plain.py": "print(1)\n",
    "package.json": `${JSON.stringify({ name: "shop", private: true, devDependencies: { husky: "9", "lint-staged": "16", "@ouverture/precommit": "0" } }, null, 2)}\n`,
  });
  return Promise.resolve();
}

export function runProgram(
  directory: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: directory,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) =>
      resolve({ status, output: Buffer.concat(chunks).toString("utf8") }),
    );
  });
}

/** Every file of the working tree, with what is in it. */
function snapshot(root: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (folder: Buffer): void => {
    for (const entry of readdirSync(folder, { encoding: "buffer" })) {
      const path = Buffer.concat([folder, Buffer.from("/"), entry]);
      const name = entry.toString("latin1");
      if (name === ".git" || name === "node_modules" || name === "_") continue;
      const stat = lstatSync(path);
      const key = path.subarray(root.length + 1).toString("latin1");
      if (stat.isDirectory()) visit(path);
      else if (stat.isSymbolicLink()) files[key] = `-> ${readlinkSync(path)}`;
      else files[key] = `${stat.mode.toString(8)} ${readFileSync(path).toString("latin1")}`;
    }
  };
  visit(Buffer.from(root));
  return files;
}
