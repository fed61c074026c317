/** The view of what is staged, which lists no more than it has to, against the whole index. */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Report } from "@ouverture/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GitRepository, openGitRepository } from "../../src/git/git-repository.js";
import { openIndexView } from "../../src/sources/git-views.js";
import { openStagedView } from "../../src/sources/staged-view.js";
import type { FunctionSource } from "../../src/store.js";
import { hasGit, temporaryFolder } from "../folder.js";
import { mean, spread } from "../store-suite-records.js";
import {
  type CheckedRepository,
  importOf,
  makeRepository,
  noticed,
  objectOf,
  poolFiles,
  SOUND,
  told,
} from "./checked-repository.js";

const STAGED = { content: "index", changed: {} } as const;
const WHOLE = { content: "index" } as const;

const absent = importOf("0".repeat(64));
const sound = importOf(mean.object.hash);
const content = fc.constantFrom(absent, sound, "x = 1\n", "");
const path = fc.constantFrom("a.py", "b.py", "b.txt", "c/d.py", "c/e.txt", "c", "é.py");
const files = fc.dictionary(path, content, { maxKeys: 5, noNullPrototype: true });
const links = fc.dictionary(
  fc.constantFrom("l.py", "c/l.py", "m.py", "b.py"),
  fc.constantFrom("b.txt", "b.py", "../b.txt", "c", "c/e.txt", "e.txt", "l.py", "/etc/passwd"),
  { maxKeys: 2, noNullPrototype: true },
);
const state = fc.record({ files, links, hasPool: fc.boolean(), hasSettings: fc.boolean() });
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

/** Makes the working tree what a state says, and stages it. */
function stage(one: CheckedRepository, { files, links, hasPool, hasSettings }: State): void {
  one.git("rm", "-rqf", "--ignore-unmatch", ".");
  const pool = hasPool ? poolFiles(mean, spread) : {};
  const settings = hasSettings ? { "pyproject.toml": "[tool.ouverture.verify]\n" } : {};
  for (const [at, text] of Object.entries({ ...files, ...pool, ...settings })) place(one, at, text);
  for (const [at, target] of Object.entries(links)) place(one, at, null, target);
  one.git("add", "-A");
}

