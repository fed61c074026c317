/** The check as hooks of real commits make it, with the variables that git gives them. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { verifyRepository } from "../../src/verify-repository.js";
import { hasGit, temporaryFolder, writeFiles } from "../folder.js";
import {
  type CheckedRepository,
  fingerprint,
  importOf,
  makeRepository,
  openRepository,
  SOUND,
  told,
} from "./checked-repository.js";

const absent = importOf("0".repeat(64));

interface Run {
  /** What the check said in the hook, and whether git made its commit. */
  readonly told: readonly string[];
  readonly status: number | null;
}

/** Lines of a hook that wait until a file is there; not for ever, should nobody make it. */
function waitFor(file: string): string {
  return `n=0\nwhile [ ! -e ${file} ] && [ $((n += 1)) -lt 5000 ]; do sleep 0.02; done`;
}

/**
 * Runs git with a hook that waits while we check with its variables, and that says no where
 * we do. `root` is what is checked, else the folder that the hook runs in.
 */
async function withHook(
  one: CheckedRepository,
  args: readonly string[],
  { hook = "pre-commit", root }: { hook?: string; root?: string } = {},
): Promise<Run> {
  const room = temporaryFolder();
  const hooks = temporaryFolder();
  const script = `#!/bin/sh\npwd > ${room}/pwd\nenv -0 > ${room}/env.new\nmv ${room}/env.new ${room}/env\n${waitFor(`${room}/answer`)}\nexit $(cat ${room}/answer)\n`;
  writeFileSync(join(hooks, hook), script);
  chmodSync(join(hooks, hook), 0o755);
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  const git = spawn("git", ["-c", `core.hooksPath=${hooks}`, ...identity, ...args], {
    cwd: one.root,
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((resolve) => git.on("close", resolve));
  while (!existsSync(join(room, "env"))) await pause(10);
  const environment = Object.fromEntries(
    readFileSync(join(room, "env"), "utf8")
      .split("\0")
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const directory = readFileSync(join(room, "pwd"), "utf8").trim();
  const before = fingerprint(one.root);
  const report = await verifyRepository({
    root: root ?? directory,
    directory,
    environment: { ...environment, HOME: one.home, USERPROFILE: one.home },
    content: "index",
    changed: {},
    offline: true,
  });
  expect(fingerprint(one.root)).toBe(before);
  const status = report.outcome === "verified" ? 0 : 1;
  writeFileSync(join(room, "new"), String(status));
  renameSync(join(room, "new"), join(room, "answer"));
  return { told: told(report), status: await ended };
}

const BLOCKED = { told: ["failed", "missing b.py:1"], status: 1 };
const PASSED = { told: ["verified"], status: 0 };

describe.runIf(hasGit && process.platform !== "win32")("in a hook", () => {
  function prepared(): CheckedRepository {
    const one = makeRepository({ ...SOUND, "b.py": "x = 1\n", "c.py": "x = 1\n" });
    one.commit();
    return one;
  }

  it("has the index of the commit: plain, -a, and of paths", async () => {
    const one = prepared();
    one.write({ "b.py": absent, "c.py": "x = 2\n" });
    expect(await withHook(one, ["commit", "-qam", "m"])).toEqual(BLOCKED);
    expect(await withHook(one, ["commit", "-qm", "m", "--", "b.py"])).toEqual(BLOCKED);
    expect(await withHook(one, ["commit", "-qm", "m", "--", "c.py"])).toEqual(PASSED);
    one.git("add", "b.py");
    expect(await withHook(one, ["commit", "-qm", "m"])).toEqual(BLOCKED);
    one.write({ "c.py": "x = 3\n" });
    // What is staged beside the paths is not in that commit.
    expect(await withHook(one, ["commit", "-qm", "m", "--", "c.py"])).toEqual(PASSED);
    one.write({ "b.py": "x = 2\n" });
    expect(await withHook(one, ["commit", "-qm", "m", "--include", "b.py"])).toEqual(PASSED);
  });

  it("has what an amended commit adds, and an empty commit", async () => {
    const one = prepared();
    expect(await withHook(one, ["commit", "-qm", "m", "--allow-empty"])).toEqual(PASSED);
    one.write({ "b.py": absent });
    expect(await withHook(one, ["commit", "-qa", "--amend", "--no-edit"])).toEqual(BLOCKED);
  });

  it("has the first commit", async () => {
    const one = makeRepository({ ...SOUND, "b.py": absent });
    one.git("add", ".");
    expect(await withHook(one, ["commit", "-qm", "m"])).toEqual(BLOCKED);
    one.git("rm", "-q", "--cached", "b.py");
    expect(await withHook(one, ["commit", "-qm", "m"])).toEqual(PASSED);
  });

  it("has a merge", async () => {
    const one = prepared();
    one.git("checkout", "-q", "-b", "other");
    one.write({ "b.py": absent });
    one.commit();
    one.git("checkout", "-q", "main");
    one.write({ "c.py": "x = 2\n" });
    one.commit();
    const merge = await withHook(one, ["merge", "-q", "--no-edit", "other"], {
      hook: "pre-merge-commit",
    });
    expect(merge).toEqual(BLOCKED);
  });

  it("has a worktree and a submodule", async () => {
    const main = prepared();
    const tree = openRepository(join(temporaryFolder(), "tree"));
    main.git("worktree", "add", "-q", "-b", "tree", tree.root);
    tree.write({ "b.py": absent });
    tree.git("add", ".");
    expect(await withHook(tree, ["commit", "-qm", "m"])).toEqual(BLOCKED);
    expect(await withHook(tree, ["commit", "-qam", "m"])).toEqual(BLOCKED);

    const outer = makeRepository({ "x.txt": "" });
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", main.root, "sub");
    const sub = openRepository(join(outer.root, "sub"));
    sub.write({ "b.py": absent });
    expect(await withHook(sub, ["commit", "-qam", "m"])).toEqual(BLOCKED);
    sub.git("add", ".");
    expect(await withHook(sub, ["commit", "-qm", "m"])).toEqual(BLOCKED);
  });

  it("has a work tree apart from its repository", async () => {
    const one = openRepository(temporaryFolder(), { ...SOUND, "b.py": absent });
    const apart = join(temporaryFolder(), "apart.git");
    const place = [`--git-dir=${apart}`, `--work-tree=${one.root}`];
    one.git(...place, "init", "-q");
    one.git(...place, "add", ".");
    expect(await withHook(one, [...place, "commit", "-qm", "m"])).toEqual(BLOCKED);
  });

  it("has nothing of the hook's repository in another one", async () => {
    const one = prepared();
    one.write({ "b.py": absent });
    const other = makeRepository({ ...SOUND, "b.py": "import ouverture\n" });
    other.git("add", ".");
    const root = other.root;
    expect(await withHook(one, ["commit", "-qam", "m"], { root })).toEqual(PASSED);
    const tree = openRepository(join(temporaryFolder(), "tree"));
    one.git("worktree", "add", "-q", "-b", "tree", tree.root);
    tree.write({ "b.py": `${absent}x = 1\n` });
    expect(await withHook(tree, ["commit", "-qam", "m"], { root })).toEqual(PASSED);
    tree.write({ "b.py": absent });
    writeFiles(root, { "b.py": absent });
    other.git("add", ".");
    expect(await withHook(tree, ["commit", "-qam", "m"], { root })).toEqual(BLOCKED);
  });

  it("is heeded for the index alone", async () => {
    const one = prepared();
    const other = prepared();
    other.write({ "b.py": absent });
    const environment = {
      HOME: one.home,
      GIT_DIR: join(other.root, ".git"),
      GIT_WORK_TREE: other.root,
      GIT_INDEX_FILE: join(other.root, ".git/index"),
    };
    expect(told(await one.check({ environment }))).toEqual(["verified"]);
    expect(told(await one.check({ environment, changed: { base: "HEAD" } }))).toEqual(["verified"]);
  });

  it("has what a push brings, before it is taken in", async () => {
    const one = prepared();
    const server = openRepository(join(temporaryFolder(), "server.git"));
    one.git("init", "-q", "--bare", server.root);
    one.git("push", "-q", server.root, "main");
    const base = one.ask("rev-parse", "HEAD");
    one.write({ "b.py": absent });
    const head = one.commit();
    const room = temporaryFolder();
    const script = `#!/bin/sh\nenv -0 > ${room}/new\nmv ${room}/new ${room}/env\n${waitFor(`${room}/go`)}\n`;
    writeFiles(server.root, { "hooks/pre-receive": script });
    chmodSync(join(server.root, "hooks/pre-receive"), 0o755);
    const push = spawn("git", ["push", "-q", server.root, "main"], {
      cwd: one.root,
      stdio: "ignore",
    });
    while (!existsSync(join(room, "env"))) await pause(10);
    const environment = Object.fromEntries(
      readFileSync(join(room, "env"), "utf8")
        .split("\0")
        .filter(Boolean)
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    const report = await server.check({
      directory: server.root,
      environment: { ...environment, HOME: one.home },
      changed: { base, head },
    });
    writeFileSync(join(room, "go"), "");
    await new Promise((resolve) => push.on("close", resolve));
    expect(told(report)).toEqual(["failed", "missing b.py:1"]);
  });
});
