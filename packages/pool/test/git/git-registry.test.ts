/** What a git registry makes of a repository, and reads of one that others have made. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mappingHash } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { readFunction } from "../../src/checked-reading.js";
import { openGitRegistry } from "../../src/git/git-registry.js";
import { filesBelow, hasGit, temporaryFolder, writeFiles } from "../folder.js";
import { writeIndexes } from "../store-suite.js";
import { expectStored } from "../store-suite-checks.js";
import {
  filesOf,
  manyRecords,
  mean,
  pathOfObject,
  recordOf,
  spread,
} from "../store-suite-records.js";
import { AUTHOR } from "./git-author.js";
import {
  addTo,
  changeRemote,
  failureOf,
  fileIn,
  makeRemote,
  openRegistry,
  pathsIn,
  runGit,
  useOwnGit,
} from "./git-remote-repository.js";

const { hash } = mean.object;
const folderOfMean = dirname(pathOfObject(hash));

describe.runIf(hasGit)("a git registry", () => {
  useOwnGit();

  describe("when functions are added", () => {
    it("has the tree of a pool, with its lists", async () => {
      const remote = makeRemote();
      await addTo(openRegistry(remote), mean, spread);
      const files = [...filesOf(mean).keys(), ...filesOf(spread).keys()];
      const lists = [
        `${folderOfMean}/index.json`,
        `${dirname(pathOfObject(spread.object.hash))}/index.json`,
      ];
      const all = [...files, ...lists, "objects/index.json", ".nojekyll"].sort();
      expect(pathsIn(remote, "main")).toEqual(all);
      for (const [path, text] of filesOf(mean)) expect(fileIn(remote, "main", path)).toBe(text);
      const functions = [hash, spread.object.hash].sort();
      const listing = JSON.stringify({ functions }, null, 2);
      expect(fileIn(remote, "main", "objects/index.json")).toBe(listing);
    });

    it("has the lists that a folder would have", async () => {
      const remote = makeRemote();
      const many = recordOf({ eng: "def one():\n    return 1", fra: "def un():\n    return 1" }, [
        "b",
        "a",
      ]);
      const store = openRegistry(remote);
      await addTo(store, many, mean);
      await addTo(store, spread, recordOf({ deu: "def eins():\n    return 1" }));
      const folder = temporaryFolder();
      runGit(folder, "clone", "-q", `file://${remote}`, ".");
      const before = readLists(folder);
      writeIndexes(folder);
      expect(readLists(folder)).toEqual(before);
      expect(Object.keys(before)).toHaveLength(4);
    });

    it("makes one commit of each call, whose message has the functions", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean, spread);
      await addTo(store, recordOf({ eng: "def one():\n    return 1" }));
      await addTo(store, mean);
      await addTo(store);
      const log = runGit(remote, "log", "--format=%an <%ae> %cn%n%B", "--reverse", "main");
      const who = `${AUTHOR.name} <${AUTHOR.email}> ${AUTHOR.name}`;
      const one = recordOf({ eng: "def one():\n    return 1" }).object.hash;
      expect(log.trim().split("\n").filter(Boolean)).toEqual([
        who,
        "Add 2 functions",
        `${hash} mean (eng), moyenne (fra), 平均 (jpn), ממוצע (heb), dose (domain-medical)`,
        `${spread.object.hash} spread (eng), étendue (fra)`,
        who,
        "Add one (eng)",
        `${one} one (eng)`,
      ]);
    });

    it("takes the author from git's settings, or asks for one", async () => {
      const remote = makeRemote();
      const { identity: _, ...nobody } = { identity: AUTHOR };
      const store = openGitRegistry({
        name: "team",
        url: `git+file://${remote}`,
        cache: temporaryFolder(),
        ...nobody,
      });
      await withVariables(
        {
          GIT_CONFIG_COUNT: "1",
          GIT_CONFIG_KEY_0: "user.useConfigOnly",
          GIT_CONFIG_VALUE_0: "true",
        },
        async () => {
          expect((await failureOf(addTo(store, mean))).message).toMatch(/ouverture whoami/);
        },
      );
      const name = { GIT_CONFIG_KEY_0: "user.name", GIT_CONFIG_VALUE_0: "Amélie" };
      const email = { GIT_CONFIG_KEY_1: "user.email", GIT_CONFIG_VALUE_1: "a@example.org" };
      await withVariables({ GIT_CONFIG_COUNT: "2", ...name, ...email }, async () => {
        await addTo(store, mean);
      });
      expect(runGit(remote, "log", "--format=%an %ae", "main")).toBe("Amélie a@example.org\n");
      await store.close();
    });

    it("makes a name harmless that git has no place for", async () => {
      const remote = makeRemote();
      const identity = { name: "a <b>\nc", email: "<x@y>" };
      await addTo(openRegistry(remote, { identity }), mean);
      expect(runGit(remote, "log", "--format=%an|%ae", "main")).toBe("a bc|x@y\n");
    });

    it("leaves alone what others keep in the repository", async () => {
      const remote = makeRemote();
      const others = { "README.md": "# Hello", "src/a.py": "x = 1", "lib/objects/x": "y" };
      await changeRemote(remote, "main", (tree) => writeFiles(tree, others));
      await addTo(openRegistry(remote, { url: `git+file://${remote}//lib` }), mean);
      for (const [path, text] of Object.entries(others)) {
        expect(fileIn(remote, "main", path)).toBe(text);
      }
      const added = pathsIn(remote, "main").filter((path) => !(path in others));
      expect(added.filter((path) => !path.startsWith("lib/"))).toEqual([]);
      expect(added).toContain(`lib/${pathOfObject(hash)}`);
      await expectStored(openRegistry(remote, { url: `git+file://${remote}//lib` }), mean);
      expect(await openRegistry(remote).get(hash)).toBeUndefined();
    });

    it("completes the lists of a repository that was made by hand", async () => {
      const remote = makeRemote();
      await changeRemote(remote, "main", (tree) => {
        for (const record of [mean, spread, ...manyRecords(3)]) {
          writeFiles(tree, Object.fromEntries(filesOf(record)));
        }
        writeFiles(tree, { "objects/index.json": '{"functions": ["x", 1]}' });
        rmSync(join(tree, pathOfObject(spread.object.hash)));
      });
      expect(await addTo(openRegistry(remote), mean)).toEqual([{ hash, written: [] }]);
      const functions = [mean, ...manyRecords(3)].map(({ object }) => object.hash).sort();
      expect(JSON.parse(fileIn(remote, "main", "objects/index.json"))).toEqual({ functions });
      expect(pathsIn(remote, "main")).toContain(`${folderOfMean}/index.json`);
      const tip = runGit(remote, "rev-parse", "main");
      await addTo(openRegistry(remote), mean);
      expect(runGit(remote, "rev-parse", "main")).toBe(tip);
    });

    it("is refused where it is only read", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote, { readOnly: true });
      expect((await failureOf(addTo(store, mean))).message).toBe(
        "The registry 'team' cannot be written to: it is set to be only read; publish to another, or take read_only out of its configuration.",
      );
      expect(runGit(remote, "branch", "--list")).toBe("");
    });
  });

  describe("the branch", () => {
    it.each([
      ["that an empty repository is going to show", ["-b", "trunk"], "", "trunk"],
      ["that is named", [], "#feature/x", "feature/x"],
      ["of a repository with longer hashes", ["--object-format=sha256"], "#main", "main"],
    ])("is one %s", async (_, options, suffix, branch) => {
      const remote = makeRemote(...options);
      if (options[0]?.startsWith("--")) await changeRemote(remote, "main", () => {});
      const url = `git+file://${remote}${suffix}`;
      const store = openRegistry(remote, { url });
      expect(await store.get(hash)).toBeUndefined();
      await addTo(store, mean);
      expect(runGit(remote, "branch", "--format=%(refname:short)")).toBe(`${branch}\n`);
      await expectStored(openRegistry(remote, { url }), mean);
      await expectStored(openRegistry(remote, { url, cache: store.cache }), mean);
    });

    it("is that which the repository shows", async () => {
      const remote = makeRemote();
      await addTo(openRegistry(remote, { url: `git+file://${remote}#other` }), mean);
      expect(await openRegistry(remote).get(hash)).toBeUndefined();
      runGit(remote, "symbolic-ref", "HEAD", "refs/heads/other");
      const store = openRegistry(remote);
      await expectStored(store, mean);
      await addTo(store, spread);
      expect(runGit(remote, "branch", "--format=%(refname:short)")).toBe("other\n");
    });

    it("may be gone, and another may be there", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean);
      runGit(remote, "update-ref", "-d", "refs/heads/main");
      const again = openRegistry(remote, { cache: store.cache });
      expect(await again.get(hash)).toBeUndefined();
      await addTo(store, spread);
      await expectStored(openRegistry(remote, { cache: store.cache }), spread);
      expect(await openRegistry(remote).get(hash)).toBeUndefined();
    });

    it("has to be named to be pushed to, where the repository does not say which it shows", async () => {
      const remote = makeRemote();
      await addTo(openRegistry(remote), mean);
      runGit(remote, "update-ref", "--no-deref", "HEAD", "main");
      const store = openRegistry(remote);
      await expectStored(store, mean);
      expect((await failureOf(addTo(store, spread))).message).toMatch(
        /write #branch behind its URL\.$/,
      );
    });
  });

  describe("the order of mappings", () => {
    const source = "def one():\n    return 1";
    const variant = (comment: string) => recordOf({ eng: source }, [comment]);
    const one = variant("").object.hash;
    /** Not in the order of their hashes. */
    const comments = ["b", "a", "d", "c"];
    const inOrder = comments.map((comment) => ({
      language: "eng",
      hash: mappingHash(variant(comment).mappings[0]!.mapping),
    }));

    it("is that of the commits, not that of their dates", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      for (const comment of comments) await addTo(store, variant(comment));
      expect(await openRegistry(remote).listMappings(one, "eng")).toEqual(inOrder);
      expect(await store.listMappings(one)).toEqual(inOrder);
    });

    it("is that in which they came into the branch, where others come by a merge", async () => {
      const remote = makeRemote();
      await addTo(openRegistry(remote), variant("b"));
      const side = openRegistry(remote, { url: `git+file://${remote}#side` });
      // Older than what is in the branch, and merged after it.
      await addTo(side, variant("d"));
      await addTo(openRegistry(remote), variant("a"));
      const tree = temporaryFolder();
      runGit(tree, "clone", "-q", `file://${remote}`, ".");
      const merge = ["merge", "-q", "--allow-unrelated-histories", "-X", "ours", "-m", "merge"];
      runGit(tree, ...merge, "origin/side");
      runGit(tree, "push", "-q", "origin", "HEAD:main");
      await addTo(openRegistry(remote), variant("c"));
      expect(await openRegistry(remote).listMappings(one, "eng")).toEqual(inOrder);
    });

    it("is kept within one call, and of a folder", async () => {
      const remote = makeRemote();
      const url = `git+file://${remote}//a%20b`;
      const all = recordOf({ eng: source, fra: source }, comments);
      await addTo(openRegistry(remote, { url }), all);
      expect(await openRegistry(remote, { url }).listMappings(one, "eng")).toEqual(inOrder);
      expect(runGit(remote, "rev-list", "--count", "main")).toBe("4\n");
    });

    it("is known offline, once it was known", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      for (const comment of comments) await addTo(store, variant(comment));
      const { cache } = store;
      const listed = await openRegistry(remote, { cache, offline: true }).listMappings(one, "eng");
      expect(listed.map((found) => found.hash)).toEqual(inOrder.map((found) => found.hash).sort());
      await store.listMappings(one, "eng");
      rmSync(remote, { recursive: true });
      const later = openRegistry(remote, { cache, offline: true });
      expect(await later.listMappings(one, "eng")).toEqual(inOrder);
    });
  });

  describe("offline", () => {
    it("reads what was fetched before", async () => {
      const remote = makeRemote();
      const { cache, ...store } = openRegistry(remote);
      const offline = () => openRegistry(remote, { cache, offline: true });
      expect((await failureOf(offline().get(hash))).message).toMatch(/was never fetched/);
      expect(await store.get(hash)).toBeUndefined();
      expect(await offline().get(hash)).toBeUndefined();
      await addTo(store, mean);
      rmSync(remote, { recursive: true });
      await expectStored(offline(), mean);
      expect((await failureOf(addTo(offline(), spread))).message).toMatch(/no network/);
      expect((await failureOf(openRegistry(remote, { cache }).get(hash))).message).toMatch(
        /correct its URL/,
      );
    });
  });

  it("reads what is there when it is first read, and again when it adds", async () => {
    const remote = makeRemote();
    await addTo(openRegistry(remote), mean);
    const store = openRegistry(remote);
    await expectStored(store, mean);
    await addTo(openRegistry(remote), spread);
    expect(await store.get(spread.object.hash)).toBeUndefined();
    await addTo(store, ...manyRecords(1));
    await expectStored(store, spread);
  });

  it("is asked many things at once", async () => {
    const remote = makeRemote();
    const variants = recordOf({ eng: "def one():\n    return 1" }, ["b", "a", "d", "c"]);
    const first = openRegistry(remote);
    await addTo(first, mean, variants);
    const { hash: one } = variants.object;
    const expected = await first.listMappings(one);
    for (let round = 0; round < 3; round += 1) {
      const store = openRegistry(remote);
      const [, added, ...found] = await Promise.all([
        store.get(hash),
        addTo(store, ...manyRecords(2, 10 * round)),
        ...Array.from({ length: 8 }, () => store.listMappings(one)),
        addTo(store, ...manyRecords(2, 1000 + 10 * round)),
      ]);
      expect(added).toHaveLength(2);
      for (const listed of found.slice(0, 8)) expect(listed).toEqual(expected);
      await addTo(first, ...manyRecords(1, 100 + round));
    }
  });

  it("says that it was closed", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    await addTo(store, mean);
    await store.close();
    expect((await failureOf(store.get(hash))).message).toMatch(/it was closed/);
    expect(filesBelow(store.cache).filter((path) => path.includes("view-"))).toEqual([]);
  });

  it("refuses a URL in a sentence that does not quote it", () => {
    const settings = { name: "te\u202eam", url: "git+https://a:secret@host/x", cache: "/nowhere" };
    expect(() => openGitRegistry(settings)).toThrow(
      /^The URL of the registry 'te\\u202eam' has a password in it\. Take it out, .*\.$/,
    );
  });

  describe("in the tree of a stranger", () => {
    const place = (tree: string, path: string): string => join(tree, ...path.split("/"));

    it("never writes through a link, nor over what is no file", async () => {
      for (const path of ["objects", "objects/sha256", folderOfMean, pathOfObject(hash)]) {
        const remote = makeRemote();
        await changeRemote(remote, "main", (tree) => {
          writeFiles(tree, { "away/x": "x" });
          mkdirSync(dirname(place(tree, path)), { recursive: true });
          symlinkSync(join(tree, "away"), place(tree, path));
        });
        const tip = runGit(remote, "rev-parse", "main");
        expect(await addTo(openRegistry(remote), { ...mean, mappings: [] })).toEqual([
          { hash, fault: expect.objectContaining({ code: "malformed-object" }) },
        ]);
        expect(runGit(remote, "rev-parse", "main")).toBe(tip);
      }
    });

    it("takes a repository within it for no object", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean);
      const commit = runGit(remote, "rev-parse", "main").trim();
      await changeRemote(remote, "main", (tree) => rmSync(place(tree, pathOfObject(hash))));
      await addModule(remote, pathOfObject(hash), commit);
      expect(await readFunction(openRegistry(remote), hash)).toMatchObject({
        fault: { code: "malformed-object", data: { reason: "not-a-file" } },
      });
    });

    it("reads past names that nobody can have meant", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean);
      const tree = runGit(remote, "rev-parse", "main^{tree}").trim();
      const blob = runGit(remote, "hash-object", "-w", "/dev/null").trim();
      const id = (hex: string) => Buffer.from(hex, "hex");
      const objects = runGit(remote, "rev-parse", "main:objects").trim();
      const raw = Buffer.concat([
        ...["..", ".git", "\x1b[31m", "a\nb"].flatMap((name) => [
          Buffer.from(`40000 ${name}\0`),
          id(tree),
        ]),
        Buffer.from([...Buffer.from("100644 "), 0xff, 0xfe, 0]),
        id(blob),
        Buffer.from("40000 objects\0"),
        id(objects),
        Buffer.from("100644 objects\0"),
        id(blob),
      ]);
      const file = join(temporaryFolder(), "tree");
      writeFileSync(file, raw);
      const made = runGit(remote, "hash-object", "-t", "tree", "-w", "--literally", file).trim();
      runGit(
        remote,
        "update-ref",
        "refs/heads/main",
        runGit(remote, "commit-tree", "-m", "x", made).trim(),
      );
      const other = openRegistry(remote);
      await expectStored(other, mean);
    });

    it("keeps nothing of a file that is too large", async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean, spread);
      await changeRemote(remote, "main", (tree) => {
        writeFileSync(place(tree, pathOfObject(hash)), Buffer.alloc(64 << 20));
      });
      const other = openRegistry(remote);
      const found = await Promise.all(
        [hash, spread.object.hash, hash, spread.object.hash].map((one) => readFunction(other, one)),
      );
      expect(found.map((one) => one?.ok)).toEqual([false, true, false, true]);
      expect(found[0]).toMatchObject({ fault: { code: "limit-exceeded" } });
      await expectStored(other, spread);
    });
  });
});

function readLists(folder: string): Record<string, string> {
  const lists = filesBelow(folder).filter((path) => /^objects\/.*index\.json$/.test(path));
  return Object.fromEntries(lists.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

async function withVariables(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  Object.assign(process.env, variables);
  try {
    await work();
  } finally {
    for (const key of Object.keys(variables)) delete process.env[key];
  }
}

/** Puts a submodule into the tree of a branch. */
async function addModule(remote: string, path: string, commit: string): Promise<void> {
  const tree = temporaryFolder();
  runGit(tree, "clone", "-q", "--no-checkout", `file://${remote}`, ".");
  runGit(tree, "read-tree", "HEAD");
  runGit(tree, "update-index", "--add", "--cacheinfo", `160000,${commit},${path}`);
  runGit(tree, "commit", "-q", "-m", "module");
  runGit(tree, "push", "-q", "origin", "HEAD:main");
}
