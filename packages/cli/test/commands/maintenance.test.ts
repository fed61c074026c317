/** validate and migrate: the state of a pool. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { denormalize, type Mapping } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import {
  MEAN,
  MEAN_HASH,
  openFilledWorkplace,
  openWorkplace,
  type Workplace,
} from "./workplace.js";

const CODE =
  "def _ouverture_v_0(_ouverture_v_1):\n    return sum(_ouverture_v_1) / len(_ouverture_v_1)";

/** Writes a document of schema 0, as the older tool did. */
function writeOld({ home }: Workplace, more: Record<string, unknown> = {}): string {
  const folder = join(home, ".local/ouverture/objects", MEAN_HASH.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${MEAN_HASH.slice(2)}.json`);
  const document = {
    version: 0,
    hash: MEAN_HASH,
    normalized_code: CODE,
    docstrings: { eng: "The mean of some values." },
    name_mappings: { eng: { _ouverture_v_0: "mean", _ouverture_v_1: "values" } },
    alias_mappings: { eng: {} },
    ...more,
  };
  writeFileSync(file, JSON.stringify(document));
  return file;
}

describe("validate", () => {
  it("says what is wrong with which file, and what to do", async () => {
    const place = await openFilledWorkplace();
    const object = join(
      place.home,
      ".local/ouverture/objects/sha256/c7",
      MEAN_HASH.slice(2),
      "object.json",
    );
    writeFileSync(object, readFileSync(object, "utf8").slice(0, -1));
    const outcome = await place.run(["validate"]);
    expect(outcome).toMatchObject({ status: 1, stderr: "" });
    expect(outcome.stdout).toMatchSnapshot();
    expect(await place.json(["validate", MEAN_HASH])).toMatchObject({ errors: 1 });
    expect(await place.run(["validate", "dead"])).toMatchObject({ status: 1, stdout: "" });
    expect(await place.run(["validate", "0".repeat(64)])).toMatchObject({ status: 1, stdout: "" });
  });
});

describe("migrate", () => {
  it("brings schema 0 to schema 1, and only then removes it", async () => {
    const place = openWorkplace();
    const file = writeOld(place);
    const before = readFileSync(file, "utf8");
    const dry = await place.run(["migrate", "--dry-run"]);
    expect(dry).toMatchObject({ status: 0 });
    expect(dry.stdout).toContain("Nothing is written. It would be: 1 function migrated");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(await place.run(["migrate"])).toMatchObject({
      status: 0,
      stdout: `migrated: ${MEAN_HASH}\n1 function migrated\n`,
    });
    expect(() => readFileSync(file)).toThrow();
    expect(await place.run(["get", `${MEAN_HASH}@eng`])).toMatchObject({ stdout: MEAN });
    expect(await place.run(["validate"])).toMatchObject({ status: 0 });
  });

  it("tells one that is not intact, and keeps it", async () => {
    const place = openWorkplace();
    const file = writeOld(place, { normalized_code: CODE.replace("sum", "max") });
    const outcome = await place.run(["migrate"]);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toMatch(/^refused: .+json\. .+\n0 functions migrated, 1 refused\n$/);
    expect(readFileSync(file, "utf8")).toContain("max(");
  });
});

describe("a pool of the older tool", () => {
  const shared = fileURLToPath(new URL("../../../../../shared/pools/v1", import.meta.url));
  it.skipIf(!existsSync(shared))(
    "is listed and read in every language, before and after",
    async () => {
      const place = openWorkplace();
      cpSync(shared, join(place.home, ".local/ouverture"), { recursive: true });
      const { functions } = await place.json(["list"]);
      expect(functions.length).toBeGreaterThan(0);
      const texts = async (hash: string, languages: readonly string[]) => {
        const found: string[] = [];
        for (const language of languages) {
          const { status, stdout, stderr } = await place.run(["get", `${hash}@${language}`]);
          if (status !== 0) throw new Error(`${hash} ${language} ${stderr}`);
          found.push(stdout);
        }
        return found;
      };
      const before = new Map<string, string[]>();
      for (const { hash, languages } of functions) before.set(hash, await texts(hash, languages));
      const { results } = await place.json(["migrate", "--rehash"]);
      // One of them was broken by the tool that wrote it, and is told.
      const carried = results.filter((one: { outcome: string }) => one.outcome !== "refused");
      expect(results.length - carried.length).toBeLessThanOrEqual(1);
      for (const { hash, now } of carried) {
        const { languages } = functions.find((one: { hash: string }) => one.hash === hash);
        const bodies = (sources: readonly string[] = []) =>
          sources.map((text) => text.slice(text.search(/^(?:async )?def /m)));
        expect(bodies(await texts(now, languages))).toEqual(bodies(before.get(hash)));
      }
    },
  );
});

it("the mean is what the specification makes of it", () => {
  const mapping: Mapping = {
    docstring: "The mean of some values.",
    name_mapping: { _ouverture_v_0: "mean", _ouverture_v_1: "values" },
    alias_mapping: {},
    comment: "",
  };
  expect(denormalize(CODE, mapping)).toEqual({ ok: true, value: MEAN.trimEnd() });
});
