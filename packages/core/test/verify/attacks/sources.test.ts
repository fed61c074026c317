import { describe, expect, it } from "vitest";
import { verify } from "../../../src/verify/verify.js";
import { memoryPool } from "../stored.js";
import { HASH, harmlessSources, sourceAttacks } from "./sources.js";

async function check(text: string) {
  return verify([{ kind: "text", path: "a.py", text }], memoryPool([]));
}

describe("sources that hide an import", () => {
  it.each(sourceAttacks)("$found: $title", async ({ source, found }) => {
    const { findings, imports, outcome } = await check(source);
    expect(outcome).toBe("failed");
    const codes = new Set(findings.map(({ code }) => code));
    if (found === "function") {
      expect(imports.map(({ hash }) => hash)).toContain(HASH);
      // The pool is empty: so the function was asked for.
      expect(codes).toEqual(new Set(["missing"]));
    } else expect(codes).toContain(found);
    for (const { locations } of findings) expect(locations[0]).toMatchObject({ path: "a.py" });
  });

  it.each(harmlessSources)("%j is none", async (source) => {
    expect((await check(source)).findings).toEqual([]);
  });
});
