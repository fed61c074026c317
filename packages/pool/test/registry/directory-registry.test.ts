import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { openHttpRegistry } from "../../src/http/http-registry.js";
import { addAndList, openDirectoryRegistry } from "../../src/registry/directory-registry.js";
import type { FunctionRecord } from "../../src/store.js";
import { validatePool } from "../../src/validate/validate-pool.js";
import { filesBelow, temporaryFolder } from "../folder.js";
import { serveFolder, startServer } from "../http/faulty-server.js";
import { describeStore } from "../store-suite.js";
import { addAll, collect, expectStored, referencesOf } from "../store-suite-checks.js";
import { filesOf, manyRecords, mean, pathOfObject, spread } from "../store-suite-records.js";

describeStore(
  "a registry in a directory",
  {
    writes: true,
    lists: true,
    ordersMappings: true,
    inPlace: ["link", "linked-folder", "folder", "pipe"],
    corrupt: "fault",
  },
  async () => {
    const folder = join(temporaryFolder(), "deep", "registry");
    return {
      store: openDirectoryRegistry(folder),
      another: async () => openDirectoryRegistry(folder),
      change: async (edit) => edit(folder),
    };
  },
);

const pathOfIndex = pathOfObject(mean.object.hash).replace("object.json", "index.json");

function readJson(folder: string, path: string): unknown {
  return JSON.parse(readFileSync(join(folder, path), "utf8"));
}

function listing(folder: string): unknown {
  return readJson(folder, "objects/index.json");
}

describe("the lists of a registry in a directory", () => {
  it("say what there is, sorted, and nothing else is written", async () => {
    const folder = temporaryFolder();
    await addAll(openDirectoryRegistry(folder), [mean, spread]);
    const hashes = [mean.object.hash, spread.object.hash].sort();
    expect(readFileSync(join(folder, "objects/index.json"), "utf8")).toBe(
      `{\n  "functions": [\n    "${hashes.join('",\n    "')}"\n  ]\n}`,
    );
    const index = readJson(folder, pathOfIndex) as Record<string, string[]>;
    expect(Object.keys(index)).toEqual(["domain-medical", "eng", "fra", "heb", "jpn"]);
    expect(index.eng).toEqual([referencesOf(mean)[0]?.hash]);
    expect(await collect(validatePool(openDirectoryPool(folder)))).toEqual([]);
    expect(filesBelow(folder)).toEqual(
      [
        "objects/index.json",
        pathOfIndex,
        pathOfObject(spread.object.hash).replace("object.json", "index.json"),
        ...filesOf(mean).keys(),
        ...filesOf(spread).keys(),
      ].sort(),
    );
  });

  it("follow when a mapping is added, sorted by its hash", async () => {
    const folder = temporaryFolder();
    const registry = openDirectoryRegistry(folder);
    await addAll(registry, [{ ...mean, mappings: [] }]);
    expect(readJson(folder, pathOfIndex)).toEqual({});
    await addAll(registry, [mean, ...variants()]);
    const { eng } = readJson(folder, pathOfIndex) as { eng: string[] };
    expect(eng).toHaveLength(1 + variants().length);
    expect(eng).toEqual([...eng].sort());
  });

  it("are made for a pool that had none, and of one that lost them", async () => {
    const folder = temporaryFolder();
    await addAll(openDirectoryPool(folder), [mean, spread]);
    const registry = openDirectoryRegistry(folder);
    await addAll(registry, [mean]);
    expect(listing(folder)).toEqual({ functions: [mean.object.hash, spread.object.hash].sort() });
    expect(existsSync(join(folder, pathOfIndex))).toBe(true);
    for (const damage of ["", "{", '{"functions": []}', '{"eng": []}']) {
      writeFileSync(join(folder, "objects/index.json"), damage);
      writeFileSync(join(folder, pathOfIndex), damage);
      await addAll(registry, [mean]);
      expect(listing(folder)).toEqual({ functions: [mean.object.hash, spread.object.hash].sort() });
      expect(Object.keys(readJson(folder, pathOfIndex) as object)).toHaveLength(5);
    }
  });

  it.skipIf(process.platform === "win32")("replace a link, and do not follow it", async () => {
    const folder = temporaryFolder();
    const outside = join(temporaryFolder(), "precious");
    writeFileSync(outside, "precious");
    mkdirSync(join(folder, "objects"));
    symlinkSync(outside, join(folder, "objects/index.json"));
    await addAll(openDirectoryRegistry(folder), [mean]);
    expect(readFileSync(outside, "utf8")).toBe("precious");
    expect(listing(folder)).toEqual({ functions: [mean.object.hash] });
  });

  it("are not made where there is nothing", async () => {
    const folder = join(temporaryFolder(), "none");
    await addAll(openDirectoryRegistry(folder), []);
    expect(existsSync(folder)).toBe(false);
  });

  it("hold what was added although nobody waited for all of it", async () => {
    const folder = temporaryFolder();
    for await (const _ of openDirectoryRegistry(folder).add(manyRecords(70))) break;
    const pool = openDirectoryPool(folder);
    expect(listing(folder)).toEqual({ functions: await collect(pool.list() ?? noHashes()) });
  });

  it("are an error when they cannot be written", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "objects/index.json/x"), { recursive: true });
    const adding = addAll(openDirectoryRegistry(folder, { name: "shared" }), [mean]);
    await expect(adding).rejects.toThrow(/^Cannot write to shared: /);
    rmSync(join(folder, "objects/index.json"), { recursive: true });
    await addAll(openDirectoryRegistry(folder), []);
    expect(listing(folder)).toEqual({ functions: [mean.object.hash] });
  });
});

