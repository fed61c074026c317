/** Many who publish into one repository at once, and what stands in their way. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { readFunction } from "../../src/checked-reading.js";
import type { FunctionStore } from "../../src/store.js";
import { hasGit, temporaryFolder, writeFiles } from "../folder.js";
import { expectStored } from "../store-suite-checks.js";
import { filesOf, manyRecords, mean, pathOfObject, spread } from "../store-suite-records.js";
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

describe.runIf(hasGit)("a git registry that others push to", () => {
  useOwnGit();

  it("loses nothing of many who publish at once, each with a cache of its own or not", async () => {
    const remote = makeRemote();
    const shared = temporaryFolder();
    const stores = Array.from({ length: 6 }, (_, index) =>
      openRegistry(remote, index < 3 ? { cache: shared } : {}),
    );
    await Promise.all(
      stores.map(async (store, index) => {
        for (let call = 0; call < 3; call += 1) {
          await addTo(store, ...manyRecords(2, 100 * index + 10 * call));
        }
      }),
    );
    expect(runGit(remote, "rev-list", "--count", "main")).toBe("18\n");
    const records = stores.flatMap((_, index) =>
      [0, 10, 20].flatMap((first) => manyRecords(2, 100 * index + first)),
    );
    await expectWhole(remote, records);
  });

  it("loses nothing of processes that are killed, and is blocked by none", async () => {
    const remote = makeRemote();
    const cache = temporaryFolder();
    const answered: string[] = [];
    const publishers = [0, 1, 2].map((index) =>
      startPublisher(`git+file://${remote}`, cache, 1000 * index, answered),
    );
    for (const publisher of publishers) {
      const before = answered.length;
      while (answered.length < before + 3) await publisher.spoken();
      publisher.child.kill("SIGKILL");
      await once(publisher.child, "close");
    }
    expect(answered.length).toBeGreaterThanOrEqual(9);
    const store = openRegistry(remote, { cache });
    await addTo(store, mean);
    for (const hash of answered) {
      expect(await readFunction(store, hash)).toMatchObject({ ok: true });
    }
    await expectLists(remote);
    runGit(remote, "fsck", "--strict", "--no-dangling");
  });

  it("goes on where the history was rewritten", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    const { cache } = store;
    await addTo(store, mean, spread);
    runGit(remote, "update-ref", "-d", "refs/heads/main");
    await changeRemote(remote, "main", (tree) => {
      writeFiles(tree, Object.fromEntries(filesOf(spread)));
    });
    const again = openRegistry(remote, { cache });
    expect(await again.get(mean.object.hash)).toBeUndefined();
    await expectStored(again, spread);
    // What it had read before is gone, and so is not known.
    await expectStored(store, mean);
    const [answer] = await addTo(store, mean);
    expect(answer).toEqual({ hash: mean.object.hash, written: [...filesOf(mean).keys()] });
    await expectWhole(remote, [mean, spread]);
  });

  it("is refused where the server says no, in its words", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    await addTo(store, mean);
    serverHook(remote, "pre-receive", "echo 'Not on \x1b[31mFridays.' >&2; exit 1");
    const { message } = await failureOf(addTo(store, spread));
    expect(message).toBe(
      "The registry 'team' cannot be written to: git says \"Not on \\u001b[31mFridays.\"; ask those who run it whether you may write there.",
    );
    await expectWhole(remote, [mean]);
    serverHook(remote, "pre-receive", "exit 0");
    await addTo(store, spread);
    await expectWhole(remote, [mean, spread]);
  });

  it("tries again where somebody else was faster", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    await addTo(store, mean);
    // The first three times somebody else pushes in the same moment.
    const faster = `n=$(cat n 2>/dev/null || echo 0); [ $n = 3 ] && exit 0; echo $((n + 1)) > n
      unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
      new=$(git -c user.name=c -c user.email=c@d commit-tree -p main -m $n main^{tree})
      git update-ref refs/heads/main $new`;
    serverHook(remote, "pre-receive", faster);
    await addTo(store, spread);
    expect(runGit(remote, "log", "--format=%s", "main").split("\n").slice(0, 5)).toEqual([
      "Add spread (eng)",
      "2",
      "1",
      "0",
      "Add mean (eng)",
    ]);
    await expectWhole(remote, [mean, spread]);
  });

  it("gives up where others push all the time, and has pushed nothing", async () => {
    const remote = makeRemote();
    const store = openRegistry(remote);
    await addTo(store, mean);
    serverHook(
      remote,
      "pre-receive",
      `unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
      new=$(git -c user.name=c -c user.email=c@d commit-tree -p main -m other main^{tree})
      git update-ref refs/heads/main $new; exit 1`,
    );
    const { message } = await failureOf(addTo(openRegistry(remote, { pushRetries: 3 }), spread));
    expect(message).toMatch(/others push to it all the time; try again later\.$/);
    expect(pathsIn(remote, "main").join()).not.toContain(spread.object.hash.slice(2));
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "cannot be written to without permission",
    async () => {
      const remote = makeRemote();
      const store = openRegistry(remote);
      await addTo(store, mean);
      chmodSync(join(remote, "objects"), 0o555);
      onTestFinished(() => chmodSync(join(remote, "objects"), 0o755));
      expect((await failureOf(addTo(store, spread))).message).toMatch(/cannot be written to: /);
    },
  );
});

/** Checks that a branch has these functions, and lists them. */
async function expectWhole(remote: string, records: readonly (typeof mean)[]): Promise<void> {
  const store: FunctionStore = openRegistry(remote);
  for (const record of records) await expectStored(store, record);
  await expectLists(remote);
}

async function expectLists(remote: string): Promise<void> {
  const paths = pathsIn(remote, "main").filter((path) => path.endsWith("/object.json"));
  const { functions } = JSON.parse(fileIn(remote, "main", "objects/index.json"));
  expect(functions.map(pathOfObject)).toEqual(paths);
}

function serverHook(remote: string, name: string, script: string): void {
  const file = join(remote, "hooks", name);
  writeFiles(remote, { [`hooks/${name}`]: `#!/bin/sh\n${script}\n` });
  chmodSync(file, 0o755);
}

interface Publisher {
  readonly child: ChildProcess;
  /** Until it has published one more; throws where it has ended. */
  spoken(): Promise<unknown>;
}

function startPublisher(url: string, cache: string, first: number, answered: string[]): Publisher {
  const script = fileURLToPath(new URL("git-publisher.ts", import.meta.url));
  const flags = ["--conditions=@ouverture/source", "--import", import.meta.resolve("tsx"), script];
  const child = spawn(process.execPath, [...flags, url, cache, "1000", String(first)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    answered.push(...text.split("\n").filter((line) => line !== ""));
  });
  const ended = once(child, "close").then(() => {
    throw new Error(`a publisher has ended: ${stderr}`);
  });
  ended.catch(() => {});
  return { child, spoken: () => Promise.race([once(child.stdout, "data"), ended]) };
}
