/** What is looked at: the working tree, the index, a commit; and that nothing is written. */
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, hasGit, makePipe, temporaryFolder } from "../folder.js";
import { filesOf, mean, pathOfMapping, spread } from "../store-suite-records.js";
import {
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

const isWindows = process.platform === "win32";
const STAGED = { content: "index", changed: {} } as const;
const INDEX = { content: "index" } as const;
const absent = importOf("0".repeat(64));

describe.runIf(hasGit)("the content that is checked", () => {
  it("is that of the working tree, of the index or of a commit", async () => {
    const one = makeRepository();
    const sound = one.commit();
    one.write({ "a.py": "from ouverture.pool import *\n" });
    one.git("add", ".");
    one.write({ "a.py": absent });
    expect(told(await one.check())).toEqual(["failed", "missing a.py:1"]);
    expect(told(await one.check(INDEX))).toEqual(["failed", "malformed-import a.py:1"]);
    expect(told(await one.check(STAGED))).toEqual(["failed", "malformed-import a.py:1"]);
    one.git("commit", "-q", "-m", "bad");
    const bad = one.ask("rev-parse", "HEAD");
    // It is checked out, and so what is not committed yet is looked at, too.
    const head = { changed: { base: sound, head: bad } };
    expect(told(await one.check(head))).toEqual(["failed", "missing a.py:1"]);
    one.commit();
    expect(told(await one.check(head))).toEqual(["failed", "malformed-import a.py:1"]);
    const earlier = await one.check({ changed: { base: "0".repeat(40), head: sound } });
    expect(told(earlier)).toEqual(["verified"]);
    expect(earlier.coverage).toMatchObject({ files: 1, functions: 2, verified: 2 });
    expect(earlier.mode).toEqual({ kind: "changed", base: null, head: sound });
  });

  it("has findings in one order, whichever mapping was there first", async () => {
    const one = makeRepository();
    const { hash } = mean.object;
    // Two of one language that say something else than their hashes.
    const places = ["11", "ee"].map((start) => pathOfMapping(hash, "fra", start.padEnd(64, "0")));
    const text = [...filesOf(mean)].find(([path]) => path.includes("/eng/"))?.[1] ?? "";
    one.write(Object.fromEntries(places.map((place) => [`.ouverture/${place}`, text])));
    one.commit();
    const reports = [];
    for (const older of [0, 1]) {
      for (const [index, place] of places.entries()) {
        const time = index === older ? 1_000_000 : 2_000_000;
        utimesSync(join(one.root, ".ouverture", place), time, time);
      }
      reports.push(
        await one.check(),
        await one.check(INDEX),
        await one.check({ content: "commit" }),
      );
    }
    const [first, ...others] = reports.map(({ findings }) => findings);
    expect(first?.map(({ code, data }) => [code, "mapping" in data && data.mapping])).toEqual([
      ["invalid-mapping", "11".padEnd(64, "0")],
      ["invalid-mapping", "ee".padEnd(64, "0")],
    ]);
    for (const other of others) expect(other).toEqual(first);
  });

  it("is what is staged, whatever stands in the working tree", async () => {
    const one = makeRepository();
    one.commit();
    one.write({ "a.py": absent });
    expect(told(await one.check(STAGED))).toEqual(["verified"]);
    one.git("add", "a.py");
    one.write({ "a.py": "x = 1\n" });
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing a.py:1"]);
    rmSync(join(one.root, "a.py"));
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing a.py:1"]);
  });

  it("has the staged objects of the pool, and no others", async () => {
    const one = makeRepository({ "a.py": SOUND["a.py"] ?? "", ...poolFiles(spread) });
    one.git("add", ".");
    one.write(poolFiles(mean));
    expect(told(await one.check())).toEqual(["verified"]);
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing a.py:1"]);
    one.git("add", "--intent-to-add", ".");
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing a.py:1"]);
    one.git("add", ".");
    expect(told(await one.check(STAGED))).toEqual(["verified"]);
  });

  it("tells of an object that is staged empty", async () => {
    const one = makeRepository();
    one.write({ [objectOf(mean)]: "" });
    one.git("add", ".");
    expect(told(await one.check(STAGED))).toEqual(["failed", "malformed-object a.py:1"]);
  });

  it("finds an object that is deleted and still imported, in files that stay as they are", async () => {
    const one = makeRepository();
    one.commit();
    one.git("rm", "-q", "--cached", objectOf(mean));
    const report = await one.check(STAGED);
    expect(told(report)).toEqual(["failed", "missing a.py:1"]);
    expect(noticed(report)).toContain("everything-checked pool");
  });

  it("has the staged configuration", async () => {
    const one = makeRepository({ ...SOUND, "b.py": absent });
    one.git("add", ".");
    one.write({ ".ouverture/config.yaml": "verify: { exclude: [b.py] }\n" });
    expect(told(await one.check())).toEqual(["verified"]);
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing b.py:1"]);
    one.git("add", ".");
    expect(told(await one.check(STAGED))).toEqual(["verified"]);
    one.write({ ".ouverture/config.yaml": "verify: { exclud: [] }\n" });
    one.git("add", ".");
    await expect(one.check(STAGED)).rejects.toThrow(
      /^\.ouverture\/config\.yaml \(staged\), line 1: verify\.exclud is not known\. Did you mean exclude\?/,
    );
  });

  it("is found before the first commit", async () => {
    const one = makeRepository({ ...SOUND, "b.py": absent });
    expect(noticed(await one.check(STAGED))).toContain("nothing-changed");
    one.git("add", "b.py");
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing b.py:1"]);
  });

  it("has files of any name", async () => {
    const names = ["a b.py", "ü 日本.py", "quo\"te's.py", "back\\slash.py", "-x.py"];
    if (!isWindows) names.push("new\nline.py", "tab\there.py", "\u001b[31m.py");
    const one = makeRepository({ ...SOUND, ...Object.fromEntries(names.map((n) => [n, absent])) });
    for (const quotes of ["true", "false"]) {
      one.git("config", "core.quotePath", quotes);
      one.git("add", ".");
      for (const content of ["worktree", "index"] as const) {
        const { findings, coverage } = await one.check({ content });
        expect(coverage.files).toBe(names.length + 1);
        expect(
          findings.flatMap(({ locations }) => locations.map(({ path }) => path)).sort(),
        ).toEqual([...names].sort());
      }
    }
  });

  it.skipIf(process.platform !== "linux")("has files whose names are no UTF-8", async () => {
    const one = makeRepository();
    const name = Buffer.concat([
      Buffer.from(`${one.root}/caf`),
      Buffer.from([0xe9, 0x2e, 0x70, 0x79]),
    ]);
    writeFileSync(name, absent);
    // The name of one must not hide the other.
    one.write({ "caf\\xe9.py": absent });
    const expected = ["caf\\xe9.py", "caf\\xe9.py"];
    const places = async (options: object) =>
      (await one.check(options)).findings.flatMap(({ locations }) =>
        locations.map(({ path }) => path),
      );
    expect(await places({})).toEqual(expected);
    one.git("add", ".");
    expect(await places({})).toEqual(expected);
    expect(await places(STAGED)).toEqual(expected);
    const id = one.commit();
    expect(
      await places({ changed: { base: one.ask("hash-object", "-t", "tree", "/dev/null") } }),
    ).toEqual(expected);
    one.commit("empty");
    expect(await places({ changed: { base: "0".repeat(40), head: id } })).toEqual(expected);
  });

  it.skipIf(isWindows)("follows links as far as they stay in it, in each view", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "x.py"), absent);
    const one = makeRepository({ ...SOUND, "code.txt": absent, "deep/er/b.txt": absent });
    const links: [string, string][] = [
      ["code.txt", "inside.py"],
      ["../code.txt", "deep/up.py"],
      ["deep", "folder"],
      ["folder/er/b.txt", "through.py"],
      [join(outside, "x.py"), "outside.py"],
      ["../../../../../../../../etc/passwd", "far.py"],
      ["nowhere", "broken.py"],
      ["loop.py", "loop.py"],
      ["er", "deep/folder.py"],
    ];
    for (const [target, path] of links) symlinkSync(target, join(one.root, path));
    const id = one.commit();
    one.commit("another");
    for (const options of [{}, INDEX, { changed: { base: "0".repeat(40), head: id } }]) {
      const { findings, coverage } = await one.check(options);
      const paths = findings.flatMap(({ locations }) => locations.map(({ path }) => path));
      expect(paths.sort()).toEqual(["deep/up.py", "inside.py", "through.py"]);
      const reasons = coverage.skipped.map(({ reason, count }) => `${reason} ${count}`);
      expect(reasons).toEqual(["link 4"]);
    }
  });

  it("tells of submodules, and looks into none", async () => {
    const inner = makeRepository({ "b.py": absent });
    inner.commit();
    const one = makeRepository();
    one.git(
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      inner.root,
      "module",
    );
    one.commit();
    for (const options of [{}, INDEX]) {
      const { outcome, coverage } = await one.check(options);
      expect(outcome).toBe("verified");
      expect(coverage.skipped).toEqual([{ what: "file", reason: "nested-repository", count: 1 }]);
    }
    const module = openRepository(join(one.root, "module"));
    expect(told(await module.check())).toEqual(["failed", "missing b.py:1"]);
    module.write({ "c.py": absent });
    module.git("add", ".");
    expect(told(await module.check(STAGED))).toEqual(["failed", "missing c.py:1"]);
  });

  it("has what a sparse checkout left out", async () => {
    const one = makeRepository({ ...SOUND, "far/b.py": absent });
    one.commit();
    one.git("sparse-checkout", "set", "--no-cone", "/a.py");
    for (const options of [{}, INDEX, STAGED]) {
      const report = await one.check(options);
      const isAll = !("changed" in options);
      expect(told(report)).toEqual(isAll ? ["failed", "missing far/b.py:1"] : ["verified"]);
      expect(report.coverage.files).toBe(isAll ? 2 : 0);
    }
    one.git("sparse-checkout", "set", "--no-cone", "/far");
    rmSync(join(one.root, "far/b.py"));
    expect(told(await one.check())).toEqual(["verified"]);
  });

  it("has both sides of a conflict", async () => {
    const one = makeRepository({ ...SOUND, "b.py": "x = 1\n" });
    one.commit();
    one.git("checkout", "-q", "-b", "other");
    one.write({ "b.py": absent });
    one.commit();
    one.git("checkout", "-q", "main");
    one.write({ "b.py": "x = 2\n" });
    one.commit();
    expect(() => one.git("merge", "-q", "other")).toThrow();
    expect(told(await one.check(INDEX))).toEqual(["failed", "missing b.py:1"]);
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing b.py:1"]);
    one.write({ "b.py": "x = 2\n" });
    expect(told(await one.check())).toEqual(["verified"]);
  });

  it("is what is committed, whatever line ends a checkout gives", async () => {
    const one = makeRepository();
    one.git("config", "core.autocrlf", "true");
    one.write({ "b.py": `x = 1\r\n${absent.replace("\n", "\r\n")}` });
    one.git("add", ".");
    expect(told(await one.check(INDEX))).toEqual(["failed", "missing b.py:2"]);
    expect(told(await one.check())).toEqual(["failed", "missing b.py:2"]);
  });

  it("has no source among the objects of the pool but those that are tracked", async () => {
    const outer = makeRepository({});
    const folder = "a [b]! #c*";
    const root = join(outer.root, folder);
    mkdirSync(root);
    const one = openRepository(root, SOUND);
    one.write({ ".ouverture/objects/tracked.py": importOf("0".repeat(64)) });
    outer.commit();
    one.write({
      ".ouverture/objects/sha256/untracked.py": importOf("1".repeat(64)),
      ".ouverture/beside.py": importOf("2".repeat(64)),
      "deep/.ouverture/objects/other.py": importOf("3".repeat(64)),
    });
    const { findings } = await one.check();
    expect(findings.map(({ hash }) => hash?.[0])).toEqual(["2", "0", "3"]);
  });

  it("is whole, be it longer or shorter than what was read before", async () => {
    const sizes = [100_000, 2000, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 200];
    const sources = sizes.map((size, index) => {
      const last = importOf(`${index}`.repeat(64));
      return [`${index}.py`, `${"#".repeat(size - 1 - last.length)}\n${last}`];
    });
    const { findings } = await makeRepository(Object.fromEntries(sources)).check();
    expect(findings.map(({ hash }) => hash?.[0])).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  it("is below the root alone, where that is a folder of a repository", async () => {
    const one = makeRepository({ "other.py": absent });
    const inner = openRepository(join(one.root, "inner"), SOUND);
    one.commit();
    inner.write({ "b.py": "import ouverture\nx = 1\n" });
    for (const options of [{}, INDEX, { changed: { base: "HEAD" } }]) {
      expect(told(await inner.check(options))).toEqual(["verified"]);
    }
    one.git("add", ".");
    const report = await inner.check(STAGED);
    expect(report.coverage.files).toBe(1);
    const head = one.commit();
    one.commit("another");
    const changed = await inner.check({ changed: { base: `${head}~1`, head } });
    expect(changed.coverage.files).toBe(1);
  });

  it("is as its repository names it, and not what replaces that", async () => {
    const one = makeRepository({ ...SOUND, "b.py": absent });
    one.git("add", ".");
    const bad = one.ask("rev-parse", ":b.py");
    const good = one.ask("rev-parse", ":a.py");
    one.git("replace", bad, good);
    expect(told(await one.check(INDEX))).toEqual(["failed", "missing b.py:1"]);
  });

  it("says what is wrong where there is no repository", async () => {
    const folder = openRepository(temporaryFolder(), SOUND);
    expect(told(await folder.check())).toEqual(["verified"]);
    await expect(folder.check(STAGED)).rejects.toThrow(
      /is in no repository of git, so that nothing/,
    );
    await expect(folder.check({ changed: { head: "x" } })).rejects.toThrow(/it has no commits/);
  });

  it("does not pass over a repository that git refuses to read", async () => {
    const one = makeRepository();
    writeFileSync(join(one.root, ".git/config"), "[core]\n\trepositoryformatversion = 99\n");
    await expect(one.check()).rejects.toThrow(/cannot be read: git says ".*version/);
  });
});

describe.runIf(hasGit)("the check", () => {
  it("writes nothing to the working tree and to git's folder", async () => {
    const one = makeRepository({ ...SOUND, "b.py": absent, "c.py": "x = 1\n", "gone.py": "" });
    const base = one.commit();
    one.write({ "c.py": "x = 2\n", "pyproject.toml": "[project]\nname = 'x'\n" });
    one.git("add", "c.py");
    one.write({ "c.py": "x = 3\n", "new.py": absent });
    one.git("add", "-N", "new.py");
    rmSync(join(one.root, "gone.py"));
    // The index knows older times of these: a refresh would write them.
    renameSync(join(one.root, "b.py"), join(one.root, "t"));
    one.write({ "b.py": absent });
    const before = fingerprint(one.root);
    for (const options of [
      {},
      INDEX,
      STAGED,
      { changed: { base } },
      { changed: {} },
      { changed: { base, head: base } },
      { trustedCommit: base },
      { changed: { base: "nowhere" }, offline: false },
    ]) {
      await one.check(options);
      expect(fingerprint(one.root)).toBe(before);
    }
  });

  it.skipIf(isWindows)("runs no program that the repository names", async () => {
    const one = makeRepository();
    const ran = join(temporaryFolder(), "ran");
    const script = join(temporaryFolder(), "script");
    writeFileSync(script, `#!/bin/sh\necho "$0 $@" >> ${ran}\ncat\n`);
    chmodSync(script, 0o755);
    one.write({ ".gitattributes": "*.py filter=x diff=x merge=x textconv=x\n" });
    const base = one.commit();
    for (const [key, value] of Object.entries({
      "core.fsmonitor": script,
      "core.hooksPath": join(script, ".."),
      "filter.x.smudge": script,
      "filter.x.clean": script,
      "filter.x.process": script,
      "filter.x.required": "true",
      "diff.x.textconv": script,
      "diff.x.command": script,
      "diff.external": script,
      "core.pager": script,
    })) {
      one.git("config", key, value);
    }
    one.write({ "b.py": "x = 1\n" });
    // Git has to read what is younger than its index.
    utimesSync(join(one.root, ".git/index"), 1, 1);
    for (const options of [{}, INDEX, STAGED, { changed: { base } }]) await one.check(options);
    expect(() => writeFileSync(ran, "", { flag: "wx" })).not.toThrow();
  });
});

describe.skipIf(isWindows)("a hostile pool", () => {
  const place = objectOf(mean);
  const SPREAD_AND_SOURCE = { ...poolFiles(spread), "a.py": SOUND["a.py"] ?? "" };

  function withObject(make: (path: string) => void) {
    const one = openRepository(temporaryFolder(), SPREAD_AND_SOURCE);
    mkdirSync(join(one.root, place, ".."), { recursive: true });
    make(join(one.root, place));
    return one;
  }

  it.each<[string, (path: string) => void]>([
    ["a pipe", makePipe],
    ["a folder", (path) => mkdirSync(path)],
    ["a device", (path) => symlinkSync("/dev/zero", path)],
    ["a link to itself", (path) => symlinkSync("object.json", path)],
    [
      "a link to a good object",
      (path) => {
        const other = join(temporaryFolder(), "object.json");
        writeFileSync(other, poolFiles(mean)[place] ?? "");
        symlinkSync(other, path);
      },
    ],
    ["a link upwards", (path) => symlinkSync("../../../../../../../../etc/passwd", path)],
  ])("is found out: %s in the place of an object", async (_, make) => {
    expect(told(await withObject(make).check())).toEqual(["failed", "malformed-object a.py:1"]);
  });

  it("is found out: a pipe in the place of a folder, and of the pool", async () => {
    const one = withObject(() => {});
    rmSync(join(one.root, place, "../.."), { recursive: true });
    makePipe(join(one.root, place, "../.."));
    expect(told(await one.check())).toEqual(["failed", "malformed-object a.py:1"]);
    rmSync(join(one.root, ".ouverture"), { recursive: true });
    makePipe(join(one.root, ".ouverture"));
    expect(told(await one.check())).toEqual(["unchecked", "unreachable a.py:1"]);
  });

  it("is found out: a link out of the repository in the place of the pool", async () => {
    const elsewhere = openRepository(temporaryFolder(), SOUND);
    const one = openRepository(temporaryFolder(), { "a.py": SOUND["a.py"] ?? "" });
    symlinkSync(join(elsewhere.root, ".ouverture"), join(one.root, ".ouverture"));
    expect(told(await one.check())).toEqual(["failed", "malformed-object a.py:1"]);
    expect(told(await one.check({ pool: join(elsewhere.root, ".ouverture") }))).toEqual([
      "verified",
    ]);
  });

  it.runIf(hasGit)("is found out in the index: links and folders", async () => {
    const one = makeRepository(SPREAD_AND_SOURCE);
    mkdirSync(join(one.root, place, ".."), { recursive: true });
    symlinkSync("/etc/passwd", join(one.root, place));
    one.git("add", ".");
    expect(told(await one.check(INDEX))).toEqual(["failed", "malformed-object a.py:1"]);
    rmSync(join(one.root, place));
    one.write({ [`${place}/x`]: "" });
    one.git("add", "-A");
    expect(told(await one.check(INDEX))).toEqual(["failed", "malformed-object a.py:1"]);
    rmSync(join(one.root, place, "../.."), { recursive: true });
    symlinkSync("/etc", join(one.root, place, "../.."));
    one.git("add", "-A");
    expect(told(await one.check(INDEX))).toEqual(["failed", "malformed-object a.py:1"]);
    git(one.root, "rm", "-rq", "--cached", ".ouverture");
    rmSync(join(one.root, ".ouverture"), { recursive: true });
    symlinkSync("/etc", join(one.root, ".ouverture"));
    one.git("add", "-A");
    expect(told(await one.check(INDEX))).toEqual(["failed", "malformed-object a.py:1"]);
  });
});
