import { describe, expect, it } from "vitest";
import { renderJson } from "../../../src/report/json.js";
import { renderTerminal } from "../../../src/report/terminal.js";
import { inspectFunction } from "../../../src/verify/inspect-function.js";
import type { ObjectSource } from "../../../src/verify/ports.js";
import { verify } from "../../../src/verify/verify.js";
import { bytesOf, memoryPool } from "../stored.js";
import { callee, effectAttacks, honest, mappingAttacks, objectAttacks } from "./objects.js";

function importing(hash: string) {
  const text = `from ouverture.pool import object_${hash} as f\n`;
  return [{ kind: "text", path: "a\n::error::<b>\u202e.py", text }] as const;
}

async function check(hash: string, source: ObjectSource) {
  const report = await verify(importing(hash), source);
  for (const text of [renderJson(report), renderTerminal(report)]) {
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^::/m);
  }
  return report;
}

describe("objects", () => {
  it("that are honest give no finding", async () => {
    const report = await check(honest.hash, memoryPool([honest, callee]));
    expect(report).toMatchObject({ outcome: "verified", findings: [], coverage: { verified: 2 } });
  });

  it.each(objectAttacks)("$found: $title", async ({ hash, bytes, found }) => {
    const pool = memoryPool([callee]);
    const source: ObjectSource = {
      get: async (asked) => (asked === hash ? bytes : pool.get(asked)),
    };
    const report = await check(hash, source);
    expect(report.findings.map(({ code, hash: of }) => [code, of])).toEqual([[found, hash]]);
    expect(report.outcome).toBe("failed");
    expect(report.imports[0]?.verified).toBe(false);
  });

  it.each(effectAttacks)("forbidden-effect: $title", async ({ stored }) => {
    const report = await check(stored.hash, memoryPool([stored]));
    expect(report.findings.map(({ code }) => code)).toEqual(["forbidden-effect"]);
  });
});

describe("mappings", () => {
  it.each(mappingAttacks)("$reason: $title", async ({ hash, bytes, reason }) => {
    const mappings = [{ language: "eng", hash, bytes }];
    const given = { hash: honest.hash, object: bytesOf(honest), mappings };
    const { problem, furtherProblems } = inspectFunction(given);
    expect(problem).toBe(null);
    const reasons = furtherProblems.flatMap(({ data }) => ("reason" in data ? [data.reason] : []));
    expect(reasons).toEqual(reason === "ok" ? [] : [reason]);
    const isHidden = furtherProblems.some(({ code }) => code === "confusable-name");
    if (reason === "ok") expect(isHidden).toBe(true);
    const source = { ...memoryPool([honest, callee]), mappings: async () => mappings };
    const report = await check(callee.hash, { ...source, mappings: async () => [] });
    expect(report.outcome).toBe("verified");
    expect((await check(honest.hash, source)).findings.length).toBeGreaterThan(0);
  });
});
