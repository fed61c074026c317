import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FunctionGraph } from "../../src/search/graph.js";
import type { FunctionRecord } from "../../src/store.js";
import { writeFiles } from "../folder.js";
import { pathOfObject } from "../store-suite-records.js";
import { makePlace, openIndexOf, type Place, sketch, withMapping } from "./search-pool.js";

const named = (name: string, ...calls: FunctionRecord[]) =>
  sketch({ texts: { eng: { name } }, calls });

/** As `a>b,c b> c>`, by the names. */
function show(graph: FunctionGraph | undefined): string {
  const names = new Map(graph?.map(({ hash, name, state }) => [hash, name ?? state]));
  return (graph ?? [])
    .map(({ hash, next, distance }) => {
      const steps = next.map((one) => names.get(one) ?? "?").sort();
      return `${distance}:${names.get(hash)}>${steps.join()}`;
    })
    .join(" ");
}

const fileOf = (place: Place, { object }: FunctionRecord) =>
  join(place.pool, pathOfObject(object.hash));

describe("the graph of calls", () => {
  const base = named("base");
  const [left, right] = [named("left", base), named("right", base)];
  const top = named("top", left, right);
  const all = [base, left, right, top];

  it("has each function once, the nearest first", async () => {
    const index = await openIndexOf(makePlace(all));
    const { hash } = top.object;
    const [first, ...others] = show(await index.dependencies(hash)).split(" ");
    expect(first).toBe("0:top>left,right");
    expect(others.sort()).toEqual(["1:left>base", "1:right>base", "2:base>"]);
    expect(
      show(await index.dependencies(hash, { depth: 1 }))
        .split(" ")
        .sort(),
    ).toEqual(["0:top>left,right", "1:left>?", "1:right>?"]);
    expect(show(await index.dependencies(hash, { depth: 0 }))).toBe("0:top>?,?");
    const callers = show(await index.callers(base.object.hash)).split(" ");
    expect(callers[0]).toBe("0:base>left,right");
    expect(callers.slice(1).sort()).toEqual(["1:left>top", "1:right>top", "2:top>"]);
    expect(show(await index.callers(hash))).toBe("0:top>");
    expect(await index.callers("0".repeat(64))).toBeUndefined();
    expect(await index.dependencies("no hash")).toBeUndefined();
  });

  it("is one of many diamonds, too", async () => {
    let row = [named("0a"), named("0b")];
    const records = [...row];
    for (let depth = 1; depth < 60; depth += 1) {
      row = [named(`${depth}a`, ...row), named(`${depth}b`, ...row)];
      records.push(...row);
    }
    const index = await openIndexOf(makePlace(records));
    expect(await index.dependencies(row[0]!.object.hash)).toHaveLength(119);
    expect(await index.callers(records[0]!.object.hash)).toHaveLength(119);
  });

  it("knows what is missing and what is damaged", async () => {
    const place = makePlace(all);
    rmSync(dirname(fileOf(place, base)), { recursive: true });
    writeFileSync(fileOf(place, left), "{}");
    const index = await openIndexOf(place);
    expect(await index.dependencies(top.object.hash)).toMatchObject([
      { name: "top", state: "present" },
      ...[
        { hash: left.object.hash, state: "damaged", name: null, language: null, next: [] },
        { hash: right.object.hash, state: "present", next: [base.object.hash] },
      ].sort((a, b) => (a.hash < b.hash ? -1 : 1)),
      { hash: base.object.hash, state: "missing", name: null, next: [] },
    ]);
    expect(show(await index.callers(base.object.hash))).toBe("0:missing>right 1:right>top 2:top>");
    expect(await index.statistics()).toMatchObject({ missing: [base.object.hash], functions: 2 });
    expect(await index.statisticsOf(base.object.hash)).toBeUndefined();
  });

  it("is of the code, and not of the metadata", async () => {
    const place = makePlace(all);
    const { object } = left;
    const metadata = { ...object.metadata, dependencies: [top.object.hash] };
    const forged = { ...object, metadata };
    writeFiles(place.pool, { [pathOfObject(object.hash)]: JSON.stringify(forged) });
    const index = await openIndexOf(place);
    expect(show(await index.dependencies(object.hash))).toBe("0:left>base 1:base>");
    expect(show(await index.callers(top.object.hash))).toBe("0:top>");
  });

  it("has names in the user's languages", async () => {
    const both = withMapping(top, "fra-canadian", { name: "haut" });
    const place = makePlace([base, left, right, both]);
    const name = async (...languages: string[]) => {
      const index = await openIndexOf(place, { languages });
      const [first] = (await index.dependencies(top.object.hash)) ?? [];
      index.close();
      return `${first?.name} ${first?.language}`;
    };
    expect(await name("fra", "eng")).toBe("haut fra-canadian");
    expect(await name("jpn", "eng", "fra")).toBe("top eng");
  });
});
