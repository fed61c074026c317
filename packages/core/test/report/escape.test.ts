import { describe, expect, it } from "vitest";
import { escapeText, quoteName } from "../../src/report/escape.js";

describe("escapeText", () => {
  it.each([
    ["plain text, 日本語 é 𝒳 😀", "plain text, 日本語 é 𝒳 😀"],
    ["\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"],
    ["a\nb\r\nc\td", "a\\nb\\u000d\\nc\\td"],
    ["\u009b31m", "\\u009b31m"],
    ["file\u202egpj.py", "file\\u202egpj.py"],
    ["\u2066a\u2069", "\\u2066a\\u2069"],
    ["zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"],
    ["line\u2028para\u2029", "line\\u2028para\\u2029"],
    ["\u{e0041}", "\\udb40\\udc41"],
    ["\ud800", "\\ud800"],
    ["\u3164\u115f\u2800", "\\u3164\\u115f\\u2800"],
    ["\0\u0007\u007f", "\\u0000\\u0007\\u007f"],
  ])("%j is shown as %s", (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it("cuts a name that is very long", () => {
    expect(quoteName("x".repeat(10_000)).length).toBeLessThan(250);
  });
});
