/** list, log, search, stats, deps, callers: what the pools have. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MEAN_HASH, openFilledWorkplace, openWorkplace, SPREAD } from "./workplace.js";

describe("an empty pool", () => {
  it.each<[args: string[], status: number, stderr: RegExp]>([
    [["list"], 0, /no function yet/],
    [["log"], 0, /no function yet/],
    [["search", "x"], 1, /Nothing is found/],
    [["stats"], 0, /no pool yet/],
    [["callers", "c7c2b8d1"], 1, /no function whose hash begins/],
  ])("answers %j", async (args, status, message) => {
    const outcome = await openWorkplace().run(args);
    expect(outcome).toMatchObject({ status, stdout: "" });
    expect(outcome.stderr).toMatch(message);
  });
});

describe("list and log", () => {
  it("show each function once, also where two pools have it", async () => {
    const place = await openFilledWorkplace();
    mkdirSync(join(place.folder, ".ouverture"));
    await place.run(["add", "mean.py@eng"]);
    const { functions } = await place.json(["list"]);
    expect(functions.map((one: { name: string }) => one.name)).toEqual(["mean", "spread"]);
    expect((await place.json(["list", "--user"])).functions).toHaveLength(2);
    expect((await place.json(["log", "--limit", "1"])).functions).toHaveLength(1);
    expect(await place.run(["list"])).toMatchSnapshot();
    expect(await place.run(["log"], { isTerminal: true, width: 60 })).toMatchSnapshot();
  });

  it("use the reader's languages", async () => {
    const place = await openFilledWorkplace();
    const environment = { OUVERTURE_LANGUAGES: "jpn" };
    expect((await place.run(["list"], { environment })).stdout).toContain("平均");
  });

  it("refuse a limit that is none", async () => {
    const outcome = await openWorkplace().run(["log", "--limit", "0"]);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toContain("It is a whole number from 1 to 999999");
  });
});

describe("search", () => {
  it.each<[args: string[], names: string[]]>([
    [["mean"], ["mean", "spread"]],
    [["MOYENNE"], ["moyenne"]],
    [["平均"], ["平均"]],
    [["largest distance"], ["spread"]],
    [["distance largest"], []],
    [["distance", "largest"], ["spread"]],
    [["statistics"], ["mean", "spread"]],
    [["moyenne", "--lang", "eng"], []],
    [
      ["mean", "--tag", "statistics"],
      ["mean", "spread"],
    ],
    [["mean", "--tag", "other"], []],
    [['NEAR("', "*"], []],
  ])("finds %j", async (args, names) => {
    const place = await openFilledWorkplace();
    const { hits } = await place.json(["search", ...args]);
    expect(hits.map((hit: { name: string }) => hit.name)).toEqual(names);
    expect((await place.run(["search", ...args])).status).toBe(names.length > 0 ? 0 : 1);
  });

  it("shows where", async () => {
    const place = await openFilledWorkplace();
    expect((await place.run(["search", "distance"])).stdout).toMatchSnapshot();
    const terminal = { isTerminal: true, width: 40 };
    expect((await place.run(["search", "値"], terminal)).stdout).toMatchSnapshot();
  });
});

describe("deps and callers", () => {
  it("are trees", async () => {
    const place = await openFilledWorkplace();
    const [{ hash }] = (await place.json(["search", "spread"])).hits;
    expect((await place.run(["deps", hash])).stdout).toMatchSnapshot();
    expect((await place.run(["callers", MEAN_HASH])).stdout).toMatchSnapshot();
    expect((await place.run(["deps", hash, "--dot"])).stdout).toMatchSnapshot();
    expect(await place.json(["callers", MEAN_HASH])).toMatchObject({
      hash: MEAN_HASH,
      functions: [
        { next: [hash], state: "present" },
        { hash, next: [] },
      ],
    });
  });

  it("open what is there twice once, so that a page does not explode", async () => {
    const place = await openFilledWorkplace();
    let source = SPREAD;
    let hash = "";
    for (let level = 0; level < 12; level += 1) {
      place.write("level.py", source);
      [{ hash }] = (await place.json(["add", "level.py@eng"])).functions;
      source =
        `from ouverture.pool import object_${MEAN_HASH} as m\n` +
        `from ouverture.pool import object_${hash} as f\n` +
        `def level_${level}(x):\n    return f(x) + m(x)\n`;
    }
    const { stdout } = await place.run(["deps", hash]);
    expect(stdout.split("\n").length).toBeLessThan(30);
  });

  it("say what is missing", async () => {
    const place = await openFilledWorkplace();
    const [{ hash }] = (await place.json(["search", "spread"])).hits;
    const pool = join(place.home, ".local", "ouverture");
    rmSync(join(pool, "objects", "sha256", "c7"), { recursive: true });
    const outcome = await place.run(["deps", hash]);
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain("└── c7c2b8d1b207 missing");
  });
});

describe("stats", () => {
  it("counts the pool, and one function", async () => {
    const place = await openFilledWorkplace();
    expect(await place.json(["stats"])).toMatchObject({
      pools: [{ functions: 2, mappings: 4, dependencies: 1 }],
    });
    const { stdout } = await place.run(["stats"]);
    expect(stdout.replace(place.home, "HOME")).toMatchSnapshot();
    expect((await place.run(["stats", MEAN_HASH])).stdout).toMatchSnapshot();
  });
});