describe("several that publish at once", () => {
  it("lose nothing where one looked before, and writes after the other", async () => {
    const folder = temporaryFolder();
    const pool = openDirectoryPool(folder);
    const [first, second, ...rest] = variants();
    const others = openDirectoryRegistry(folder);
    let isLate = true;
    const late = {
      ...pool,
      async listMappings(hash: string) {
        const references = await pool.listMappings(hash);
        if (isLate) await addAll(others, [second, ...rest]);
        return references;
      },
      async *list() {
        const hashes = await collect(pool.list() ?? noHashes());
        if (isLate) await addAll(others, [spread]);
        isLate = false;
        yield* hashes;
      },
    };
    await collect(addAndList(late, [first]));
    expect(listing(folder)).toEqual({ functions: [mean.object.hash, spread.object.hash].sort() });
    const { eng } = readJson(folder, pathOfIndex) as { eng: string[] };
    expect(eng).toHaveLength(variants().length);
  });

  it("lose nothing, in one process", async () => {
    const folder = temporaryFolder();
    const parts = [0, 1, 2, 3].map((part) => manyRecords(8, 8 * part));
    await Promise.all(
      parts.flatMap((records) =>
        chunks(records).map((some) => addAll(openDirectoryRegistry(folder), some)),
      ),
    );
    const all = parts.flat().map(({ object }) => object.hash);
    expect(listing(folder)).toEqual({ functions: all.sort() });
  });

  it("lose nothing, in several processes", async () => {
    const folder = temporaryFolder();
    const processes = [0, 1, 2].map((part) => publishElsewhere(folder, 8, 8 * part));
    await Promise.all(processes);
    const all = manyRecords(24).map(({ object }) => object.hash);
    expect(listing(folder)).toEqual({ functions: all.sort() });
  });
});

it("serves a site at once, with all that was published", async () => {
  const folder = temporaryFolder();
  await addAll(openDirectoryRegistry(folder), [mean, spread]);
  const { url } = await startServer(serveFolder(folder));
  const served = openHttpRegistry({ name: "served", url });
  try {
    await expectStored(served, mean);
    await expectStored(served, spread);
    expect(await collect(served.list() ?? noHashes())).toEqual(
      [mean.object.hash, spread.object.hash].sort(),
    );
  } finally {
    await served.close();
  }
});

function variants(): [FunctionRecord, FunctionRecord, ...FunctionRecord[]] {
  const english = mean.mappings.slice(0, 1);
  const variant = (comment: string): FunctionRecord => ({
    object: mean.object,
    mappings: english.map(({ language, mapping }) => ({
      language,
      mapping: { ...mapping, comment },
    })),
  });
  return [variant("one"), variant("two"), variant("three"), variant("four")];
}

function chunks<T>(items: readonly T[]): T[][] {
  return [0, 2, 4, 6].map((start) => items.slice(start, start + 2));
}

async function* noHashes(): AsyncGenerator<string> {}

/** Publishes records one by one, each with a call of its own. */
function publishElsewhere(folder: string, count: number, first: number): Promise<void> {
  const script = fileURLToPath(new URL("publish-process.ts", import.meta.url));
  const flags = ["--conditions=@ouverture/source", "--import", "tsx", script];
  const child = spawn(process.execPath, [...flags, folder, String(count), String(first)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => (status === 0 ? resolve() : reject(new Error(said))));
  });
}
