/** What is kept of checks, and that nothing passes because of it. */
import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  encodeMapping,
  encodeObject,
  type FunctionBytes,
  inspectFunction,
  mappingHash,
} from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { type CheckCache, openCheckCache, programStamp } from "../../src/verify/check-cache.js";
import { temporaryFolder } from "../folder.js";
import { mean, spread } from "../store-suite-records.js";
import {
  importOf,
  makeRepository,
  objectOf,
  poolFiles,
  SOUND,
  told,
} from "./checked-repository.js";

const utf8 = new TextEncoder();

function bytesOf({ object, mappings }: typeof mean): FunctionBytes {
  return {
    hash: object.hash,
    object: utf8.encode(encodeObject(object)),
    mappings: mappings.map(({ language, mapping }) => {
      return { language, hash: mappingHash(mapping), bytes: utf8.encode(encodeMapping(mapping)) };
    }),
  };
}
const sound = bytesOf(spread);

function openCache(folder: string, program = programStamp()): CheckCache {
  return openCheckCache({ folder, program, check: inspectFunction });
}

/** A folder in which a cache knows `spread`. */
async function keptFolder(): Promise<string> {
  const folder = temporaryFolder();
  const cache = openCache(folder);
  await cache.inspect(sound);
  await cache.save();
  return folder;
}
const fileOf = (folder: string): string => join(folder, "checked-functions");

describe("the cache of checks", () => {
  it("knows in a later run what a check found", async () => {
    const later = openCache(await keptFolder());
    expect(later.recall(sound)).toEqual(inspectFunction(sound));
    expect(later.recall(bytesOf(mean))).toBeUndefined();
  });

  it("adds to what is there", async () => {
    const folder = await keptFolder();
    const other = openCache(folder);
    await other.inspect(bytesOf(mean));
    await other.save();
    const later = openCache(folder);
    expect([later.recall(sound), later.recall(bytesOf(mean))]).not.toContain(undefined);
  });

  const { object, mappings } = sound;
  const first = mappings[0] as (typeof mappings)[number] & { bytes: Uint8Array };
  const changes: Record<string, FunctionBytes> = {
    "a byte of the object": { ...sound, object: object.with(object.length - 2, 0x20) },
    "another hash that is asked for": { ...sound, hash: mean.object.hash },
    "a byte of a mapping": {
      ...sound,
      mappings: [{ ...first, bytes: first.bytes.with(3, 0x20) }],
    },
    "no mappings": { ...sound, mappings: [] },
    "another language": { ...sound, mappings: [{ ...first, language: "deu" }] },
    "another hash of a mapping": { ...sound, mappings: [{ ...first, hash: mean.object.hash }] },
    "a mapping that is gone": { ...sound, mappings: [{ ...first, bytes: undefined }] },
  };
  it.each(Object.entries(changes))("does not know %s", async (_, bytes) => {
    expect(openCache(await keptFolder()).recall(bytes)).toBeUndefined();
  });

  it("keeps nothing that is not flawless", async () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    for (const bytes of Object.values(changes)) await cache.inspect(bytes);
    await cache.save();
    const later = openCache(folder);
    for (const bytes of Object.values(changes)) {
      const check = inspectFunction(bytes);
      const isFlawless = check.isVerified && check.furtherProblems.length === 0;
      expect(later.recall(bytes)).toEqual(isFlawless ? check : undefined);
    }
  });

  it("believes nothing that another program found", async () => {
    const folder = await keptFolder();
    expect(openCache(folder, "another").recall(sound)).toBeUndefined();
  });

  it("does not count a line that is damaged", async () => {
    const folder = await keptFolder();
    const text = readFileSync(fileOf(folder), "utf8");
    writeFileSync(fileOf(folder), `${text}nonsense\n${"0".repeat(64)}\n`);
    expect(openCache(folder).recall(sound)).toBeDefined();
    writeFileSync(fileOf(folder), text.replace('{"dependencies":', '{"dependencies":,'));
    expect(openCache(folder).recall(sound)).toBeUndefined();
    writeFileSync(fileOf(folder), text.slice(0, -10));
    expect(openCache(folder).recall(sound)).toBeUndefined();
  });

  it.runIf(process.platform !== "win32")("believes no file that others may write", async () => {
    const folder = await keptFolder();
    chmodSync(fileOf(folder), 0o622);
    expect(openCache(folder).recall(sound)).toBeUndefined();
    const linked = temporaryFolder();
    symlinkSync(fileOf(await keptFolder()), fileOf(linked));
    expect(openCache(linked).recall(sound)).toBeUndefined();
  });

  it("does without a place to write", async () => {
    const folder = join(temporaryFolder(), "file");
    writeFileSync(folder, "");
    const cache = openCache(folder);
    expect(await cache.inspect(sound)).toEqual(inspectFunction(sound));
    await cache.save();
    expect(readFileSync(folder, "utf8")).toBe("");
  });
});

describe("a run after another", () => {
  it("finds what has gone or has changed since", async () => {
    const one = makeRepository(SOUND);
    expect(told(await one.check())).toEqual(["verified"]);
    const place = join(one.root, objectOf(mean));
    const text = readFileSync(place, "utf8");
    writeFileSync(place, text.replace("return", "return 1 +"));
    expect(told(await one.check())).toEqual(["failed", "hash-mismatch a.py:1"]);
    rmSync(place);
    expect(told(await one.check())).toEqual(["failed", "missing a.py:1"]);
    writeFileSync(place, text);
    expect(told(await one.check())).toEqual(["verified"]);
  });

  it("finds what has changed in the user's pool", async () => {
    const one = makeRepository({ "a.py": importOf(spread.object.hash) });
    const own = poolFiles(mean, spread);
    const user = Object.entries(own).map(([path, text]) => [path.replace(".ouverture", ""), text]);
    const pool = temporaryFolder();
    const { writeFiles } = await import("../folder.js");
    writeFiles(pool, Object.fromEntries(user));
    const environment = { HOME: one.home, USERPROFILE: one.home, OUVERTURE_DIRECTORY: pool };
    expect(told(await one.check({ environment }))).toEqual(["verified"]);
    expect(told(await one.check({ environment }))).toEqual(["verified"]);
    const place = join(pool, objectOf(mean).replace(".ouverture", ""));
    writeFileSync(place, readFileSync(place, "utf8").replace("return", "return 1 +"));
    expect(told(await one.check({ environment }))[0]).toBe("failed");
  });
});
