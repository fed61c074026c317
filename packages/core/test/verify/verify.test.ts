import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/verify/limits.js";
import type { ObjectSource, SourceFile } from "../../src/verify/ports.js";
import type { Report } from "../../src/verify/report.js";
import { verify } from "../../src/verify/verify.js";
import { bytesOf, memoryPool, type Stored, storedCode, sumOf } from "./stored.js";

const leaf = sumOf(1, []);
const middle = sumOf(2, [leaf]);
const top = sumOf(3, [middle]);
const other = sumOf(4, [leaf, top]);
const all = [leaf, middle, top, other];

function file(path: string, ...imported: Stored[]): SourceFile {
  const lines = imported.map((one) => `from ouverture.pool import object_${one.hash} as f\n`);
  return { kind: "text", path, text: lines.join("") };
}

/** Each finding as `severity code short-hash`, then its places as `path:line:column via hashes`. */
function findingsOf({ findings }: Report): string[][] {
  return findings.map(({ code, severity, hash, locations }) => [
    `${severity} ${code} ${hash === null ? "-" : nameOf(hash)}`,
    ...locations.map(({ path, line, column, via }) => {
      return `${path}:${line}:${column} ${via.map(nameOf).join(" ")}`.trim();
    }),
  ]);
}

function nameOf(hash: string): string {
  const names = { leaf, middle, top, other };
  return Object.entries(names).find(([, one]) => one.hash === hash)?.[0] ?? hash.slice(0, 6);
}

/** The object with other code under its hash. */
function forged(stored: Stored): Stored {
  return storedCode("def _ouverture_v_0():\n    return 0", stored.hash);
}

