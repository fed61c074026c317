import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyRepository, git, precommit, temporaryFolder, write } from "./repository.js";

const POOL = fileURLToPath(new URL("../../../examples/market/.ouverture", import.meta.url));
const GOOD = "7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b";
const MISSING = "0".repeat(64);
const importOf = (hash: string) => `from ouverture.pool import object_${hash} as f\n`;

/** A repository whose commit is good, with a pool. */
function project(): string {
  const root = emptyRepository();
  cpSync(POOL, join(root, ".ouverture"), { recursive: true });
  commit(root, { "main.py": importOf(GOOD) });
  return root;
}

function commit(root: string, files: Readonly<Record<string, string>>): string {
  write(root, files);
  git(root, "add", "--all");
  git(root, "commit", "-q", "--no-verify", "-m", "x");
  return git(root, "rev-parse", "HEAD").trim();
}

describe("staged", () => {
  it("is what runs without a command, and minds no names of files", async () => {
    const root = project();
    write(root, { "a.py": importOf(MISSING) });
    git(root, "add", "a.py");
    for (const args of [[], ["staged"], ["staged", join(root, "main.py")]]) {
      const { status, stdout } = await precommit(root, args);
      expect(status).toBe(1);
      expect(stdout).toMatch(/^a\.py:1:28: error: .*\[missing\]/);
      expect(stdout).toMatch(
        new RegExp(`To mend it:\n {4}npx @ouverture/cli pull ${MISSING} && git add .ouverture\n`),
      );
      expect(stdout).toMatch(/'git commit --no-verify' goes without this check; nothing makes it/);
    }
  });

  it("says what still guards", async () => {
    const root = project();
    write(root, {
      "a.py": importOf(MISSING),
      ".github/workflows/ouverture.yml": "- uses: ouverture/verify-action@v1\n",
    });
    git(root, "add", "a.py");
    expect((await precommit(root, [])).stdout).toMatch(
      /goes without this check; \.github\/workflows\/ouverture\.yml still makes it\.\n$/,
    );
  });

  it("lets what cannot be fetched pass only with --allow-unfetched, and counts it", async () => {
    const root = project();
    write(root, { "a.py": importOf(MISSING) });
    git(root, "add", "a.py");
    expect((await precommit(root, [])).status).toBe(1);
    const { status, stdout } = await precommit(root, ["--allow-unfetched"]);
    expect(status).toBe(0);
    expect(stdout).toContain("\nunverified: 1 (--allow-unfetched)\n");
    // What is there, and wrong, does not pass.
    write(root, { "a.py": "from ouverture.pool import object_12 as f\n" });
    git(root, "add", "a.py");
    expect((await precommit(root, ["--allow-unfetched"])).status).toBe(1);
  });

  it("asks no registry, unless it is told to", async () => {
    const root = project();
    const registry = temporaryFolder();
    cpSync(POOL, registry, { recursive: true });
    rmSync(join(root, ".ouverture/objects"), { recursive: true });
    commit(root, { "main.py": "print(1)\n", ".ouverture/config.yaml": "# nothing\n" });
    write(root, { "main.py": importOf(GOOD) });
    git(root, "add", "main.py");
    // A port where nothing listens: the registry would be said to have failed.
    const far = { OUVERTURE_REGISTRIES: "far=http://127.0.0.1:9/" };
    const offline = await precommit(root, [], { environment: far });
    expect(offline.status).toBe(1);
    expect(offline.stdout).not.toMatch(/127\.0\.0\.1|far/);
    const online = await precommit(root, ["--online"], { environment: far });
    expect(online.stdout).toMatch(/far/);
    expect(online.status).not.toBe(0);
  });

  it("looks at all where the framework runs by hand, as with --all-files", async () => {
    const root = project();
    commit(root, { "old.py": importOf(MISSING) });
    write(root, { "new.py": importOf(GOOD) });
    git(root, "add", "new.py");
    expect((await precommit(root, [])).status).toBe(0);
    expect((await precommit(root, [], { environment: { PRE_COMMIT: "1" } })).status).toBe(1);
    const hook = { PRE_COMMIT: "1", GIT_INDEX_FILE: ".git/index" };
    expect((await precommit(root, [], { environment: hook })).status).toBe(0);
  });

  it("looks at what is between two commits where the framework names them", async () => {
    const root = project();
    const first = commit(root, { "old.py": importOf(MISSING) });
    const second = commit(root, { "new.py": importOf(GOOD) });
    const third = commit(root, { "bad.py": importOf("1".repeat(64)) });
    // The index and the working tree are another thing.
    git(root, "rm", "-q", "--cached", "new.py");
    write(root, { "new.py": "syntax error from ouverture.pool\n" });
    const between = async (from: string, to: string) => {
      const environment = { PRE_COMMIT: "1", PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to };
      return (await precommit(root, ["staged"], { environment })).status;
    };
    expect(await between(first, second)).toBe(0);
    expect(await between(second, third)).toBe(1);
    expect(await between(first, third)).toBe(1);
    expect(await between(`${first}^`, second)).toBe(1);
    expect(await between(third, third)).toBe(0);
  });
});