/** A file or a link, unless something else stands in its way. */
function place(one: CheckedRepository, at: string, text: string | null, target = ""): void {
  try {
    if (text !== null) return one.write({ [at]: text });
    mkdirSync(dirname(join(one.root, at)), { recursive: true });
    symlinkSync(target, join(one.root, at));
  } catch (error) {
    if (!/^E(?:EXIST|ISDIR|NOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Where each finding is, with its code: at every place, not only at its first. */
function placesOf({ findings }: Report): string[] {
  return findings.flatMap(({ code, locations }) =>
    locations.map(({ path, line }) => `${code} ${path}:${line}`),
  );
}

const EVERY_PATH = [
  ...["a.py", "b.py", "b.txt", "c", "c/d.py", "c/e.txt", "c/l.py", "l.py", "m.py", "é.py"],
  ...["pyproject.toml", ".ouverture", ".ouverture/config.yaml", objectOf(mean), "c/d.py/x"],
];
const MOST = 1 << 20;

async function poolOf(pool: FunctionSource | null) {
  if (pool === null) return null;
  const { hash } = mean.object;
  const listed: string[] = [];
  for await (const found of pool.list() ?? []) listed.push(found);
  const object = await pool.get(hash);
  const bytes = object instanceof Uint8Array ? Buffer.from(object) : object;
  return [listed, bytes, await pool.listMappings(hash), await pool.complete(hash.slice(0, 4))];
}

async function repositoryOf({ root }: CheckedRepository): Promise<GitRepository> {
  const repository = await openGitRepository(root);
  if (repository === null) throw new Error("there is no git");
  return repository;
}

describe.runIf(hasGit && process.platform !== "win32")("what is staged", () => {
  it("is what the index has, at every path and in the pool", async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(state), state, async (before, after) => {
        const one = makeRepository({});
        if (before !== null) {
          stage(one, before);
          one.commit();
        }
        stage(one, after);
        const repository = await repositoryOf(one);
        const [staged, index] = [openStagedView(repository), openIndexView(repository)];
        for (const at of EVERY_PATH) {
          expect([at, await staged.read(at, MOST)]).toEqual([at, await index.read(at, MOST)]);
        }
        for (const folder of [".ouverture", "c", "b.txt"]) {
          expect(await poolOf(await staged.openPool(folder))).toEqual(
            await poolOf(await index.openPool(folder)),
          );
        }
        await Promise.all([staged.close(), index.close()]);
        rmSync(one.root, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });

  it("brings every finding that the index has and the last commit had not", async () => {
    await fc.assert(
      fc.asyncProperty(state, state, async (before, after) => {
        const one = makeRepository({});
        stage(one, before);
        one.commit();
        const old = placesOf(await one.check(WHOLE));
        stage(one, after);
        const whole = await one.check(WHOLE);
        const staged = await one.check(STAGED);
        const added = placesOf(whole).filter((place) => !old.includes(place));
        expect(placesOf(staged)).toEqual(expect.arrayContaining(added));
        const all = new Set(whole.imports.map(({ location }) => location.path));
        for (const { location } of staged.imports) expect(all).toContain(location.path);
        rmSync(one.root, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });

  it("is behind a link that nobody touched, too", async () => {
    const one = makeRepository({ ...SOUND, "text.txt": "x = 1\n" });
    symlinkSync("text.txt", join(one.root, "link.py"));
    one.commit();
    one.write({ "text.txt": absent });
    one.git("add", ".");
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing link.py:1"]);
  });

  it("is behind a link to a file that is excluded", async () => {
    const settings = '[tool.ouverture.verify]\nexclude = ["vendored"]\n';
    const one = makeRepository({ ...SOUND, "vendored/a.py": "", "pyproject.toml": settings });
    symlinkSync("vendored/a.py", join(one.root, "link.py"));
    one.commit();
    one.write({ "vendored/a.py": absent });
    one.git("add", ".");
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing link.py:1"]);
    expect(told(await one.check({ ...STAGED, paths: ["link.py"] }))).toEqual([
      "failed",
      "missing link.py:1",
    ]);
  });

  it("is both sides of a conflict, also of the configuration", async () => {
    const one = makeRepository({ ...SOUND, "pyproject.toml": "[tool.ouverture.verify]\n" });
    one.commit();
    const blob = (text: string) =>
      spawnSync("git", ["hash-object", "-w", "--stdin"], {
        cwd: one.root,
        input: text,
        encoding: "utf8",
      }).stdout.trim();
    const conflict = (at: string, ours: string, theirs: string) => {
      const zeros = "0".repeat(40);
      const lines = [
        `0 ${zeros}\t${at}`,
        `100644 ${blob(ours)} 2\t${at}`,
        `100644 ${blob(theirs)} 3\t${at}`,
      ];
      const run = spawnSync("git", ["update-index", "--index-info"], {
        cwd: one.root,
        input: `${lines.join("\n")}\n`,
      });
      expect(run.status).toBe(0);
    };
    conflict("a.py", sound, absent);
    expect(told(await one.check(STAGED))).toEqual(["failed", "missing a.py:1"]);
    conflict("pyproject.toml", "[tool.ouverture.verify]\nexclude = 5\n", "");
    await expect(one.check(STAGED)).rejects.toThrow(/exclude/);
  });

  it("needs no list of the index where it is nothing but sources", async () => {
    const one = makeRepository();
    one.commit();
    one.write({ "b.py": importOf(mean.object.hash), "c/d.ipynb": "{}" });
    one.git("add", ".");
    const asked: string[] = [];
    const repository = await repositoryOf(one);
    const ask = (args: readonly string[]) => {
      asked.push(args[0] ?? "");
      return repository.ask(args);
    };
    const askAndOpenObjects = (args: readonly string[]) => {
      asked.push(args[0] ?? "");
      return repository.askAndOpenObjects(args);
    };
    const view = openStagedView({ ...repository, ask, askAndOpenObjects });
    expect(await view.read("pyproject.toml", MOST)).toEqual({ why: "absent" });
    expect(await (await view.openPool(".ouverture"))?.get(mean.object.hash)).toBeInstanceOf(
      Uint8Array,
    );
    expect((await view.listDifferences()).map((one) => one.path)).toEqual(["b.py", "c/d.ipynb"]);
    await view.close();
    expect(asked).toEqual(["diff"]);
    const report = await one.check(STAGED);
    expect(report.coverage).toMatchObject({ files: 2, imports: 1, verified: 1 });
    expect(noticed(report)).toEqual(["offline"]);
  });

  it("is nothing where the folder .git is no repository", async () => {
    const one = makeRepository();
    one.commit();
    rmSync(join(one.root, ".git", "HEAD"));
    await expect(one.check(STAGED)).rejects.toThrow("is in no repository of git, so that nothing");
  });

  it("is not passed over where there is no git", async () => {
    const one = makeRepository();
    one.commit();
    one.write({ "b.py": absent });
    one.git("add", ".");
    const { PATH } = process.env;
    process.env.PATH = temporaryFolder();
    try {
      await expect(one.check(STAGED)).rejects.toThrow("There is no program git");
    } finally {
      process.env.PATH = PATH;
    }
  });

  // Git compares folders by the trees that its index remembers, where it remembers any: then it
  // does not read the tree that is missing, and it is missed later.
  describe("is not passed over where the last commit is damaged", () => {
    const damage = (remember: (one: ReturnType<typeof makeRepository>) => void) => {
      const one = makeRepository();
      one.commit();
      one.write({ "b.py": sound });
      one.git("add", ".");
      remember(one);
      const tree = one.ask("rev-parse", "HEAD:.ouverture");
      rmSync(join(one.root, ".git", "objects", tree.slice(0, 2), tree.slice(2)));
      return { one, tree };
    };

    it("and git reads the tree", async () => {
      const { one, tree } = damage((repository) => {
        repository.git("rm", "-rq", "--cached", ".ouverture");
        repository.git("add", ".ouverture");
      });
      await expect(one.check(STAGED)).rejects.toThrow(`git says "unable to read tree ${tree}"`);
    });

    it("and git reads its index alone", async () => {
      const { one, tree } = damage((repository) => repository.git("write-tree"));
      const report = await one.check(STAGED);
      expect(told(report)).toEqual(["unchecked", "unreachable b.py:1"]);
      expect(report.coverage).toMatchObject({ imports: 1, verified: 0 });
      expect(report.findings[0]?.data).toEqual({
        error: `Cannot read the repository's pool: git says '${tree} missing'. Run git fsck, and fetch what is missing.`,
      });
    });
  });
});
