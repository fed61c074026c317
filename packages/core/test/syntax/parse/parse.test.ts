import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SyntaxReason } from "../../../src/refusal.js";
import { SYNTAX_MESSAGES } from "../../../src/report/syntax-message.js";
import type { Fault } from "../../../src/result.js";
import { parse } from "../../../src/syntax/parse/module.js";
import { REASONS } from "./reasons.js";

interface SyntaxVector {
  readonly name: string;
  readonly source: string;
  readonly valid: boolean;
  readonly error?: string;
}
interface RefusalVector {
  readonly source: string;
  readonly message: string;
  readonly line: number;
}

function vectors<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}`, import.meta.url), "utf8"));
}

function faultOf(source: string): Fault {
  const parsed = parse(source);
  if (parsed.ok) throw new Error(`accepted: ${source}`);
  return parsed.fault;
}

/** The sentence as CPython words it, without the place. */
function sentence(fault: Fault): string {
  if (fault.code !== "syntax-error") return fault.code;
  const { reason, args } = fault.data;
  const template = SYNTAX_MESSAGES[reason as SyntaxReason];
  return template.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
}

describe("what CPython 3.14 parses and refuses", () => {
  /** Ours says what is missing, or what is wrong in terms of text instead of a codec. */
  const reworded = new Set(["bad_match_expr", "lone_surr_src"]);
  it.each(vectors<SyntaxVector>("syntax.json"))("$name", ({ name, source, valid, error }) => {
    expect(parse(source).ok).toBe(valid);
    if (valid || error === undefined || reworded.has(name)) return;
    const [, message, line] = /^\w+: (.*?)(?: \(<unknown>, line (\d+)\))?$/s.exec(error) ?? [];
    const fault = faultOf(source);
    expect(sentence(fault)).toBe(message);
    if (line !== undefined) expect(fault.span?.line).toBe(Number(line));
  });
});

describe("CPython's own words for broken statements", () => {
  it.each(vectors<RefusalVector>("refusals.json"))("$message: $source", (vector) => {
    const fault = faultOf(vector.source);
    expect(sentence(fault)).toBe(vector.message);
    expect(fault.span?.line).toBe(vector.line);
  });
});

describe("each reason, and its place", () => {
  it.each(Object.entries(REASONS))("%s", (reason, cases) => {
    for (const [source, line, column] of cases) {
      const fault = faultOf(source);
      expect(fault).toMatchObject({ code: "syntax-error", data: { reason } });
      expect([source, fault.span?.line, fault.span?.column]).toEqual([source, line, column]);
      expect(sentence(fault)).not.toMatch(/\{\d\}|undefined/);
    }
  });
});
