/** What is read of a function in one go: all of it, as the pool has it, or nothing. */
import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openDirectoryPool } from "../../src/directory/directory-pool.js";
import { readStored } from "../../src/verify/check-stored.js";
import { temporaryFolder, writeFiles } from "../folder.js";
import { filesOf, spread } from "../store-suite-records.js";

const MOST = 1 << 20;
const { hash } = spread.object;
const folder = `objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}`;
const [mapping = ""] = [...filesOf(spread).keys()].filter((path) => path.endsWith("mapping.json"));
/** The folders that a mapping is in: of its language, `sha256`, and the two parts of its hash. */
const [language = "", algorithm = "", start = "", rest = ""] = mapping
  .slice(folder.length + 1)
  .split("/");
const below = [[language], [language, algorithm], [language, algorithm, start]];
const ways = [...below, [language, algorithm, start, rest]].map((way) => way.join("/"));

let opened: string | null = null;
afterEach(() => {
  if (opened !== null) rmSync(opened, { recursive: true, force: true });
});

function poolOfOne(): string {
  opened = temporaryFolder();
  writeFiles(opened, Object.fromEntries(filesOf(spread)));
  return opened;
}

/** As whoever asks the pool one question after the other has it; by language and hash. */
async function asked(root: string) {
  const pool = openDirectoryPool(root);
  const listed = await pool.listMappings(hash);
  const mappings = await Promise.all(
    listed.map(async (one) => ({ ...one, bytes: await pool.getMapping(hash, one) })),
  );
  const keyOf = (one: (typeof mappings)[number]) => `${one.language} ${one.hash}`;
  mappings.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { hash, object: await pool.get(hash), mappings };
}

describe("what is read in one go", () => {
  it("is what the pool has", async () => {
    const root = poolOfOne();
    const stored = readStored(root, hash, MOST);
    expect(stored?.mappings.length).toBeGreaterThan(1);
    expect(stored).toEqual(await asked(root));
  });

  it.each(ways)("is nothing, or what the pool has, with a file in the place of %s", async (way) => {
    const root = poolOfOne();
    rmSync(join(root, folder, way), { recursive: true });
    writeFileSync(join(root, folder, way), "");
    const stored = readStored(root, hash, MOST);
    if (stored !== null) expect(stored).toEqual(await asked(root));
  });

  it.each(ways)("is nothing through a link in the place of %s", (way) => {
    const root = poolOfOne();
    const away = join(root, "away");
    cpSync(join(root, folder, way), away, { recursive: true });
    rmSync(join(root, folder, way), { recursive: true });
    symlinkSync(away, join(root, folder, way), "junction");
    expect(readStored(root, hash, MOST)).toBeNull();
  });

  it("is nothing without an object, and over the limit", () => {
    const root = poolOfOne();
    expect(readStored(root, hash, 10)).toBeNull();
    expect(readStored(root, "0".repeat(64), MOST)).toBeNull();
    expect(readStored(root, "no hash", MOST)).toBeNull();
  });
});
