/** What is printable is so on every Python as in the core, whatever Unicode each has. */
import { describe, expect, test } from "vitest";
import { isPrintable } from "../../core/src/syntax/unicode.js";
import { interpreters } from "./interpreters.js";
import { runRows } from "./run-rows.js";

const LAST = 0x10ffff;

describe.each(interpreters)("Python $version", ({ path }) => {
  test("agrees on each character", () => {
    const [printable = ""] = runRows<string>(path, "printable.py", [LAST]);
    const differing: number[] = [];
    for (let point = 0; point <= LAST; point += 1) {
      if ((printable[point] === "1") !== isPrintable(point)) differing.push(point);
    }
    expect(differing).toEqual([]);
  });
});
