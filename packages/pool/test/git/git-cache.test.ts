/** The copies of git registries in the cache: shared, damaged, left behind. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FunctionStore } from "../../src/store.js";
import { filesBelow, hasGit } from "../folder.js";
import { expectStored } from "../store-suite-checks.js";
import { manyRecords, mean, recordOf, spread } from "../store-suite-records.js";
import {
  addTo,
  failureOf,
  makeRemote,
  openRegistry,
  runGit,
  runGitWith,
  useOwnGit,
} from "./git-remote-repository.js";

describe.runIf(hasGit)("the cache of git registries", () => {
  useOwnGit();

  const damages: readonly (readonly [string, (copy: string) => void])[] = [
    ["no objects", (copy) => rmSync(join(copy, "objects"), { recursive: true })],
    ["nothing", (copy) => rmSync(copy, { recursive: true })],
    ["no packs", (copy) => rmSync(join(copy, "objects", "pack"), { recursive: true })],
    ["a pack that was cut", (copy) => truncateSync(packOf(copy), 4000)],
    ["a pack with other bytes", (copy) => overwrite(packOf(copy), 4000)],
    ["an index of a pack that is none", (copy) => writeFileSync(packOf(copy, ".idx"), "no index")],
    ["a state that is none", (copy) => writeFileSync(join(copy, "state.json"), "{")],
    ["an empty state", (copy) => writeFileSync(join(copy, "state.json"), "")],
    ["a state with another tip", (copy) => replaceTip(copy, "0".repeat(40))],
    ["a state with a hostile tip", (copy) => replaceTip(copy, "--upload-pack=x")],
  ];
  it.each(damages)("is made anew, with %s", async (_, damage) => {
    const remote = makeRemote();
    const records = [mean, ...manyRecords(150)];
    await addTo(openRegistry(remote), ...records);
    const first = openRegistry(remote);
    const { cache } = first;
    for (const record of records) await first.get(record.object.hash);
    await first.close();
    damage(copyIn(cache));
    const store = openRegistry(remote, { cache });
    for (const record of records) await expectStored(store, record);
    await addTo(store, spread);
    await expectStored(openRegistry(remote, { cache }), spread);
  });

  it("is made anew once more where it is damaged while it is read", async () => {
    const remote = makeRemote();
    const records = manyRecords(150);
    const store = openRegistry(remote);
    await addTo(openRegistry(remote), ...records);
    await expectStored(store, must(records[0]));
    rmSync(copyIn(store.cache), { recursive: true });
    await Promise.all(records.map((record) => expectStored(store, record)));
    rmSync(copyIn(store.cache), { recursive: true });
    await addTo(store, mean);
    await expectStored(store, mean);
  });

  it("cannot be made anew offline, and says so", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    const { cache } = store;
    await addTo(store, mean);
    rmSync(join(copyIn(cache), "objects"), { recursive: true });
    const { message } = await failureOf(
      openRegistry(remote, { cache, offline: true }).get(mean.object.hash),
    );
    expect(message).toMatch(
      /^The registry 'team' cannot be read: the copy of it in .* is damaged; /,
    );
  });

  it("gets the history anew where that is damaged", async () => {
    const remote = makeRemote();
    const variants = recordOf({ eng: "def one():\n    return 1" }, ["b", "a", "c"]);
    const { hash } = variants.object;
    const store = openRegistry(remote);
    const { cache } = store;
    await addTo(store, variants);
    const expected = await store.listMappings(hash);
    expect(expected.map((one) => one.hash)).not.toEqual(expected.map((one) => one.hash).sort());
    const [history = ""] = readdirSync(cache).filter((name) => name.endsWith("-history.git"));
    rmSync(join(cache, history, "objects"), { recursive: true });
    expect(await openRegistry(remote, { cache }).listMappings(hash)).toEqual(expected);
  });

  it("goes on from process to process, without the history", async () => {
    const remote = makeRemote();
    const others = openRegistry(remote);
    const all = manyRecords(12);
    for (const record of all.slice(0, 3)) await addTo(others, record);
    const { cache } = openRegistry(remote);
    for (const [index, record] of all.slice(3).entries()) {
      const store = openRegistry(remote, { cache });
      for (const known of all.slice(0, 3 + index)) await expectStored(store, known);
      await addTo(index % 3 === 0 ? others : store, record);
      await store.close();
    }
    const store = openRegistry(remote, { cache });
    for (const record of all) await expectStored(store, record);
    const [, ...older] = runGit(remote, "rev-list", "main").trim().split("\n");
    const place = { GIT_DIR: remote, GIT_OBJECT_DIRECTORY: join(copyIn(cache), "objects") };
    expect(older).toHaveLength(11);
    expect(() => runGitWith(place, cache, "cat-file", "-e", older.at(-1) ?? "")).toThrow();
  });

  it("keeps branches and repositories apart, and folders of one branch together", async () => {
    const [remote, other] = [makeRemote(), makeRemote()];
    const { cache } = openRegistry(remote);
    const open = (suffix: string, of = remote) =>
      openRegistry(of, { cache, url: `git+file://${of}${suffix}` });
    await addTo(open("#a"), mean);
    await addTo(open("//x#a"), spread);
    await addTo(open("#b"), ...manyRecords(1));
    await addTo(open("#a", other), ...manyRecords(1, 5));
    expect(readdirSync(cache)).toHaveLength(3);
    expect(await hashesOf(open("#a"))).toEqual([mean.object.hash]);
    expect(await hashesOf(open("//x#a"))).toEqual([spread.object.hash]);
    expect(await hashesOf(open("#b"))).toEqual(manyRecords(1).map(({ object }) => object.hash));
  });

  it("is made anew where it has become too many small parts", async () => {
    const remote = makeRemote();
    await addTo(openRegistry(remote), mean);
    const store = openRegistry(remote);
    const { cache } = store;
    await store.get(mean.object.hash);
    await store.close();
    const pack = join(copyIn(cache), "objects", "pack");
    mkdirSync(pack, { recursive: true });
    for (let count = 0; count < 200; count += 1) writeFileSync(join(pack, `pack-${count}.x`), "");
    const again = openRegistry(remote, { cache });
    await expectStored(again, mean);
    expect(filesBelow(cache).filter((path) => path.endsWith(".x"))).toEqual([]);
  });

  it("is swept of what processes left that were killed long ago", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    const { cache } = store;
    await addTo(store, mean);
    await store.close();
    const [old, young] = ["view-1-00", "view-2-00"].map((name) => join(copyIn(cache), name));
    for (const view of [old, young]) mkdirSync(must(view));
    utimesSync(must(old), 1_700_000_000, 1_700_000_000);
    await expectStored(openRegistry(remote, { cache }), mean);
    expect(existsSync(must(old))).toBe(false);
    expect(existsSync(must(young))).toBe(true);
  });

  it("says where it cannot be", async () => {
    const remote = makeRemote();
    const cache = join(openRegistry(remote).cache, "file");
    writeFileSync(cache, "");
    const { message } = await failureOf(openRegistry(remote, { cache }).get(mean.object.hash));
    expect(message).toMatch(/^The registry 'team' cannot be read: .*\.$/);
  });
});

async function hashesOf(store: FunctionStore): Promise<string[]> {
  const hashes: string[] = [];
  for await (const hash of store.list() ?? []) hashes.push(hash);
  return hashes;
}

/** The one copy that is in a cache. */
function copyIn(cache: string): string {
  const [name = ""] = readdirSync(cache).filter((entry) => /^[0-9a-f]{64}\.git$/.test(entry));
  return join(cache, name);
}

function packOf(copy: string, ending = ".pack"): string {
  const folder = join(copy, "objects", "pack");
  const [name = ""] = readdirSync(folder).filter((entry) => entry.endsWith(ending));
  chmodSync(join(folder, name), 0o644);
  return join(folder, name);
}

function overwrite(file: string, from: number): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x55, from, bytes.length - 20));
}

function replaceTip(copy: string, tip: string): void {
  const file = join(copy, "state.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), tip }));
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("nothing there");
  return value;
}