describe("verify", () => {
  it("follows the dependencies, each once, breadth first", async () => {
    const pool = memoryPool(all);
    const report = await verify([file("a.py", other, top), file("b.py", top)], pool);
    expect(report.outcome).toBe("verified");
    expect(report.findings).toEqual([]);
    expect(pool.asked.map(nameOf)).toEqual(["other", "top", "leaf", "middle"].sort(byAsked(pool)));
    expect(new Set(pool.asked).size).toBe(4);
    expect(report.coverage).toEqual({
      files: 2,
      imports: 3,
      functions: 4,
      verified: 4,
      skipped: [],
    });
    expect(report.imports.map(({ verified }) => verified)).toEqual([true, true, true]);
    expect(report.functions.map(({ hash }) => nameOf(hash)).slice(0, 2)).toEqual(["other", "top"]);
  });

  it("names every import that leads to what is wrong, with its way there, once", async () => {
    const pool = memoryPool([forged(leaf), middle, top, other]);
    const report = await verify(
      [file("b.py", top), file("a.py", other, leaf), file("c/d.py", leaf, middle)],
      pool,
    );
    expect(findingsOf(report)).toEqual([
      [
        "error hash-mismatch leaf",
        "a.py:2:28",
        "c/d.py:1:28",
        "a.py:1:28 other",
        "c/d.py:2:28 middle",
        "b.py:1:28 top middle",
      ],
    ]);
    expect(report.outcome).toBe("failed");
    expect(report.coverage).toMatchObject({ functions: 4, verified: 3 });
    expect(report.imports.map(({ verified }) => verified)).toEqual(Array(5).fill(false));
  });

  it("makes one finding of a function that is imported 200 times", async () => {
    const files = Array.from({ length: 200 }, (_, index) => file(`${index}.py`, leaf));
    const { findings } = await verify(files, memoryPool([]));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.locations).toHaveLength(200);
  });

  it("goes on after a finding, and does not follow what was not checked", async () => {
    const gone = sumOf(5, []);
    const wrong = storedCode(top.object.normalized_code, top.hash, [gone.hash]);
    const pool = memoryPool([wrong, forged(middle), other]);
    const report = await verify([file("a.py", other, gone)], pool);
    expect(findingsOf(report).sort()).toEqual([
      ["error hash-mismatch middle", "a.py:1:28 other top"],
      [`error missing ${gone.hash.slice(0, 6)}`, "a.py:2:28"],
      ["error missing leaf", "a.py:1:28 other"],
      ["error wrong-dependencies top", "a.py:1:28 other"],
    ]);
  });

  it("warns of the older form, and passes it", async () => {
    const older = storedCode(
      "def _ouverture_v_0(_ouverture_v_2, _ouverture_v_1):\n    return _ouverture_v_2",
    );
    const caller = sumOf(6, [older]);
    const report = await verify([file("a.py", caller)], memoryPool([older, caller]));
    expect(report.outcome).toBe("verified");
    expect(report.coverage.verified).toBe(2);
    expect(findingsOf(report)).toEqual([
      [`warning not-canonical ${older.hash.slice(0, 6)}`, `a.py:1:28 ${caller.hash.slice(0, 6)}`],
    ]);
    expect(report.imports[0]?.verified).toBe(true);
  });

  const sources: [string, SourceFile, string][] = [
    [
      "malformed-import",
      { kind: "text", path: "a.py", text: "from ouverture.pool import *" },
      "a.py:1:28",
    ],
    [
      "malformed-import",
      { kind: "text", path: "a.py", text: "\nfrom ouverture import x" },
      "a.py:2:23",
    ],
    ["dynamic-import", { kind: "text", path: "a.py", text: "__import__('ouverture')" }, "a.py:1:1"],
    [
      "unreadable-source",
      { kind: "text", path: "a.py", text: "import ouverture\nx = (" },
      "a.py:2:5",
    ],
    [
      "unreadable-source",
      {
        kind: "undecodable",
        path: "a.py",
        why: { reason: "unknown-encoding", encoding: "utf-7" },
      },
      "a.py:1:1",
    ],
  ];
  it.each(sources)("%s: %j", async (code, source, place) => {
    const report = await verify([source, file("b.py", leaf)], memoryPool(all));
    expect(findingsOf(report)).toEqual([[`error ${code} -`, place]]);
    expect(report.outcome).toBe("failed");
    expect(report.coverage).toMatchObject({ files: 2, verified: 1 });
  });

  it("tells the full form of an abbreviated hash, where one and only one is known", async () => {
    const known = [leaf.hash, `${leaf.hash.slice(0, 8)}${"0".repeat(56)}`, "no hash", top.hash];
    const pool: ObjectSource = { ...memoryPool(all), complete: async () => known };
    const text = [
      leaf.hash.slice(0, 9),
      leaf.hash.slice(0, 8),
      "beef",
      top.hash.slice(0, 3),
      "mean",
    ]
      .map((name) => `from ouverture.pool import object_${name}\n`)
      .join("");
    const failing: ObjectSource = { ...pool, complete: () => Promise.reject(new Error("no")) };
    const fullOf = async (objects: ObjectSource) => {
      const { findings } = await verify([{ kind: "text", path: "a.py", text }], objects);
      return findings.map(({ code, data }) => [code, "full" in data && data.full]);
    };
    const none = ["malformed-import", null];
    expect(await fullOf(pool)).toEqual([["malformed-import", leaf.hash], none, none, none, none]);
    expect(await fullOf(failing)).toEqual([none, none, none, none, none]);
    expect(await fullOf(memoryPool(all))).toEqual([none, none, none, none, none]);
  });

  it("does not look at files that do not name the pool, but counts them", async () => {
    const report = await verify(
      [
        { kind: "text", path: "a.py", text: "this is no Python" },
        { kind: "unrelated", path: "b.py" },
        { kind: "skipped", path: "c.py", why: "link" },
        { kind: "skipped", path: "d.py", why: "link" },
      ],
      memoryPool([]),
    );
    expect(report).toMatchObject({
      outcome: "verified",
      coverage: {
        files: 2,
        imports: 0,
        functions: 0,
        skipped: [{ what: "file", reason: "link", count: 2 }],
      },
    });
  });

  it("could not check where there is nothing to search, or nothing answers", async () => {
    expect((await verify([], memoryPool([]))).outcome).toBe("unchecked");
    const broken: ObjectSource = { get: () => Promise.reject(new Error("no route to host")) };
    const report = await verify([file("a.py", leaf, top)], broken);
    expect(report.outcome).toBe("unchecked");
    expect(report.findings.map(({ code, data }) => ({ code, data }))).toEqual([
      { code: "unreachable", data: { error: "no route to host" } },
      { code: "unreachable", data: { error: "no route to host" } },
    ]);
    const half: ObjectSource = {
      get: (hash) => (hash === leaf.hash ? broken.get(hash) : memoryPool([]).get(hash)),
    };
    expect((await verify([file("a.py", leaf, top)], half)).outcome).toBe("failed");
  });

  it("tells what a pool has in the place of an object", async () => {
    const link: ObjectSource = {
      get: async () => ({
        code: "malformed-object",
        data: { reason: "not-a-file", path: "" },
        span: null,
      }),
    };
    expect(findingsOf(await verify([file("a.py", leaf)], link))).toEqual([
      ["error malformed-object leaf", "a.py:1:28"],
    ]);
  });

  describe("limits", () => {
    const chain = [leaf];
    for (let number = 10; number < 40; number += 1) chain.push(sumOf(number, chain.slice(-1)));
    const end = chain.at(-1)!;

    it.each([
      ["depth", { depth: 3 }, 3, 1],
      ["functions", { functions: 5 }, 5, 1],
      ["run-bytes", { bytes: 2 * bytesOf(end).length }, 2, 1],
    ])(
      "%s: the rest is skipped, and one finding says so",
      async (limit, changed, verified, left) => {
        const limits = { ...DEFAULT_LIMITS, ...changed };
        const report = await verify([file("a.py", end)], memoryPool(chain), { limits });
        expect(report.outcome).toBe("failed");
        expect(report.findings).toMatchObject([
          { code: "limit-exceeded", data: { limit }, locations: [{ path: "a.py" }] },
        ]);
        expect(report.coverage.verified).toBe(verified);
        expect(report.coverage.skipped).toEqual([{ what: "function", reason: limit, count: left }]);
        expect(report.imports[0]?.verified).toBe(false);
      },
    );

    it("says once that many are left out", async () => {
      const limits = { ...DEFAULT_LIMITS, functions: 3 };
      const report = await verify([file("a.py", ...chain)], memoryPool(chain), { limits });
      expect(report.findings).toHaveLength(1);
      expect(report.coverage.skipped).toEqual([
        { what: "function", reason: "functions", count: chain.length - 3 },
      ]);
    });

    it("defaults to those of the specification", () => {
      expect(DEFAULT_LIMITS).toEqual({
        depth: 256,
        functions: 10_000,
        bytes: 64 * 1024 * 1024,
        milliseconds: 10 * 60 * 1000,
      });
    });
  });

  it("asks for several at a time, and no more than 16", async () => {
    const many = Array.from({ length: 40 }, (_, index) => sumOf(100 + index, []));
    const pool = memoryPool(many);
    let now = 0;
    let most = 0;
    const slow: ObjectSource = {
      get: async (hash) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 1));
        now -= 1;
        return pool.get(hash);
      },
    };
    await verify([file("a.py", ...many)], slow);
    expect(most).toBe(16);
  });

  it("says what it is going to ask for as soon as it is known", async () => {
    const pool = memoryPool([leaf, middle, top, other]);
    const told: string[] = [];
    const objects: ObjectSource = {
      expect: (hash) => void told.push(`expect ${nameOf(hash)}`),
      get: (hash) => {
        told.push(`get ${nameOf(hash)}`);
        return pool.get(hash);
      },
    };
    async function* sources() {
      yield file("a.py", top);
      told.push("another file");
      yield file("b.py", other, top);
    }
    await verify(sources(), objects);
    const early = told.slice(0, told.indexOf(`get ${nameOf(top.hash)}`));
    expect(early).toEqual([
      `expect ${nameOf(top.hash)}`,
      "another file",
      `expect ${nameOf(other.hash)}`,
      `expect ${nameOf(top.hash)}`,
    ]);
    for (const { hash } of [middle, leaf]) {
      const at = told.indexOf(`expect ${nameOf(hash)}`);
      expect(at).toBeGreaterThan(0);
      expect(told.indexOf(`get ${nameOf(hash)}`)).toBeGreaterThan(at);
    }
  });

  it("gives the same report however fast the answers come", async () => {
    const pool = memoryPool([forged(leaf), middle, other]);
    const jittery: ObjectSource = {
      get: async (hash) => {
        await new Promise((resolve) =>
          setTimeout(resolve, Number.parseInt(hash.slice(0, 2), 16) / 40),
        );
        return pool.get(hash);
      },
    };
    const files = [file("a.py", other, middle), file("b.py", top)];
    expect(await verify(files, jittery)).toEqual(await verify(files, pool));
  });

  it("has one finding for very many imports that fail", async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => file(`${index}.py`, top, other));
    const report = await verify(files, memoryPool([forged(leaf), middle, top, other]));
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.locations.length).toBeGreaterThan(20_000 - 1);
  });
});

/** The order of one level does not matter. */
function byAsked({ asked }: { readonly asked: readonly string[] }) {
  const order = asked.map(nameOf);
  return (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);
}
