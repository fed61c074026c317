/** The document is the one that schema/report.schema.json describes, and that is closed. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../src/report/json.js";
import { anyReport } from "./arbitrary-report.js";
import { FINDINGS, REPORT_LIST, REPORTS } from "./example-reports.js";

const schema = JSON.parse(
  readFileSync(new URL("../../schema/report.schema.json", import.meta.url), "utf8"),
) as object;
const isValid = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

function faultsOf(json: string): string[] {
  isValid(JSON.parse(json));
  return (isValid.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

describe("renderJson", () => {
  it.each(REPORT_LIST)("writes the report '%s' as the schema has it", (_, report) => {
    const json = renderJson(report);
    expect(faultsOf(json)).toEqual([]);
    expect(json).toMatchSnapshot();
  });

  it("writes any report as the schema has it, on lines of its own", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const json = renderJson(report);
        expect(faultsOf(json)).toEqual([]);
        expect(JSON.parse(json)).toMatchObject({ ...toJson(report), format: 1 });
        expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

function toJson(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

describe("the schema", () => {
  const document: unknown = JSON.parse(renderJson(REPORTS.errors));

  it("says what every field means", () => {
    const silent = fieldsOf(schema).filter(([, field]) => {
      const { description, const: only, $ref } = field as Record<string, unknown>;
      return description === undefined && only === undefined && $ref === undefined;
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it("refuses a field that is not in it, and the lack of one that is, wherever that is", () => {
    // One of each shape.
    const shapes = objectsOf(document).map((one) => [Object.keys(one).join(), one] as const);
    const objects = [...new Map(shapes).values()];
    expect(objects.length).toBeGreaterThan(25);
    for (const one of objects) {
      const known = Object.entries(one);
      one.more = 1;
      expect(isValid(document), JSON.stringify(one).slice(0, 200)).toBe(false);
      delete one.more;
      for (const [key, value] of known) {
        if (OPTIONAL.has(key)) continue;
        delete one[key];
        expect(isValid(document), key).toBe(false);
        for (const [name, old] of known) {
          delete one[name];
          one[name] = old;
        }
        one[key] = value;
      }
    }
    expect(isValid(document)).toBe(true);
  });

  it("refuses a code with the data of another", () => {
    for (const finding of Object.values(FINDINGS)) {
      const { data } = finding.code === "missing" ? FINDINGS.unreachable : FINDINGS.missing;
      const json = renderJson({ ...REPORTS.clean, findings: [finding] }).replace(
        JSON.stringify(finding.data),
        JSON.stringify(data),
      );
      const swapped = JSON.parse(json) as { findings: { data: object }[] };
      swapped.findings[0]!.data = data;
      expect(isValid(swapped), finding.code).toBe(false);
    }
  });
});

const OPTIONAL = new Set(["cell", "refused"]);

/** Every object of a document. */
function objectsOf(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsOf);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

/** Every property that a schema describes, with its path. */
function fieldsOf(value: unknown, path = ""): [path: string, field: unknown][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const at = `${path}/${key}`;
    const isTest = /\/if\/|\/then\//.test(`${at}/`) && !/\/data\/properties\//.test(at);
    const own: [string, unknown][] = path.endsWith("/properties") && !isTest ? [[at, inner]] : [];
    return [...own, ...fieldsOf(inner, at)];
  });
}
