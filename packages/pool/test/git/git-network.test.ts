/** Git registries over http, as they are behind hosts of git: answers, refusals, silence. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { mappingHash } from "@ouverture/core";
import { describe, expect, it, vi } from "vitest";
import { hasGit, temporaryFolder } from "../folder.js";
import {
  answer,
  type Behaviour,
  hang,
  inTurn,
  redirect,
  serveFolder,
  startServer,
} from "../http/faulty-server.js";
import { expectStored } from "../store-suite-checks.js";
import { manyRecords, mean, recordOf, spread } from "../store-suite-records.js";
import { serveGit, withPassword } from "./git-http-backend.js";
import {
  addTo,
  failureOf,
  makeRemote,
  openRegistry,
  pathsIn,
  runGit,
  useOwnGit,
} from "./git-remote-repository.js";

describe.runIf(hasGit)("a git registry over http", () => {
  useOwnGit();

  async function serve(remote: string, behaviour?: Behaviour) {
    const server = await startServer(behaviour ?? serveGit(dirname(remote)));
    return { ...server, git: `git+${server.url}remote.git` };
  }

  it("is pushed to and read", async () => {
    const remote = makeRemote();
    const { git: url } = await serve(remote);
    const store = openRegistry(remote, { url });
    const records = [mean, spread, ...manyRecords(120)];
    expect(await addTo(store, ...records)).toHaveLength(122);
    const other = openRegistry(remote, { url });
    for (const record of records.slice(0, 10)) await expectStored(other, record);
    await addTo(other, ...manyRecords(3, 1000));
    await addTo(store, ...manyRecords(3, 2000));
    const last = openRegistry(remote, { url, cache: store.cache });
    for (const first of [1000, 2000]) {
      for (const record of manyRecords(3, first)) await expectStored(last, record);
    }
  });

  it("asks for nothing but what is new", async () => {
    const remote = makeRemote();
    await addTo(openRegistry(remote), mean);
    const { git: url, requests } = await serve(remote);
    const store = openRegistry(remote, { url });
    await store.get(mean.object.hash);
    const first = requests.length;
    await store.get(mean.object.hash);
    expect(requests).toHaveLength(first);
    await openRegistry(remote, { url, cache: store.cache }).get(mean.object.hash);
    const paths = requests.slice(first).map(({ path }) => path);
    expect(paths).toEqual([
      "/remote.git/info/refs?service=git-upload-pack",
      "/remote.git/git-upload-pack",
    ]);
  });

  it("gets its credentials from git's helpers", async () => {
    const remote = makeRemote();
    await addTo(openRegistry(remote), mean);
    const server = await serve(remote, withPassword("zoe", "secret", serveGit(dirname(remote))));
    const helper = "!f() { echo username=zoe; echo password=secret; }; f";
    const config = join(temporaryFolder(), "gitconfig");
    runGit(dirname(config), "config", "--file", config, "credential.helper", helper);
    vi.stubEnv("GIT_CONFIG_GLOBAL", config);
    try {
      const store = openRegistry(remote, { url: server.git });
      await expectStored(store, mean);
      await addTo(store, spread);
      expect(pathsIn(remote, "main").join()).toContain(spread.object.hash.slice(2));
    } finally {
      vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    }
  });

  const TODO = {
    credentials: /give git credentials/,
    network: /look at the network/,
    address: /correct its URL/,
  };
  const failures: readonly (readonly [string, Behaviour, RegExp])[] = [
    ["no password", withPassword("zoe", "secret", answer(200)), TODO.credentials],
    ["forbidden", answer(403), TODO.credentials],
    ["no such repository", answer(404), TODO.address],
    ["a server that fails", answer(500), TODO.network],
    ["a server that is overloaded", answer(503), TODO.network],
    [
      "a page",
      answer(200, "<!doctype html>\n<html>\nLog in to the network\n</html>\n"),
      TODO.address,
    ],
    ["a redirect to another host", redirect("http://192.0.2.1/x.git/info/refs"), /redirect|302/],
    ["a connection that ends", (_, response) => response.destroy(), TODO.network],
    ["no answer", hang, TODO.network],
  ];
  it.each(failures)("says in one sentence what is wrong: %s", async (_, behaviour, todo) => {
    const remote = makeRemote();
    const { git: url } = await serve(remote, behaviour);
    const timeout = behaviour === hang ? 300 : 60_000;
    const store = openRegistry(remote, { url, timeout, retryDelay: 1 });
    const error = await failureOf(store.get(mean.object.hash));
    expect(error.message).toMatch(/^The registry 'team' cannot be read: .+; .+\.$/);
    expect(error.message).toMatch(todo);
    expect(error.message).not.toMatch(/\n|secret/);
    const adding = await failureOf(addTo(store, mean));
    expect(adding.message).toMatch(todo);
  });

  it("keeps what it has where only the server is at fault", async () => {
    const remote = makeRemote();
    const others = openRegistry(remote);
    for (const record of manyRecords(3)) await addTo(others, record);
    const good = serveGit(dirname(remote));
    const { git: url, behave } = await serve(remote, good);
    const store = openRegistry(remote, { url });
    const { cache } = store;
    for (const record of manyRecords(3)) await expectStored(store, record);
    await addTo(others, mean);
    const kept = readdirSync(cache).map((copy) => join(cache, copy, "kept"));
    for (const file of kept) writeFileSync(file, "");
    // What it shows is answered, what it has is not.
    behave(inTurn(good, good, answer(403)));
    const later = openRegistry(remote, { url, cache });
    expect((await failureOf(later.get(mean.object.hash))).message).toMatch(TODO.credentials);
    behave(good);
    await expectStored(later, mean);
    expect(kept.map((file) => existsSync(file))).toEqual([true]);
  });

  it("asks again where a server fails for a moment", async () => {
    const remote = makeRemote();
    await addTo(openRegistry(remote), mean);
    const good = serveGit(dirname(remote));
    const { git: url } = await serve(remote, inTurn(answer(503), good, answer(502), good));
    await expectStored(openRegistry(remote, { url, retryDelay: 1 }), mean);
  });

  it("reads from a plain web server", async () => {
    const remote = makeRemote();
    const variants = recordOf({ eng: "def one():\n    return 1" }, ["b", "a", "d", "c"]);
    await addTo(openRegistry(remote), mean, variants);
    runGit(remote, "update-server-info");
    const { git: url } = await serve(remote, serveFolder(dirname(remote)));
    const store = openRegistry(remote, { url });
    await expectStored(store, mean);
    expect(await store.listMappings(variants.object.hash)).toEqual(
      variants.mappings.map(({ mapping }) => ({ language: "eng", hash: mappingHash(mapping) })),
    );
    expect((await failureOf(addTo(store, ...manyRecords(1)))).message).toMatch(
      /^The registry 'team' cannot be written to: .+; .+\.$/,
    );
  });
});
