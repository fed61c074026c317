/** The limit of docs/decisions/0006: what Python prints, Python must read. */
import { describe, expect, it } from "vitest";
import { normalize } from "../../src/canonical/normalize.js";

function returning(literal: string): string {
  return `def f():\n    return ${literal}\n`;
}

describe("an integer of the normal form", () => {
  it("may have as many decimal digits as CPython reads", () => {
    const form = normalize(returning(`0x${"f".repeat(3571)}`));
    if (!form.ok) throw new Error(form.fault.code);
    expect(form.value.code.match(/\d{4300}/)).not.toBeNull();
    expect(normalize(form.value.code)).toMatchObject({
      ok: true,
      value: { code: form.value.code },
    });
  });

  it.each([`0x${"f".repeat(3572)}`, `0x1${"0".repeat(100_000)}`, `-0b1${"0".repeat(20_000)}`])(
    "may not have more",
    (literal) => {
      expect(normalize(returning(literal))).toMatchObject({
        fault: { code: "limit-exceeded", data: { limit: "integer-digits", most: 4300 } },
      });
    },
  );
});