describe("verify-all", () => {
  it("looks at the index, and before a push at the whole commit", async () => {
    const root = project();
    expect((await precommit(root, ["verify-all"])).status).toBe(0);
    const good = git(root, "rev-parse", "HEAD").trim();
    const bad = commit(root, { "old.py": importOf(MISSING) });
    expect((await precommit(root, ["verify-all"])).status).toBe(1);
    git(root, "rm", "-q", "--cached", "old.py");
    expect((await precommit(root, ["verify-all"])).status).toBe(0);
    const push = async (from: string, to: string) =>
      precommit(root, ["verify-all"], {
        environment: { PRE_COMMIT: "1", PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to },
      });
    expect(await push(good, bad)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/'SKIP=ouverture-verify-all git push' goes without/),
    });
    expect((await push(bad, good)).status).toBe(0);
  });
});

describe("verify-files", () => {
  it("looks at these files, as they are staged", async () => {
    const root = project();
    write(root, { "sub/a.py": importOf(MISSING), "b.py": importOf(MISSING) });
    git(root, "add", "sub/a.py", "b.py");
    write(root, { "sub/a.py": "print(1)\n" });
    expect((await precommit(root, ["verify-files", "main.py"])).status).toBe(0);
    expect((await precommit(root, ["verify-files", "main.py", "sub/a.py"])).status).toBe(1);
    expect((await precommit(join(root, "sub"), ["verify-files", "a.py"])).status).toBe(1);
    expect((await precommit(root, ["verify-files", join(root, "b.py")])).status).toBe(1);
    expect(await precommit(root, ["verify-files", "../x.py"])).toMatchObject({ status: 2 });
    expect(await precommit(root, ["verify-files"])).toMatchObject({ status: 2 });
  });
});

describe("the command", () => {
  it.each([
    [["--help"], 0, /^Usage: ouverture-precommit/],
    [["--version"], 0, /^\d+\.\d+\.\d+\n$/],
  ])("%j", async (args, status, says) => {
    expect(await precommit(temporaryFolder(), args)).toEqual({
      status,
      stdout: expect.stringMatching(says),
      stderr: "",
    });
  });

  it.each([
    [["nonsense"], /There is no command 'nonsense'/],
    [["verify-all", "a.py"], /verify-all takes no argument 'a\.py'/],
    [["staged", "--plain"], /staged takes no --plain/],
    [["--nonsense"], /Unknown option '--nonsense'/],
    [[], /is in no repository of git/],
    [["staged", "--\u001b[31m"], /\\u001b/],
  ])("refuses %j in one sentence, without a stack", async (args, says) => {
    const { status, stdout, stderr } = await precommit(temporaryFolder(), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
