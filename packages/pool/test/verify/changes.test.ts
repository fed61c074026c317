/** Which files are checked where only what has changed is asked for. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Report } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { hasGit, temporaryFolder } from "../folder.js";
import { mean, pathOfMapping, spread } from "../store-suite-records.js";
import {
  type CheckedRepository,
  fingerprint,
  importOf,
  makeRepository,
  noticed,
  objectOf,
  openRepository,
  poolFiles,
  SOUND,
  told,
} from "./checked-repository.js";

const absent = importOf("0".repeat(64));
const many = Object.fromEntries(
  Array.from({ length: 5 }, (_, i) => [`m${i}.py`, importOf(mean.object.hash)]),
);
/** A program that leaves a file. */
const RUN = "sh -c 'touch RAN; cat'";
const STAGED = { content: "index", changed: {} } as const;

/** A repository with a commit on main, and the branch `change` checked out. */
function withBranch(): CheckedRepository & { readonly base: string } {
  const one = makeRepository({ ...SOUND, ...many });
  const base = one.commit();
  one.git("checkout", "-q", "-b", "change");
  return { ...one, base };
}

function filesOf(report: Report): number {
  return report.coverage.files;
}

/** A clone, with file:// as servers are: shallow ones are. */
function clone(one: CheckedRepository, ...args: string[]): CheckedRepository {
  const folder = join(temporaryFolder(), "clone");
  one.git("config", "uploadpack.allowAnySHA1InWant", "true");
  one.git("clone", "-q", ...args, pathToFileURL(one.root).href, folder);
  return openRepository(folder);
}

