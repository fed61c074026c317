/** SARIF is valid against the schema of OASIS, keeps GitHub's limits, and marks findings that stay the same. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import * as formats from "ajv-formats";
import fc from "fast-check";
import type { Log, Result } from "sarif";
import { describe, expect, it } from "vitest";
import { encodePath, escapeSarif } from "../../src/report/escape-sarif.js";
import { explainFinding, FINDING_CODES, findingLink } from "../../src/report/explain.js";
import { renderSarif, type SarifOptions } from "../../src/report/sarif.js";
import type { Finding } from "../../src/verify/finding.js";
import type { Report } from "../../src/verify/report.js";
import { anyReport, hostileText } from "./arbitrary-report.js";
import { FINDINGS, hashOf, place, REPORT_LIST, REPORTS } from "./example-reports.js";

const ajv = new Ajv({ allErrors: true, strict: false });
formats.default.default(ajv);
/** That of OASIS, unchanged but for its indentation, as the npm package @datadog/datadog-ci 2.48.0 has it. */
const isValid = ajv.compile(
  JSON.parse(
    readFileSync(new URL("../vectors/sarif/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
  ) as object,
);

function render(report: Report, options: Partial<SarifOptions> = {}): Log {
  const log = JSON.parse(renderSarif(report, { version: "1.2.3", ...options })) as Log;
  isValid(log);
  expect((isValid.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)).toEqual([]);
  return log;
}

function resultsOf(findings: readonly Finding[], options?: Partial<SarifOptions>): Result[] {
  return render({ ...REPORTS.errors, findings }, options).runs[0]?.results ?? [];
}

describe("the schema in the test", () => {
  it("refuses what is no SARIF", () => {
    const log = render(REPORTS.errors);
    const [run] = log.runs;
    expect(isValid({ ...log, version: "2.0.0" })).toBe(false);
    expect(isValid({ ...log, runs: [{ ...run, tool: {} }] })).toBe(false);
    const result = { ...run?.results?.[0], level: "fatal" };
    expect(isValid({ ...log, runs: [{ ...run, results: [result] }] })).toBe(false);
    const uri = { physicalLocation: { artifactLocation: { uri: "a b" } } };
    const spaced = { ...run?.results?.[0], locations: [uri] };
    expect(isValid({ ...log, runs: [{ ...run, results: [spaced] }] })).toBe(false);
  });
});

describe("renderSarif", () => {
  it.each(REPORT_LIST)("writes the report '%s'", (_, report) => {
    const log = render(report);
    const { tool, results = [], ...run } = log.runs[0] ?? {};
    const lines = [{ ...run, tool: tool?.driver.name }, ...results].map((one) =>
      JSON.stringify(one),
    );
    expect(lines.join("\n")).toMatchSnapshot();
  });

  it("writes any report, valid and harmless", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = renderSarif(report, { version: "1.2.3" });
        expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        const [run] = render(report).runs;
        expect(run?.results).toHaveLength(report.findings.length);
        for (const result of run?.results ?? []) {
          expect(result.locations).toHaveLength(1);
          expect(result.relatedLocations?.length ?? 0).toBeLessThan(100);
          expect(result.message.text).not.toMatch(/\]\(/);
          expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
        }
      }),
    );
  });

  it("has a rule for each code, with its texts and its level", () => {
    const rules = render(REPORTS.clean).runs[0]?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(FINDING_CODES);
    for (const [index, code] of FINDING_CODES.entries()) {
      const { title, severity, what, why, todo } = explainFinding(code);
      const rule = rules[index];
      expect(rule?.shortDescription?.text).toBe(title);
      expect(rule?.fullDescription?.text).toBe(what);
      for (const text of [what, why, todo]) expect(rule?.help?.text).toContain(text);
      expect(rule?.helpUri).toBe(findingLink(code));
      expect(rule?.defaultConfiguration?.level).toBe(severity);
      expect(rule?.properties?.tags?.length).toBeGreaterThan(0);
    }
  });

  it("tells of the run: what came of it, notices, and what was left out", () => {
    const invocationOf = (report: Report, options?: Partial<SarifOptions>) =>
      render(report, options).runs[0]?.invocations?.[0];
    expect(invocationOf(REPORTS.clean)).toMatchObject({ executionSuccessful: true, exitCode: 0 });
    expect(invocationOf(REPORTS.errors)).toMatchObject({ executionSuccessful: true, exitCode: 1 });
    expect(invocationOf(REPORTS.nothing)).toMatchObject({
      executionSuccessful: false,
      exitCode: 2,
    });
    const told = invocationOf(REPORTS.changed)?.toolExecutionNotifications ?? [];
    expect(told.map(({ descriptor, level }) => `${descriptor?.id} ${level}`)).toEqual([
      "coverage note",
      "base-missing note",
      "everything-checked note",
      "trust-from-base note",
      "trust-changed warning",
    ]);
    const cut = invocationOf(REPORTS.errors, { mostResults: 3 })?.toolExecutionNotifications;
    const count = REPORTS.errors.findings.length;
    expect(cut?.at(-1)?.message.text).toContain(`${count - 3} of ${count} findings are left out`);
  });

  it("keeps to a number and a size, errors first", () => {
    const many = Array.from({ length: 30_000 }, (_, index) => ({
      ...FINDINGS.missing,
      hash: hashOf(index),
    }));
    const text = renderSarif({ ...REPORTS.errors, findings: many }, { version: "1.2.3" });
    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000);
    const results = (JSON.parse(text) as Log).runs[0]?.results ?? [];
    expect(results.length).toBeGreaterThan(5000);
    expect(results.length).toBeLessThanOrEqual(25_000);
    expect(results[0]?.message).toEqual(resultsOf(many.slice(0, 1))[0]?.message);
    const small = resultsOf(REPORTS.errors.findings, { mostResults: 4 });
    expect(small.map(({ ruleId }) => ruleId)).toEqual(
      REPORTS.errors.findings.slice(0, 4).map(({ code }) => code),
    );
  });

  it("gives places, the way to the function, and the object where there is no place", () => {
    const [bad, none, store] = resultsOf(
      [
        FINDINGS["hash-mismatch"],
        { ...FINDINGS.missing, locations: [] },
        FINDINGS["registry-fault"],
      ],
      { root: "my app", pool: "my app/.ouverture" },
    );
    expect(bad?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "my%20app/shop/cart.py", uriBaseId: "%SRCROOT%" },
      region: { startLine: 7, startColumn: 28, endLine: 7, endColumn: 103 },
    });
    expect(bad?.relatedLocations?.[0]).toMatchObject({
      id: 1,
      message: { text: expect.stringContaining("In cell 3:2:28") },
    });
    expect(bad?.relatedLocations?.[0]?.physicalLocation).not.toHaveProperty("region");
    const flow = bad?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(flow).toHaveLength(5);
    expect(flow[4]?.location?.logicalLocations?.[0]?.fullyQualifiedName).toBe(
      `ouverture.pool.object_${hashOf(4)}`,
    );
    expect(none?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(
      /^my%20app\/\.ouverture\/objects\/sha256\/00\/08.*\/object\.json$/,
    );
    expect(store?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      "my%20app/.ouverture/config.yaml",
    );
  });

  it("keeps a long way to what GitHub shows", () => {
    const via = Array.from({ length: 3000 }, (_, index) => hashOf(index));
    const [result] = resultsOf([{ ...FINDINGS.missing, via, locations: [place("a.py", 1, via)] }]);
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(1000);
  });
});

