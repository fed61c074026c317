/** The example: its pool is what its sources make, and no byte of it can change unseen. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkObject, findPoolImports } from "@ouverture/core";
import { describe, expect, it } from "vitest";
import { buildPool } from "../../../examples/build.js";
import { copyOfMarket, market, ouverture, temporaryFolder } from "./command.js";

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

const pool = join(market, ".ouverture");
const objects = filesBelow(pool, "object.json");

/** The hash of the object at a path of the pool. */
function hashOf(path: string): string {
  const [, , start = "", rest = ""] = path.split("/");
  return start + rest;
}

function textOf(path: string): string {
  return readFileSync(join(pool, path), "utf8");
}

function dependenciesOf(hash: string): readonly string[] {
  const path = `objects/sha256/${hash.slice(0, 2)}/${hash.slice(2)}/object.json`;
  const checked = checkObject(hash, textOf(path));
  if (!checked.ok) throw new Error(checked.fault.code);
  return checked.value.dependencies;
}

describe("the example", () => {
  it("has the pool that its function files make (else run examples/build.ts)", async () => {
    const built = temporaryFolder();
    await buildPool(join(market, "functions"), built);
    const files = filesBelow(built, ".json");
    expect(filesBelow(pool, ".json")).toEqual(files);
    for (const file of files) expect(textOf(file)).toBe(readFileSync(join(built, file), "utf8"));
  });

  it("has functions in four languages, and dependencies three deep", () => {
    const depthOf = (hash: string): number =>
      Math.max(0, ...dependenciesOf(hash).map((one) => 1 + depthOf(one)));
    expect(Math.max(...objects.map((path) => depthOf(hashOf(path))))).toBe(3);
    const languages = new Set(filesBelow(pool, "mapping.json").map((path) => path.split("/")[4]));
    expect([...languages].sort()).toEqual(["eng", "fra", "jpn", "spa"]);
  });

  it("is verified, and the help shows what that looks like", async () => {
    const run = await ouverture(market, ["verify", "--all", "--quiet"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatchInlineSnapshot(`
      "34 imports of 11 functions in 33 files: 11 verified, 0 skipped
      "
    `);
    const help = await ouverture(market, ["verify", "--help"]);
    expect(help.stdout).toContain(run.stdout.trim());
  });

  it("shows each import, with the name that the file gives it", async () => {
    const { stdout } = await ouverture(market, ["verify", "--all"]);
    expect(stdout.match(/✓/g)).toHaveLength(34);
    expect(stdout).toContain(`
shop/report.py
  3:28 ✓ discounted_total 1a10a1ae3d69…, needs 3 functions
  4:28 ✓ mean d06024133566…
  5:28 ✓ outliers e9c4b997761b…, needs 1 function
`);
  });

  it("imports in every application folder", async () => {
    for (const file of [
      "shop/report.py",
      "boutique/facture.py",
      "tienda/precios.py",
      "店/売上.py",
    ]) {
      const found = findPoolImports(readFileSync(join(market, file), "utf8"));
      expect(found.ok && found.value.length, file).toBeGreaterThan(2);
    }
  });
});

describe("a changed pool", () => {
  it.each(objects)("one byte of %s: the import, the way and the object are named", async (path) => {
    const root = copyOfMarket();
    const hash = hashOf(path);
    const place = join(root, ".ouverture", path);
    const bytes = readFileSync(place);
    const start = bytes.indexOf('"normalized_code"') + 22;
    const end = bytes.indexOf('"encoding"') - 7;
    const places = [
      0,
      30,
      start,
      Math.floor((start + end) / 2),
      end,
      bytes.indexOf('"dependencies"'),
    ];
    for (const at of places) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(place, changed);
      const { status, stdout } = await ouverture(root, ["verify", "--all"]);
      expect(status, `byte ${at}`).toBe(1);
      expect(stdout).toMatch(/\.py:\d+:\d+: error: /);
      expect(stdout).toContain(`.ouverture/${path}`);
      expect(stdout).toContain(hash);
      const json = await ouverture(root, ["verify", "--format", "json"]);
      const { findings, imports } = JSON.parse(json.stdout);
      expect(findings).toHaveLength(1);
      expect(findings[0].hash).toBe(hash);
      // Every import that leads to it is named, and its way there is one.
      const told = findings[0].locations.length;
      expect(imports.filter((one: { verified: boolean }) => !one.verified)).toHaveLength(told);
      for (const { via } of findings[0].locations) {
        const way = [...via, hash];
        for (const [index, one] of way.slice(0, -1).entries()) {
          expect(dependenciesOf(one)).toContain(way[index + 1]);
        }
      }
    }
  });

  it("shows what is wrong as in this picture", async () => {
    const root = copyOfMarket();
    const mean = objects.find((path) => textOf(path).includes("mean of nothing")) ?? "";
    const place = join(root, ".ouverture", mean);
    writeFileSync(place, readFileSync(place, "utf8").replace("/ len(", "* len("));
    rmSync(join(root, "functions"), { recursive: true });
    const { status, stdout } = await ouverture(root, ["verify", "--all"]);
    expect(status).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it.each(objects)("without %s it is missing", async (path) => {
    const root = copyOfMarket();
    rmSync(join(root, ".ouverture", path));
    const { status, stdout } = await ouverture(root, ["verify", "--all", "--format", "json"]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([{ code: "missing", hash: hashOf(path) }]);
  });

  it("without a pool everything is missing", async () => {
    const root = copyOfMarket();
    rmSync(join(root, ".ouverture"), { recursive: true });
    const { status, stdout } = await ouverture(root, ["verify", "--all", "."]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /34 imports of 11 functions in 33 files: 0 verified, 0 skipped; 11 failed/,
    );
  });
});
