import { describe, expect, it } from "vitest";
import { decodeMapping, encodeMapping } from "../../src/record/mapping.js";

const HASH = "4f".repeat(32);
const mapping = {
  docstring: "Calcule la moyenne.\n\n    Détails",
  name_mapping: { _ouverture_v_0: "moyenne", _ouverture_v_1: "valeurs" },
  alias_mapping: { [HASH]: "somme" },
  comment: "",
};

describe("mapping.json", () => {
  it("is written in the order of docs/pool.md", () => {
    expect(encodeMapping(mapping)).toMatchInlineSnapshot(`
      "{
        "docstring": "Calcule la moyenne.\\n\\n    Détails",
        "name_mapping": {
          "_ouverture_v_0": "moyenne",
          "_ouverture_v_1": "valeurs"
        },
        "alias_mapping": {
          "4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f": "somme"
        },
        "comment": ""
      }"
    `);
  });

  it("is read as it was written", () => {
    const text = encodeMapping(mapping);
    expect(decodeMapping(text)).toEqual({ ok: true, value: mapping });
    expect(decodeMapping(new TextEncoder().encode(text))).toEqual({ ok: true, value: mapping });
  });

  it.each([
    ["[]", "wrong-value", ""],
    ["{", "not-json", ""],
    [{ ...mapping, docstring: null }, "wrong-value", "docstring"],
    [{ ...mapping, comment: 3 }, "wrong-value", "comment"],
    [{ ...mapping, note: "" }, "unknown-key", "note"],
    [{ ...mapping, name_mapping: [] }, "wrong-value", "name_mapping"],
    [{ ...mapping, name_mapping: { x: "y" } }, "unknown-key", "name_mapping.x"],
    [
      { ...mapping, name_mapping: { _ouverture_v_0: 1 } },
      "wrong-value",
      "name_mapping._ouverture_v_0",
    ],
    [{ ...mapping, alias_mapping: { "4f": "y" } }, "unknown-key", "alias_mapping.4f"],
    [
      '{"docstring": "", "name_mapping": {"__proto__": "x"}, "alias_mapping": {}, "comment": ""}',
      "unknown-key",
      "name_mapping.__proto__",
    ],
  ])("%j is refused: %s %s", (input, reason, name) => {
    const text = typeof input === "string" ? input : JSON.stringify(input);
    expect(decodeMapping(text)).toMatchObject({
      fault: { code: "invalid-mapping", data: { reason, name } },
    });
  });

  it("is refused over 1 MiB", () => {
    const comment = "x".repeat(1 << 20);
    expect(decodeMapping(encodeMapping({ ...mapping, comment }))).toMatchObject({
      fault: { code: "limit-exceeded", data: { limit: "bytes" } },
    });
  });
});