describe("fingerprints", () => {
  const printsOf = (findings: readonly Finding[]) =>
    resultsOf(findings).map(({ partialFingerprints }) => partialFingerprints);

  it("stay when lines move, and when other findings come or go", () => {
    const { findings } = REPORTS.errors;
    const moved = findings.map((finding) => ({
      ...finding,
      locations: finding.locations.map((one) => ({ ...one, line: one.line + 7 })),
    }));
    expect(printsOf(moved)).toEqual(printsOf(findings));
    expect(printsOf(findings.slice(3))).toEqual(printsOf(findings).slice(3));
  });

  it("are of one finding each", () => {
    fc.assert(
      fc.property(anyReport, ({ findings }) => {
        const prints = printsOf([...findings, ...findings]);
        for (const key of ["primaryLocationLineHash", "ouvertureFinding/v1"]) {
          const values = prints.map((one) => one?.[key]);
          expect(new Set(values).size).toBe(2 * findings.length);
          expect(
            values.every((value) => /^[0-9a-f]{16}(?::1|[0-9a-f]{48})$/.test(value ?? "")),
          ).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("the escapes of SARIF", () => {
  it("make a URI reference of any path, which reads back", () => {
    fc.assert(
      fc.property(hostileText, (path) => {
        const encoded = encodePath(path);
        expect(encoded).toMatch(/^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$/);
        expect(encoded).not.toMatch(/^\//);
        if (!/\p{Cs}/u.test(path))
          expect(decodeURIComponent(encoded)).toBe(path.replace(/^\//, "./"));
      }),
    );
  });

  it("leave no link and no placeholder in a message, and all else as it was", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = escapeSarif(text);
        expect(shown).not.toMatch(/\]\(/);
        expect(shown.replace(/\{\{|\}\}/g, "")).not.toMatch(/[{}]/);
      }),
    );
  });
});
