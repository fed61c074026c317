import { stripVTControlCharacters } from "node:util";
import { paintFor } from "@ouverture/pool";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "../../src/output/columns.js";
import { renderMarked } from "../../src/output/marked.js";
import type { Screen } from "../../src/output/screen.js";
import { file, terminal } from "./screens.js";

const colours: Screen = { ...terminal(80), paint: paintFor({ FORCE_COLOR: "1" }, true) };
const strong = colours.paint.strong;

/** `[` and `]` stand around what was found, `<` and `>` where a text is cut at its ends. */
function markedOf(form: string) {
  const isCutBefore = form.startsWith("<");
  const isCutAfter = form.endsWith(">");
  const ranges: { start: number; end: number }[] = [];
  let text = "";
  for (const part of form.replace(/^<|>$/g, "").split(/(\[[^\]]*\])/)) {
    const found = part.startsWith("[") ? part.slice(1, -1) : part;
    if (part.startsWith("[")) ranges.push({ start: text.length, end: text.length + found.length });
    text += found;
  }
  return { text, ranges, isCutBefore, isCutAfter };
}

describe("renderMarked", () => {
  it.each([
    ["The [mean] of values.", 80, "The [mean] of values."],
    ["The [mean] of values.", 21, "The [mean] of values."],
    ["The [mean] of values.", 18, "The [mean] of value…"],
    ["The [mean] of values.", 9, "The [mean]…"],
    ["The [mean] of values.", 8, "…[mean] o…"],
    ["One two three four five [six] seven", 18, "…five [six] seven"],
    ["One two three four five [six] seven eight nine", 18, "…five [six] seven e…"],
    ["onetwothreefourfive[six]seven", 15, "…urfive[six]seven"],
    ["One two three four five [six]", 12, "…five [six]"],
    ["One two three four five six [seven]", 5, "…[sev]…"],
    ["<of the [mean] of>", 80, "…of the [mean] of…"],
    ["<and of [mean]>", 9, "…of [mean]…"],
    ["値の[平均]を計算する。", 11, "値の[平均]を…"],
    ["すべての値の[平均]を計算する。", 11, "…の[平均]を…"],
    ["  a\n\n  [b]\tc  ", 80, "a [b] c"],
    ["a\u001b[[b]", 80, "a\\u001b[[b]"],
    ["nothing is found here", 10, "nothing i…"],
    ["and …[of] and more", 12, "and …[of] and…"],
    ["[all]", 0, ""],
    ["[all]", 1, "…"],
    ["", 10, ""],
  ])("shows %j in %d columns as %j", (form, most, expected) => {
    const shown = renderMarked(markedOf(form), colours, most);
    const [on = "", off = ""] = strong("|").split("|");
    expect(shown.replaceAll(on, "[").replaceAll(off, "]")).toBe(expected);
  });

  const text = fc.string({
    unit: fc.constantFrom("a", "bc", " ", "  ", "平", "é", "\u0301", "\u202e"),
  });
  const marked = fc.tuple(
    text,
    text.filter((one) => /\S/.test(one)),
    text,
    fc.boolean(),
    fc.boolean(),
  );

  it("is no wider than it may be, and shows something of what was found", () => {
    fc.assert(
      fc.property(
        marked,
        fc.integer({ min: 5, max: 40 }),
        ([a, b, c, isCutBefore, isCutAfter], most) => {
          const ranges = [{ start: a.length, end: a.length + b.length }];
          const one = { text: a + b + c, ranges, isCutBefore, isCutAfter };
          const painted = renderMarked(one, colours, most);
          const shown = stripVTControlCharacters(painted);
          expect(columnsOf(shown)).toBeLessThanOrEqual(most);
          expect(painted).not.toBe(shown);
          expect(shown).toBe(renderMarked(one, terminal(80), most));
          const whole = renderMarked(one, file, Number.POSITIVE_INFINITY);
          expect(whole).toContain(shown.replace(/^…|…$/g, ""));
        },
      ),
    );
  });

  it("keeps what is written from right to left together", () => {
    expect(renderMarked(markedOf("של [ממוצע]"), terminal(80), 80)).toBe("\u2068של ממוצע\u2069");
  });
});
