import { paintFor } from "@ouverture/pool";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { type Column, renderTable } from "../../src/output/table.js";
import { file, terminal } from "./screens.js";

const COLUMNS: readonly Column[] = [
  { title: "hash", isWhole: true },
  { title: "name" },
  { title: "uses", align: "right", isWhole: true },
  { title: "docstring" },
];
const ROWS = [
  ["1a10a1ae3d69", "average", "3", "Mean of numbers."],
  ["d06024133566", "平均", "12", "数の平均を返す。"],
  ["e9c4b997761b", "me\u0301diane", "1,083", "La valeur du milieu."],
  ["0123456789ab", "متوسط", "0", "متوسط الأعداد"],
  ["ba9876543210", "🧮👍🏽", "7", "🇫🇷 flag"],
];

/** The column at which each line has its last piece. */
function places(table: string, pieces: readonly string[]): number[] {
  return table
    .trimEnd()
    .split("\n")
    .map((line, index) => stringWidth(line.slice(0, line.indexOf(pieces[index] ?? ""))));
}

describe("renderTable", () => {
  it("lines up what is wide, combined or written from the right", () => {
    const table = renderTable(COLUMNS, ROWS, file);
    expect(table).toMatchInlineSnapshot(`
      "hash          name      uses  docstring
      1a10a1ae3d69  average      3  Mean of numbers.
      d06024133566  平均        12  数の平均を返す。
      e9c4b997761b  médiane  1,083  La valeur du milieu.
      0123456789ab  متوسط        0  متوسط الأعداد
      ba9876543210  🧮👍🏽         7  🇫🇷 flag
      "
    `);
    for (const screen of [file, terminal(200)]) {
      const shown = renderTable(COLUMNS, ROWS, screen).replace(/[\u2068\u2069]/g, "");
      const last = ["docstring", "Mean", "数の", "La val", "متوسط الأ", "🇫🇷"];
      expect(new Set(places(shown, last)).size).toBe(1);
      const digits = shown.trimEnd().split("\n").slice(1);
      expect(digits.map((line) => line.slice(0, 12))).toEqual(ROWS.map(([hash]) => hash));
    }
  });

  it.each([20, 40, 60, 80])("is no wider than a terminal of %d columns, if it can", (width) => {
    const lines = renderTable(COLUMNS, ROWS, terminal(width)).trimEnd().split("\n");
    // Two whole columns, two of eight, three gaps.
    const least = Math.max(width, 12 + 5 + 8 + 8 + 6);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(least);
    if (width <= 40) expect(lines.join("")).toContain("…");
    for (const [hash = "", , uses = ""] of ROWS) {
      expect(lines.find((line) => line.startsWith(hash))).toContain(uses);
    }
  });

  it("cuts nothing and isolates nothing without a terminal", () => {
    const long = "x".repeat(500);
    const table = renderTable([{ title: "a" }], [[long], ["متوسط"]], file);
    expect(table).toBe(`a\n${long}\nمتوسط\n`);
  });

  it("isolates what is written from the right on a terminal", () => {
    expect(renderTable([{ title: "a" }], [["متوسط"], ["b"]], terminal(80))).toBe(
      "a\n\u2068متوسط\u2069\nb\n",
    );
  });

  it("lets no control character pass, and paints after that", () => {
    const { error } = paintFor({ FORCE_COLOR: "1" }, false);
    const rows = [["a\u001b[2Jb\n\u202e", { text: "\u0007", paint: error }]];
    const table = renderTable([{ title: "a" }, { title: "b" }], rows, file);
    expect(table.split("\n")[1]).toBe(`a\\u001b[2Jb\\n\\u202e  ${error("\\u0007")}`);
  });

  it("is nothing without rows", () => {
    expect(renderTable(COLUMNS, [], file)).toBe("");
  });
});
