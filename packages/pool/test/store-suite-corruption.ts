/** What a store says of what is corrupt, or is no file. */
import { renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { encodeObject, MOST_BYTES } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { readFunction, readMapping } from "../src/checked-reading.js";
import type { FunctionSource } from "../src/store.js";
import { makePipe, writeFiles } from "./folder.js";
import type { Suite } from "./store-suite.js";
import { expectFunction, must, referencesOf } from "./store-suite-checks.js";
import { FORGED_MAPPINGS } from "./store-suite-forged.js";
import { filesOf, mean, pathOfMapping, pathOfObject, spread } from "./store-suite-records.js";

export function describeCorruption({ abilities, placeWith }: Suite): void {
  function expectCorrupt(result: { readonly ok: boolean } | undefined, fault: object): void {
    if (abilities.corrupt === "absent") expect(result).toBeUndefined();
    else expect(result).toMatchObject({ ok: false, fault });
  }

  describe("what is corrupt", () => {
    const whole = encodeObject(mean.object);
    const changedCode = whole.replace("sum(", "max(");
    const notJson = { code: "malformed-object", data: { reason: "not-json" } };
    const objects: readonly (readonly [string, string | Uint8Array, object])[] = [
      ["nothing", "", notJson],
      ["half of it", whole.slice(0, 200), notJson],
      ["a page of a web server", "<!doctype html><title>404</title>", notJson],
      ["bytes", new Uint8Array([0xff, 0xfe, 0x00]), { code: "malformed-object" }],
      ["other code", changedCode, { code: "hash-mismatch" }],
      [
        "another function",
        encodeObject(spread.object),
        { code: "malformed-object", data: { reason: "other-hash" } },
      ],
      ["2 MiB", Buffer.alloc(2 * MOST_BYTES, 0x20), { code: "limit-exceeded" }],
    ];
    it.each(objects)("is refused as an object: %s", async (_, content, fault) => {
      const { store, change } = await placeWith(mean);
      await change((folder) => writeFiles(folder, { [pathOfObject(mean.object.hash)]: content }));
      expectCorrupt(await readFunction(store, mean.object.hash), fault);
    });

    const [language = "", text = ""] = [mean.mappings[0]?.language, [...filesOf(mean)][1]?.[1]];
    const mappings: readonly (readonly [string, string | Uint8Array, object])[] = [
      ["nothing", "", { code: "invalid-mapping" }],
      ["half of it", text.slice(0, 90), { code: "invalid-mapping" }],
      ["another name", text.replace("values", "things"), { code: "invalid-mapping" }],
      ["bytes", new Uint8Array([0xff, 0xfe, 0x00]), { code: "invalid-mapping" }],
      ["2 MiB", Buffer.alloc(2 * MOST_BYTES, 0x20), { code: "limit-exceeded" }],
    ];
    it.each(mappings)("is refused as a mapping: %s", async (_, content, fault) => {
      const { store, change } = await placeWith(mean);
      const [reference] = referencesOf(mean);
      const path = pathOfMapping(mean.object.hash, language, reference?.hash ?? "");
      await change((folder) => writeFiles(folder, { [path]: content }));
      expectCorrupt(await readMapping(store, mean.object, must(reference)), fault);
      await expectOthersWhole(store);
    });

    it.each(Object.entries(FORGED_MAPPINGS))("is refused as names: %s", async (_, mapping) => {
      const { store, change } = await placeWith(mean);
      const forged = { object: mean.object, mappings: [{ language: "deu", mapping }] };
      await change((folder) => {
        writeFiles(folder, Object.fromEntries(filesOf(forged)));
      });
      const [reference] = referencesOf(forged);
      expectCorrupt(await readMapping(store, mean.object, must(reference)), {
        code: "invalid-mapping",
      });
      await expectOthersWhole(store);
    });

    for (const kind of ["link", "linked-folder", "folder", "pipe"] as const) {
      const isSkipped = !abilities.inPlace.includes(kind) || process.platform === "win32";
      it.skipIf(isSkipped)(`is refused: a ${kind} in the place of a file`, async () => {
        const { store, change } = await placeWith(mean);
        const { hash } = mean.object;
        const reference = must(referencesOf(mean)[0]);
        const ofMapping = pathOfMapping(hash, reference.language, reference.hash);
        const notAFile = { code: "malformed-object", data: { reason: "not-a-file" } };
        await change((folder) => putInPlace(folder, ofMapping, kind));
        expectCorrupt(await readMapping(store, mean.object, reference), notAFile);
        await expectOthersWhole(store);
        await change((folder) => putInPlace(folder, pathOfObject(hash), kind));
        expectCorrupt(await readFunction(store, hash), notAFile);
      });
    }

    /** All of `mean` but its first mapping. */
    async function expectOthersWhole(store: FunctionSource): Promise<void> {
      await expectFunction(store, mean);
      for (const reference of referencesOf(mean).slice(1)) {
        expect(await readMapping(store, mean.object, reference)).toMatchObject({ ok: true });
      }
    }
  });
}

/** Puts a link to what was there, a folder or a pipe in the place of a file. */
function putInPlace(
  folder: string,
  path: string,
  kind: "link" | "linked-folder" | "folder" | "pipe",
): void {
  const place = join(folder, kind === "linked-folder" ? dirname(path) : path);
  // Inside of the folder, so that git and archives carry it along.
  const away = join(folder, `away-${path.length}`);
  if (kind === "link" || kind === "linked-folder") {
    renameSync(place, away);
    symlinkSync(away, place);
  } else {
    rmSync(place);
    if (kind === "pipe") makePipe(place);
    else writeFiles(place, { "object.json": "{}" });
  }
}
