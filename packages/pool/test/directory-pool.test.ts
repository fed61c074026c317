import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { checkObject, normalize, type StoredObject } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { type FunctionRecord, openDirectoryPool } from "../src/directory-pool.js";
import { makePipe, temporaryFolder } from "./folder.js";

function record(source: string, languages: readonly string[], comment = ""): FunctionRecord {
  const normal = normalize(source, { comment });
  if (!normal.ok) throw new Error(normal.fault.code);
  const { hash, code, dependencies, mapping } = normal.value;
  const metadata = { created: "2026-01-01T00:00:00Z", author: "é", tags: [], dependencies };
  const object: StoredObject = {
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata,
  };
  return { object, mappings: languages.map((language) => ({ language, mapping })) };
}

const mean = record("def mean(values):\n    return sum(values) / len(values)", ["eng"]);
const moyenne = record("def moyenne(valeurs):\n    return sum(valeurs) / len(valeurs)", ["fra"]);
const { hash } = mean.object;
const folder = join("objects", "sha256", hash.slice(0, 2), hash.slice(2));

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

describe("a pool in a directory", () => {
  it("has nothing where it is not there", async () => {
    expect(await openDirectoryPool(join(temporaryFolder(), "none")).get(hash)).toBeUndefined();
  });

  it("gives back what was added", async () => {
    const root = join(temporaryFolder(), "pool");
    const pool = openDirectoryPool(root);
    const added = await pool.add(mean);
    expect(added).toMatchObject({
      ok: true,
      value: {
        written: [
          join(folder, "object.json").replaceAll("\\", "/"),
          expect.stringContaining("/eng/sha256/"),
        ],
      },
    });
    const bytes = await pool.get(hash);
    expect(bytes).toEqual(new Uint8Array(readFileSync(join(root, folder, "object.json"))));
    expect(checkObject(hash, bytes as Uint8Array)).toMatchObject({
      value: { object: mean.object },
    });
    expect(await pool.get("0".repeat(64))).toBeUndefined();
  });

  it("writes nothing of a known function but a new mapping", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await pool.add(mean);
    const object = join(root, folder, "object.json");
    const before = statSync(object).mtimeMs;
    const text = readFileSync(object, "utf8");
    const again = {
      ...mean,
      object: { ...mean.object, metadata: { ...mean.object.metadata, author: "b" } },
    };
    expect(await pool.add(again)).toEqual({ ok: true, value: { written: [] } });
    const french = await pool.add(moyenne);
    expect(french.ok && french.value.written).toEqual([expect.stringContaining("/fra/sha256/")]);
    expect(readFileSync(object, "utf8")).toBe(text);
    expect(statSync(object).mtimeMs).toBe(before);
    expect(filesBelow(root)).toHaveLength(3);
  });

  it("completes hashes from four digits on", async () => {
    const pool = openDirectoryPool(temporaryFolder());
    expect(await pool.complete(hash.slice(0, 8))).toEqual([]);
    await pool.add(mean);
    for (const length of [4, 5, 63, 64]) {
      expect(await pool.complete(hash.slice(0, length))).toEqual([hash]);
    }
    for (const digits of ["", hash.slice(0, 3), "../..", `${hash.slice(0, 4)}zz`, "0000"]) {
      expect(await pool.complete(digits)).toEqual([]);
    }
  });

  it("refuses what is not what its hash says, and what has no place", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    const forged = {
      ...mean,
      object: { ...mean.object, normalized_code: "def _ouverture_v_0():\n    pass" },
    };
    expect(await pool.add(forged)).toMatchObject({ fault: { code: "hash-mismatch" } });
    const language = "../../../x";
    const outside = { ...mean, mappings: mean.mappings.map((one) => ({ ...one, language })) };
    expect(await pool.add(outside)).toMatchObject({ fault: { code: "malformed-language" } });
    expect(filesBelow(root)).toEqual([]);
    await expect(pool.get("../x")).rejects.toThrow();
  });

  it("leaves whole files and nothing else after many writers at once", async () => {
    const root = temporaryFolder();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        openDirectoryPool(root).add(
          record(
            "def mean(values):\n    return sum(values) / len(values)",
            ["eng"],
            `${index % 4}`,
          ),
        ),
      ),
    );
    const files = filesBelow(root);
    expect(files).toHaveLength(5);
    for (const file of files) JSON.parse(readFileSync(join(root, file), "utf8"));
  });

  describe.skipIf(process.platform === "win32")(
    "with something else in the place of an object",
    () => {
      const place = (root: string): string => join(root, folder, "object.json");
      const notAFile = { code: "malformed-object", data: { reason: "not-a-file" } };
      const tooLarge = { code: "limit-exceeded", data: { limit: "bytes", most: 1 << 20 } };
      const cases: [string, (root: string, away: string) => void, unknown][] = [
        [
          "a link to another file",
          (root, away) => {
            renameSync(place(root), join(away, "object.json"));
            symlinkSync(join(away, "object.json"), place(root));
          },
          notAFile,
        ],
        [
          "a folder on the way that is a link",
          (root, away) => {
            renameSync(join(root, folder), join(away, "moved"));
            symlinkSync(join(away, "moved"), join(root, folder));
          },
          notAFile,
        ],
        [
          "a link to itself",
          (root) => {
            rmSync(place(root));
            symlinkSync("object.json", place(root));
          },
          notAFile,
        ],
        [
          "a folder",
          (root) => {
            rmSync(place(root));
            mkdirSync(place(root));
          },
          notAFile,
        ],
        [
          "a file on the way",
          (root) => {
            rmSync(join(root, folder), { recursive: true });
            writeFileSync(join(root, folder), "");
          },
          notAFile,
        ],
        [
          "a pipe",
          (root) => {
            rmSync(place(root));
            makePipe(place(root));
          },
          notAFile,
        ],
        [
          "a device",
          (root) => {
            rmSync(place(root));
            symlinkSync("/dev/zero", place(root));
          },
          notAFile,
        ],
        ["too much", (root) => writeFileSync(place(root), Buffer.alloc((1 << 20) + 1)), tooLarge],
      ];
      it.each(cases)("%s", async (_, change, expected) => {
        const root = temporaryFolder();
        const pool = openDirectoryPool(root);
        await pool.add(mean);
        change(root, temporaryFolder());
        expect(await pool.get(hash)).toMatchObject(expected as object);
      });

      it("never writes through a link", async () => {
        const root = temporaryFolder();
        const away = temporaryFolder();
        mkdirSync(join(root, "objects", "sha256"), { recursive: true });
        symlinkSync(away, join(root, "objects", "sha256", hash.slice(0, 2)));
        await expect(openDirectoryPool(root).add(mean)).rejects.toThrow();
        expect(readdirSync(away).filter((name) => name.endsWith(".json"))).toEqual([]);
      });
    },
  );

  it("reads an object of exactly the limit", async () => {
    const root = temporaryFolder();
    const pool = openDirectoryPool(root);
    await pool.add(mean);
    writeFileSync(join(root, folder, "object.json"), Buffer.alloc(1 << 20, 0x20));
    expect(await pool.get(hash)).toHaveLength(1 << 20);
  });
});
