import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { renderCell, widthOf, wrapText } from "../../src/output/cell.js";
import { file, terminal } from "./screens.js";

const text = fc.string({ unit: "binary" });

describe("renderCell", () => {
  it("fills to the width that is asked for, and never exceeds it", () => {
    fc.assert(
      fc.property(text, fc.nat(30), (cell, width) => {
        const shown = renderCell(cell, file, { most: width, least: width });
        expect(stringWidth(shown)).toBe(width);
        expect(stringWidth(renderCell(cell, file))).toBe(widthOf(cell));
      }),
    );
  });

  it.each([
    ["平均値です", 5, "平均…"],
    ["平均値です", 6, "平均…"],
    ["平均値です", 10, "平均値です"],
    ["👨‍👩‍👧", 80, "👨\\u200d👩\\u200d👧"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ["two words", 5, "two…"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
  ])("shows %j in %d columns as %j", (cell, most, expected) => {
    expect(renderCell(cell, terminal(80), { most })).toBe(expected);
  });
});

describe("wrapText", () => {
  it.each([
    ["The mean of numbers.", 11, ["The mean of", "numbers."]],
    ["The mean of numbers.", 80, ["The mean of numbers."]],
    ["one\n\n  two three", 7, ["one", "", "  two", "three"]],
    ["数の平均を返す", 6, ["数の平", "均を返", "す"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["", 10, [""]],
  ])("breaks %j at %d columns", (long, width, lines) => {
    expect(wrapText(long, width)).toEqual(lines);
  });

  it("loses nothing but blanks", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (long, width) => {
        const lines = wrapText(long, width);
        expect(lines.join("").replace(/\s/g, "")).toBe(long.replace(/\s/g, ""));
      }),
    );
  });
});