describe.runIf(hasGit)("changes since a base", () => {
  it("are what differs from the merge base: committed, staged, neither, and not tracked", async () => {
    const one = withBranch();
    expect(filesOf(await one.check({ changed: { base: "main" } }))).toBe(0);
    one.write({ "m0.py": `${many["m0.py"]}x = 1\n` });
    one.commit();
    one.write({ "m1.py": `${many["m1.py"]}x = 1\n` });
    one.git("add", ".");
    one.write({ "m2.py": absent, "new.py": absent, "m1.py": "x = 1\n" });
    const report = await one.check({ changed: { base: "main" } });
    expect(filesOf(report)).toBe(4);
    expect(told(report)).toEqual(["failed", "missing m2.py:1"]);
    expect(report.findings[0]?.locations.map(({ path }) => path)).toEqual(["m2.py", "new.py"]);
    expect(report.mode).toEqual({
      kind: "changed",
      base: one.base,
      head: one.ask("rev-parse", "HEAD"),
    });
    expect(noticed(report)).not.toContain("everything-checked");
  });

  it("leave out what the base has changed since", async () => {
    const one = withBranch();
    one.write({ "m0.py": "x = 1\n" });
    one.commit();
    one.git("checkout", "-q", "main");
    one.write({ "m1.py": absent });
    one.commit();
    one.git("checkout", "-q", "change");
    expect(told(await one.check({ changed: { base: "main" } }))).toEqual(["verified"]);
    one.git("checkout", "-q", "main");
    const report = await one.check({ changed: { base: "main", head: "change" } });
    expect([told(report), filesOf(report)]).toEqual([["verified"], 1]);
  });

  it("are not what was only written again, and the index stays as it is", async () => {
    const one = withBranch();
    for (const path of [...Object.keys(many), objectOf(mean)]) {
      utimesSync(join(one.root, path), new Date(), new Date(Date.now() + 5000));
    }
    const before = fingerprint(one.root);
    const report = await one.check({ changed: { base: "main" } });
    expect([filesOf(report), noticed(report)]).toEqual([0, ["offline", "nothing-changed"]]);
    expect(fingerprint(one.root)).toBe(before);
  });

  it("have what git was told not to look at", async () => {
    const one = withBranch();
    one.git("update-index", "--assume-unchanged", "m0.py");
    one.git("update-index", "--skip-worktree", "m1.py");
    one.write({ "m0.py": absent, "m1.py": absent });
    const report = await one.check({ changed: { base: "main" } });
    expect(report.findings[0]?.locations.map(({ path }) => path)).toEqual(["m0.py", "m1.py"]);
  });

  it.skipIf(process.platform === "win32").each<[string, Readonly<Record<string, string>>]>([
    ["x", { clean: RUN, required: "true" }],
    ["x", { process: RUN, required: "true" }],
    ["x", { clean: "/nowhere/filter", required: "true" }],
    ["x", { process: "/nowhere/filter", required: "true" }],
    ["x", { required: "true" }],
    ["X.y", { clean: RUN }],
    ["[a]\"b'\\é", { clean: RUN }],
    ["a=b", { clean: RUN }],
  ])("are found without the filter %s %j", async (driver, settings) => {
    const attributes = { ".gitattributes": `*.py filter=${driver}\n` };
    const one = makeRepository({ ...SOUND, ...many, ...attributes });
    one.commit();
    const ran = join(temporaryFolder(), "ran");
    for (const [key, value] of Object.entries(settings)) {
      one.git("config", `filter.${driver}.${key}`, value.replace("RAN", ran));
    }
    // Then all files are younger than the index, and git has to read them to compare them.
    const age = () => utimesSync(join(one.root, ".git/index"), 1, 1);
    age();
    const { status } = spawnSync("git", ["diff-index", "--quiet", "HEAD"], { cwd: one.root });
    expect(status !== 0 || existsSync(ran)).toBe(true);
    rmSync(ran, { force: true });
    age();
    // That name cannot be given to git, so that nobody knows what differs.
    const isAll = driver.includes("=");
    const report = await one.check({ changed: { base: "main" } });
    expect([filesOf(report), told(report)]).toEqual([isAll ? 6 : 0, ["verified"]]);
    one.write({ "m0.py": absent });
    const more = await one.check({ changed: { base: "main" } });
    expect([filesOf(more), told(more)]).toEqual([isAll ? 6 : 1, ["failed", "missing m0.py:1"]]);
    expect(existsSync(ran)).toBe(false);
  });

  it.skipIf(process.platform === "win32")("have what a filter keeps otherwise", async () => {
    const one = withBranch();
    one.write({ ".gitattributes": "m0.py filter=x\n" });
    one.git("config", "filter.x.clean", "tr a-z A-Z");
    one.git("add", "--renormalize", ".");
    const base = one.commit();
    utimesSync(join(one.root, ".git/index"), 1, 1);
    // Its bytes are not those of the base, whatever a filter makes of them.
    const report = await one.check({ changed: { base } });
    expect(report.imports.map(({ location }) => location.path)).toEqual(["m0.py"]);
  });

  it("have a file that was renamed", async () => {
    const one = withBranch();
    one.git("mv", "m0.py", "renamed.py");
    const report = await one.check(STAGED);
    expect(report.imports.map(({ location }) => location.path)).toEqual(["renamed.py"]);
    one.commit();
    const after = await one.check({ changed: { base: "main" } });
    expect(after.imports.map(({ location }) => location.path)).toEqual(["renamed.py"]);
  });

  it("have nothing of a file that was deleted, or of one that names no pool", async () => {
    const one = withBranch();
    rmSync(join(one.root, "m0.py"));
    one.write({ "README.md": "ouverture" });
    const report = await one.check({ changed: { base: "main" } });
    expect([told(report), filesOf(report)]).toEqual([["verified"], 0]);
    expect(noticed(report)).toContain("nothing-changed");
  });

  it.each<[string, string, (one: CheckedRepository) => void]>([
    ["an object is deleted", "pool", (one) => rmSync(join(one.root, objectOf(mean)))],
    ["an object is changed", "pool", (one) => one.write({ [objectOf(mean)]: "{}" })],
    ["an object is new", "pool", (one) => one.write({ ".ouverture/objects/x": "" })],
    [
      "there is a configuration",
      "configuration",
      (one) => one.write({ ".ouverture/config.yaml": "" }),
    ],
    [
      "there is a table of it in pyproject.toml",
      "configuration",
      (one) => one.write({ "pyproject.toml": "[tool.ouverture.verify]\nallow_empty = true\n" }),
    ],
  ])("are everything where %s", async (_, why, change) => {
    const one = withBranch();
    change(one);
    for (const options of [{ changed: { base: "main" } }, STAGED]) {
      one.git("add", "-A");
      const report = await one.check(options);
      expect(noticed(report)).toContain(`everything-checked ${why}`);
      expect(filesOf(report)).toBe(6);
    }
    one.commit();
    one.git("checkout", "-q", "--detach", "main");
    const report = await one.check({ changed: { base: "main", head: "change" } });
    expect(noticed(report)).toContain(`everything-checked ${why}`);
  });

  it.each([
    ["a new object", {}, ".ouverture/objects/x", ""],
    [
      "a new mapping of a function that is there",
      {},
      `.ouverture/${pathOfMapping(mean.object.hash, "fra", "1".repeat(64))}`,
      "{}",
    ],
    ["a pool that it ignores", { ".gitignore": ".ouverture/\n" }, ".ouverture/objects/x", ""],
  ])("are everything where git does not track %s", async (_, committed, path, content) => {
    const one = withBranch();
    one.write(committed);
    one.commit();
    const changed = { base: "HEAD" };
    expect(noticed(await one.check({ changed }))).toEqual(["offline", "nothing-changed"]);
    one.write({ [path]: content });
    const report = await one.check({ changed });
    expect(noticed(report)).toContain("everything-checked pool");
    expect(filesOf(report)).toBe(6);
    expect(report.outcome).toBe(content === "" ? "verified" : "failed");
  });

  it("are not everything where pyproject.toml says something else", async () => {
    const one = withBranch();
    const table = "[tool.ouverture.verify]\nallow_empty = true\n";
    one.write({ "pyproject.toml": `[project]\nversion = "1"\n${table}` });
    one.commit();
    one.write({ "pyproject.toml": `\n\n[project]\nversion = "2"\n${table}` });
    one.git("add", ".");
    expect(noticed(await one.check(STAGED))).toEqual(["offline", "nothing-changed"]);
    one.write({ "pyproject.toml": `[project]\n${table.replace("true", "false")}` });
    one.git("add", ".");
    expect(noticed(await one.check(STAGED))).toContain("everything-checked configuration");
  });

  it.each([
    ["nowhere", "Nothing is fetched offline."],
    ["0".repeat(40), "It is the id of no commit: there was none before."],
    ["--output=x", "It is no name of a commit."],
    ["", "It is no name of a commit."],
    ["1".repeat(40), "Nothing is fetched offline."],
  ])("are everything where the base is missing: %j", async (base, reason) => {
    const one = withBranch();
    const report = await one.check({ changed: { base } });
    expect(report.notices.slice(0, 2)).toEqual([
      { code: "base-missing", data: { base, reason } },
      { code: "everything-checked", data: { why: "base", path: null } },
    ]);
    expect(filesOf(report)).toBe(6);
    expect(report.mode).toEqual({ kind: "changed", base: null, head: null });
  });

  it("are everything before the first commit, and without git", async () => {
    const one = makeRepository();
    expect(noticed(await one.check({ changed: {} }))).toContain("everything-checked base");
    const folder = openRepository(temporaryFolder(), SOUND);
    const report = await folder.check({ changed: {} });
    expect(noticed(report)).toEqual(["base-missing", "everything-checked base", "offline"]);
    expect(told(report)).toEqual(["verified"]);
  });

  it("are since the default branch of where it was cloned from", async () => {
    const origin = makeRepository({ ...SOUND, ...many });
    const base = origin.commit();
    const one = clone(origin);
    one.git("checkout", "-q", "-b", "change");
    one.write({ "m0.py": absent });
    one.commit();
    const report = await one.check({ changed: {} });
    expect([report.mode.base, filesOf(report)]).toEqual([base, 1]);
    one.git("remote", "set-head", "origin", "--delete");
    expect((await one.check({ changed: {} })).mode.base).toBe(base);
    expect((await one.check({ changed: { base: "main" } })).mode.base).toBe(base);
    one.git("branch", "-q", "-D", "main");
    expect((await one.check({ changed: { base: "main" } })).mode.base).toBe(base);
  });

  it("fetch a missing base, alone and to no reference", async () => {
    const origin = makeRepository({ ...SOUND, ...many });
    origin.commit();
    origin.write({ "m1.py": `${many["m1.py"]}x = 1\n` });
    const base = origin.commit();
    origin.git("checkout", "-q", "-b", "change");
    origin.write({ "m0.py": absent });
    origin.commit();
    for (const name of [base, "main", "origin/main", "refs/heads/main"]) {
      const one = clone(origin, "--depth=1", "--branch=change");
      const references = one.ask("for-each-ref");
      const off = await one.check({ changed: { base: name } });
      expect(noticed(off)).toContain("everything-checked base");
      const report = await one.check({ changed: { base: name }, offline: false });
      // There is no merge base in what is there: it is compared with the base itself.
      expect([report.mode.base, filesOf(report), told(report)]).toEqual([
        base,
        1,
        ["failed", "missing m0.py:1"],
      ]);
      expect(one.ask("rev-list", "--count", base)).toBe("1");
      expect(one.ask("for-each-ref")).toBe(references);
      expect(one.ask("status", "--porcelain")).toBe("");
    }
  });

  it("fetch into a whole clone without cutting off its history", async () => {
    const origin = makeRepository({ ...SOUND, ...many });
    origin.commit();
    const one = clone(origin);
    origin.write({ "m1.py": `${many["m1.py"]}x = 1\n` });
    const base = origin.commit();
    one.write({ "m0.py": absent });
    const report = await one.check({ changed: { base }, offline: false });
    expect([report.mode.base, filesOf(report)]).toEqual([one.ask("rev-parse", "HEAD"), 1]);
    expect(one.ask("rev-parse", "--is-shallow-repository")).toBe("false");
  });

  it("are everything where the base cannot be fetched", async () => {
    const origin = makeRepository();
    origin.commit();
    const one = clone(origin);
    const reasons: string[] = [];
    const check = async (base: string) => {
      const report = await one.check({ changed: { base }, offline: false });
      expect(noticed(report)).toContain("everything-checked base");
      const [first] = report.notices;
      reasons.push(first?.code === "base-missing" ? first.data.reason : "");
    };
    await check("nowhere");
    await check("1".repeat(40));
    one.git("remote", "set-url", "origin", "ext::sh -c 'touch ran'");
    await check("nowhere");
    one.git("remote", "remove", "origin");
    await check("nowhere");
    expect(reasons).toEqual([
      "The remote repository origin has no such branch or tag.",
      expect.stringMatching(/^Git says ".*1{40}.*"\.$/),
      expect.stringMatching(/^Git says "transport 'ext' not allowed"\.$/),
      "There is no remote repository to fetch it from.",
    ]);
  });

  it("are those of a head that is not checked out, with its pool", async () => {
    const one = withBranch();
    one.write({ "m0.py": importOf(spread.object.hash), ...poolFiles(spread) });
    rmSync(join(one.root, ".ouverture"), { recursive: true });
    const head = one.commit();
    one.git("checkout", "-q", "main");
    expect(told(await one.check({ changed: { base: "main", head } }))[0]).toBe("failed");
    one.git("checkout", "-q", "change");
    one.write({ ...poolFiles(mean, spread) });
    expect(told(await one.check({ changed: { base: "main", head } }))).toEqual(["verified"]);
    await expect(one.check({ changed: { base: "main", head: "nowhere" } })).rejects.toThrow(
      "The commit 'nowhere', which is to be checked, is not to be had. Nothing is fetched offline.",
    );
  });

  it("are read from a repository without a working tree", async () => {
    const one = withBranch();
    one.write({ "m0.py": absent });
    const head = one.commit();
    const bare = join(temporaryFolder(), "bare.git");
    spawnSync("git", ["clone", "-q", "--bare", one.root, bare]);
    const report = await openRepository(bare).check({ changed: { base: one.base, head } });
    expect([told(report), filesOf(report)]).toEqual([["failed", "missing m0.py:1"], 1]);
  });

  it("keep to the paths that are given", async () => {
    const one = withBranch();
    one.write({ "m0.py": absent, "deep/a.py": absent });
    const report = await one.check({ changed: { base: "main" }, paths: ["deep", "m1.py"] });
    expect([told(report), filesOf(report)]).toEqual([["failed", "missing deep/a.py:1"], 1]);
  });
});
