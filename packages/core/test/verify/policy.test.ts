/** Effects against a policy, mappings and problems of sources, as a whole run tells them. */
import { describe, expect, it } from "vitest";
import { mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { encodeMapping } from "../../src/record/mapping.js";
import type { Inspect } from "../../src/verify/closure.js";
import { EFFECT_KINDS } from "../../src/verify/effect-kinds.js";
import { inspectFunction } from "../../src/verify/inspect-function.js";
import { DEFAULT_POLICY, type Exemption, type Policy } from "../../src/verify/policy.js";
import type {
  MappingBytes,
  ObjectSource,
  SourceFile,
  SourceProblem,
} from "../../src/verify/ports.js";
import type { Report } from "../../src/verify/report.js";
import { verify } from "../../src/verify/verify.js";
import { type RunOptions, verifyWith } from "../../src/verify/verify-with.js";
import { bytesOf, memoryPool, type Stored, storedCode, storedFunction, sumOf } from "./stored.js";

const shell = storedFunction("import os\ndef f(x):\n    return os.system(x)\n");
const reader = storedFunction("def f(x):\n    return open(x).read()\n");
const runner = storedFunction(
  `from ouverture.pool import object_${reader.hash} as r\ndef f(x):\n    return exec(r(x))\n`,
);
const top = sumOf(1, [shell, runner]);
const plain = sumOf(2, [reader]);
const all = [shell, reader, runner, top, plain];
const names = new Map(
  Object.entries({ shell, reader, runner, top, plain }).map(([n, o]) => [o.hash, n]),
);

function file(path: string, ...imported: Stored[]): SourceFile {
  const lines = imported.map((one) => `from ouverture.pool import object_${one.hash} as f\n`);
  return { kind: "text", path, text: lines.join("") };
}

function exempt(of: Stored, change: Partial<Exemption> = {}): Exemption {
  const location = { path: "c.yaml", line: 1, column: 1, end: { line: 1, column: 2 } };
  return {
    hash: of.hash,
    effects: ["process"],
    reason: "read",
    expires: null,
    location,
    ...change,
  };
}

async function run(
  imported: readonly Stored[],
  { effects, exemptions = [] }: Partial<Policy> = {},
  options: RunOptions = {},
  source: ObjectSource = memoryPool(all),
  inspect: Inspect = inspectFunction,
): Promise<Report> {
  const policy = { effects: { ...DEFAULT_POLICY.effects, ...effects }, exemptions };
  const sources = [file("a.py", ...imported)];
  return verifyWith(inspect, sources, source, { ...options, policy, today: "2026-11-27" });
}

/** `severity code function: effects` and the places. */
function told({ findings }: Report): string[] {
  return findings.map(({ severity, code, hash, data, via, locations }) => {
    const what = "effects" in data ? JSON.stringify(data.effects) : "";
    const way = [...via, hash ?? ""].map((one) => names.get(one) ?? one).join(">");
    const [place] = locations;
    return `${severity} ${code} ${way} ${what} ${place?.path}:${place?.line}`;
  });
}

describe("effects", () => {
  it("are forbidden by default where they run what reading cannot follow", async () => {
    const report = await run([top]);
    expect(told(report)).toEqual([
      `error forbidden-effect top>shell [{"effect":"process","names":["os.system"]}] a.py:1`,
      `error forbidden-effect top>runner [{"effect":"eval","names":["exec"]}] a.py:1`,
    ]);
    expect(report.outcome).toBe("failed");
    expect(report.coverage).toMatchObject({ functions: 4, verified: 2 });
    expect(report.imports.map(({ verified }) => verified)).toEqual([false]);
    expect(report.functions.map(({ hash, verdict }) => `${names.get(hash)} ${verdict}`)).toEqual([
      "top verified",
      "shell failed",
      "runner failed",
      "reader verified",
    ]);
  });

  it("are summed over what a function imports", async () => {
    const { functions, effects } = await run([top, plain]);
    const summed = functions.map(({ hash, effects, closureEffects }) => [
      names.get(hash),
      effects.join(),
      closureEffects.join(),
    ]);
    expect(summed).toEqual([
      ["top", "", "eval,process,filesystem"],
      ["plain", "", "filesystem"],
      ["shell", "process", "process"],
      ["runner", "eval", "eval,filesystem"],
      ["reader", "filesystem", "filesystem"],
    ]);
    // What is allowed is told, with the shortest way.
    expect(effects).toEqual([
      {
        effect: "filesystem",
        functions: 1,
        example: {
          hash: reader.hash,
          via: [plain.hash],
          location: expect.objectContaining({ path: "a.py", line: 2 }),
        },
      },
    ]);
  });

  it("are allowed or denied one by one", async () => {
    expect(
      told(await run([plain], { effects: { ...DEFAULT_POLICY.effects, filesystem: "deny" } })),
    ).toEqual([
      `error forbidden-effect plain>reader [{"effect":"filesystem","names":["open"]}] a.py:1`,
    ]);
    const everything = Object.fromEntries(
      EFFECT_KINDS.map((kind) => [kind, "allow"]),
    ) as Policy["effects"];
    const report = await run([top], { effects: everything });
    expect(report.outcome).toBe("verified");
    expect(report.effects.map(({ effect }) => effect)).toEqual(["eval", "process", "filesystem"]);
  });

  const exemptions: [title: string, Exemption[], RunOptions, string[]][] = [
    ["one hash and one effect", [exempt(shell), exempt(runner, { effects: ["eval"] })], {}, []],
    [
      "only that hash, not what imports it",
      [exempt(top), exempt(runner, { effects: ["eval"] })],
      {},
      ["error forbidden-effect top>shell", "warning unused-exemption top"],
    ],
    [
      "only that effect",
      [exempt(shell, { effects: ["network"] }), exempt(runner, { effects: ["eval", "process"] })],
      {},
      [
        "error forbidden-effect top>shell",
        "warning unused-exemption shell",
        "warning unused-exemption runner",
      ],
    ],
    [
      "until the end of its last day",
      [exempt(shell, { expires: "2026-11-27" }), exempt(runner, { effects: ["eval"] })],
      {},
      [],
    ],
    [
      "and no longer",
      [exempt(shell, { expires: "2026-11-26" }), exempt(runner, { effects: ["eval"] })],
      {},
      ["error forbidden-effect top>shell", "error expired-exemption shell"],
    ],
    [
      "of a function that nothing imports",
      [exempt(plain), exempt(shell), exempt(runner, { effects: ["eval"] })],
      {},
      ["warning unused-exemption plain"],
    ],
    [
      "what may be used elsewhere is not told",
      [exempt(plain), exempt(shell), exempt(runner, { effects: ["eval"] })],
      { isPartial: true },
      [],
    ],
    [
      "nor in a run over changes",
      [exempt(plain), exempt(shell), exempt(runner, { effects: ["eval"] })],
      { mode: { kind: "changed", base: "a", head: "b" } },
      [],
    ],
  ];
  it.each(exemptions)("are exempted: %s", async (_, given, options, expected) => {
    const report = await run([top], { exemptions: given }, options);
    const short = told(report).map((text) => text.replace(/ (\[| a\.py| c\.yaml).*/, "").trim());
    expect(short).toEqual(expected);
    expect(report.outcome).toBe(
      expected.some((text) => text.startsWith("error")) ? "failed" : "verified",
    );
    for (const { code, locations } of report.findings) {
      if (code.endsWith("exemption")) expect(locations[0]).toMatchObject({ path: "c.yaml" });
    }
  });

  it("of what could not be read leave its exemption untold", async () => {
    const gone = memoryPool([top, runner, reader]);
    const report = await run([top], { exemptions: [exempt(shell)] }, {}, gone);
    expect(told(report).map((text) => text.split(" ")[1])).not.toContain("unused-exemption");
  });

  it("that are told without a place are told", async () => {
    const report = await run([plain], { exemptions: [exempt(shell, { location: null })] });
    expect(report.findings).toMatchObject([
      { code: "unused-exemption", locations: [], hash: shell.hash },
    ]);
    expect(
      (await run([plain], { exemptions: [exempt(shell)] }, { failOn: "warning" })).outcome,
    ).toBe("failed");
  });
});

describe("mappings", () => {
  const source = "def average(values):\n    return sum(values)\n";
  const normal = normalize(source);
  if (!normal.ok) throw new Error("no function");
  const stored = storedFunction(source);
  const { mapping } = normal.value;

  function bytes(change: object, language = "eng", hash?: string): MappingBytes {
    const changed = { ...mapping, ...change };
    return {
      language,
      hash: hash ?? mappingHash(changed),
      bytes: new TextEncoder().encode(encodeMapping(changed)),
    };
  }
  const renamed = (name: string) => ({
    name_mapping: { ...mapping.name_mapping, _ouverture_v_1: name },
  });
  const check = async (...mappings: MappingBytes[]): Promise<Report> =>
    run([stored], {}, {}, { ...memoryPool([stored]), mappings: async () => mappings });

  it("are all checked, and each that is wrong is told", async () => {
    const { findings, coverage, imports } = await check(
      bytes({}),
      bytes(renamed("class"), "fra"),
      bytes({}, "deu", "0".repeat(64)),
      { language: "ita", hash: "1".repeat(64), bytes: undefined },
    );
    expect(
      findings.map(({ code, severity, hash, data }) => ({ code, severity, hash, data })),
    ).toMatchObject([
      {
        code: "invalid-mapping",
        severity: "error",
        hash: stored.hash,
        data: { language: "fra", reason: "keyword", name: "class" },
      },
      { code: "invalid-mapping", data: { language: "deu", reason: "other-hash" } },
      { code: "invalid-mapping", data: { language: "ita", reason: "not-there" } },
    ]);
    expect(coverage).toMatchObject({ functions: 1, verified: 0 });
    expect(imports[0]?.verified).toBe(false);
  });

  it("may look like something else, which is a warning", async () => {
    const report = await check(bytes(renamed("ѕum")), bytes(renamed("valeurs"), "fra"));
    expect(report.outcome).toBe("verified");
    expect(report.findings).toMatchObject([
      {
        code: "confusable-name",
        severity: "warning",
        data: { where: "mapping", language: "eng", name: "ѕum", kind: "look-alike", other: "sum" },
      },
    ]);
  });

  it("are unreachable where the source fails to list them", async () => {
    const failing = { ...memoryPool([stored]), mappings: () => Promise.reject(new Error("gone")) };
    const report = await run([stored], {}, {}, failing);
    expect(report.findings).toMatchObject([{ code: "unreachable", data: { error: "gone" } }]);
    expect(report.outcome).toBe("unchecked");
  });
});

describe("what sources do wrong", () => {
  const problem = (change: Partial<SourceProblem>): SourceProblem => {
    return {
      store: "company",
      kind: "failed",
      message: "timeout",
      hashes: [reader.hash],
      ...change,
    };
  };
  const check = (...problems: SourceProblem[]) =>
    run([plain], {}, {}, { ...memoryPool([plain, reader]), problems: () => problems });

  it("is a warning where another served", async () => {
    const report = await check(problem({}), problem({ kind: "not-kept", hashes: [] }));
    expect(report.outcome).toBe("verified");
    expect(report.findings).toMatchObject([
      {
        code: "registry-fault",
        severity: "warning",
        hash: reader.hash,
        via: [plain.hash],
        locations: [{ path: "a.py" }],
        data: { store: "company", kind: "failed", message: "timeout" },
      },
      { code: "registry-fault", hash: null, locations: [], data: { kind: "not-kept" } },
    ]);
  });

  it("is told by the function itself where none served", async () => {
    const broken: ObjectSource = {
      get: () => Promise.reject(new Error("timeout")),
      problems: () => [problem({ hashes: [plain.hash] })],
    };
    expect(told(await run([plain], {}, {}, broken)).map((text) => text.split(" ")[1])).toEqual([
      "unreachable",
    ]);
  });
});

describe("what is not fetched", () => {
  it("is a warning where the caller lets it pass, and never verified", async () => {
    const report = await run([plain], {}, { allowUnfetched: true }, memoryPool([plain]));
    expect(report.outcome).toBe("verified");
    expect(told(report)).toEqual(["warning missing plain>reader  a.py:1"]);
    expect(report.coverage).toMatchObject({
      functions: 2,
      verified: 1,
      skipped: [{ what: "function", reason: "unfetched", count: 1 }],
    });
    expect(report.notices).toEqual([{ code: "unfetched", data: { count: 1 } }]);
    expect(report.imports[0]?.verified).toBe(false);
  });
});

describe("the run", () => {
  it("stops at its limit of time, and says so", async () => {
    let clock = 0;
    const now = () => {
      clock += 10;
      return clock;
    };
    const report = await run(
      [top, plain],
      {},
      { now, limits: { milliseconds: 25 }, concurrency: 1 },
    );
    expect(report.findings.map(({ code, data }) => ({ code, data }))).toContainEqual({
      code: "limit-exceeded",
      data: { limit: "time", most: 25 },
    });
    expect(report.outcome).toBe("failed");
    expect(report.coverage.skipped[0]).toMatchObject({ reason: "time" });
  });

  it("asks for a function at a time, and for the next while one is checked", async () => {
    const pool = memoryPool(all);
    let most = 0;
    let asked = 0;
    let underway = 0;
    let askedForAll = (): void => {};
    const areAllAsked = new Promise<void>((resolve) => {
      askedForAll = resolve;
    });
    const source: ObjectSource = {
      async get(hash) {
        underway += 1;
        most = Math.max(most, underway);
        await Promise.resolve();
        underway -= 1;
        asked += 1;
        if (asked === 3) askedForAll();
        return pool.get(hash);
      },
    };
    const inspect: Inspect = async (bytes) => {
      await areAllAsked;
      return inspectFunction(bytes);
    };
    const imported = [shell, reader, runner];
    const report = await run(imported, {}, { concurrency: 1 }, source, inspect);
    expect(report.coverage.functions).toBe(3);
    expect(most).toBe(1);
  });

  it("ends where its signal is aborted", async () => {
    const reason = new Error("enough");
    const signal = { aborted: false, reason };
    const pool = memoryPool(all);
    const source: ObjectSource = {
      get: (hash) => {
        signal.aborted = true;
        return pool.get(hash);
      },
    };
    await expect(run([top], {}, { signal }, source)).rejects.toBe(reason);
    await expect(run([top], {}, { signal })).rejects.toBe(reason);
  });

  it("tells its progress to the end", async () => {
    const steps: unknown[] = [];
    await run([plain], {}, { onProgress: (step) => steps.push(step) });
    expect(steps).toEqual([
      { files: 1, imports: 1, functions: 1, verified: 1, waiting: 1 },
      { files: 1, imports: 1, functions: 2, verified: 2, waiting: 0 },
    ]);
  });

  it("throws what an injected check throws, and asks it for each function once", async () => {
    const asked: string[] = [];
    const report = await run([top], {}, {}, memoryPool(all), async (bytes) => {
      asked.push(bytes.hash);
      return JSON.parse(JSON.stringify(inspectFunction(bytes)));
    });
    expect(asked).toHaveLength(4);
    expect(report).toEqual(await run([top]));
    const defect = new Error("the worker is gone");
    const broken = run([top], {}, {}, memoryPool(all), () => Promise.reject(defect));
    await expect(broken).rejects.toBe(defect);
  });

  it("does not loop where forged hashes make a circle", async () => {
    const [one, other] = ["1".repeat(64), "2".repeat(64)];
    const check = { problem: null, isVerified: true, furtherProblems: [] };
    const effect = { effect: "network", name: "socket", line: 1 } as const;
    const source: ObjectSource = { get: async () => new Uint8Array() };
    const report = await verifyWith(
      ({ hash }) => {
        const effects = hash === one ? [] : [effect];
        return { ...check, dependencies: [one, other], effects };
      },
      [{ kind: "text", path: "a.py", text: `from ouverture.pool import object_${one}` }],
      source,
    );
    expect(report.functions.map(({ closureEffects }) => closureEffects)).toEqual([
      ["network"],
      ["network"],
    ]);
  });

  it("costs time that grows with the functions, in depth and in width", async () => {
    const hashOf = (index: number) => index.toString(16).padStart(64, "0");
    const source: ObjectSource = { get: async () => new Uint8Array() };
    const text = `from ouverture.pool import object_${hashOf(0)}`;
    const effects = [{ effect: "network", name: "socket", line: 1 }] as const;
    const check = { problem: null, isVerified: true, furtherProblems: [], effects };
    const walk = (dependencies: (index: number) => number[]) =>
      verifyWith(
        ({ hash }) => {
          const found = dependencies(Number.parseInt(hash, 16));
          return { ...check, dependencies: found.map(hashOf) };
        },
        [{ kind: "text", path: "a.py", text }],
        source,
      );
    const chain = await walk((index) => (index < 10_000 ? [index + 1] : []));
    expect(chain.findings).toMatchObject([
      { code: "limit-exceeded", data: { limit: "depth", most: 256 } },
    ]);
    expect(chain.coverage).toMatchObject({ functions: 257, verified: 256 });
    const fan = await walk((index) =>
      index === 0 ? Array.from({ length: 9_999 }, (_, i) => i + 1) : [],
    );
    expect(fan.coverage).toMatchObject({ functions: 10_000, verified: 10_000 });
    const web = await walk((index) =>
      Array.from({ length: 20 }, (_, i) => index * 4 + i + 1).filter((one) => one < 10_000),
    );
    expect(web.coverage).toMatchObject({ functions: 10_000, verified: 10_000, skipped: [] });
  });

  it("is whole where there is nothing to search, if that is allowed", async () => {
    expect((await verify([], memoryPool([]))).outcome).toBe("unchecked");
    expect((await verify([], memoryPool([]), { allowEmpty: true })).outcome).toBe("verified");
    const mode = { kind: "staged", base: null, head: null } as const;
    expect((await verify([], memoryPool([]), { mode })).outcome).toBe("verified");
  });
});

it("the object of a forged text is not asked for its effects", () => {
  const forged = storedCode("import os\ndef _ouverture_v_0():\n    os.system('x')", "0".repeat(64));
  const check = inspectFunction({ hash: forged.hash, object: bytesOf(forged), mappings: [] });
  expect(check).toMatchObject({ isVerified: false, dependencies: [], effects: [] });
});
