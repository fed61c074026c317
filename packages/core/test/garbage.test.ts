/**
 * Values that no typed caller gives: what takes untrusted input answers them with a
 * fault, and throws nothing.
 */
import { describe, expect, it } from "vitest";
import * as core from "../src/index.js";

const GARBAGE: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  true,
  {},
  [],
  [1],
  10n,
  Symbol("x"),
  () => {},
  new Date(0),
  new Map(),
  { name_mapping: null, alias_mapping: [], docstring: {}, comment: 0 },
  { docstring: "", name_mapping: { _ouverture_v_0: 1 }, alias_mapping: {}, comment: "" },
  Object.create(null),
];

/** A function as a caller without types sees it. */
function untyped(call: unknown): (...values: unknown[]) => { ok: boolean; fault: core.Fault } {
  if (typeof call !== "function") throw new Error("no function");
  return (...values) => call(...values);
}

const CODE = "def _ouverture_v_0():\n    pass";
const USE = { code: CODE, mappings: [] };
const OBJECT = { normalized_code: CODE };
const MAPPING = '{"docstring": "", "name_mapping": {}, "alias_mapping": {}, "comment": ""}';

describe("garbage", () => {
  it.each<[string, (value: unknown) => { ok: boolean; fault: core.Fault }]>([
    ["parse", untyped(core.parse)],
    ["normalize", untyped(core.normalize)],
    ["denormalize code", (value) => untyped(core.denormalize)(value, {})],
    ["denormalize mapping", (value) => untyped(core.denormalize)(CODE, value)],
    ["findPoolImports", untyped(core.findPoolImports)],
    ["findEffects", untyped(core.findEffects)],
    ["bindingUses", untyped(core.bindingUses)],
    ["replaceDependency code", (code) => untyped(core.replaceDependency)({ code, mappings: [] })],
    ["replaceDependency hash", (value) => untyped(core.replaceDependency)(USE, value, value)],
    ["decodeObject", untyped(core.decodeObject)],
    ["decodeMapping", untyped(core.decodeMapping)],
    ["migrate", untyped(core.migrate)],
    ["objectPath", untyped(core.objectPath)],
    ["mappingPath", (value) => untyped(core.mappingPath)("0".repeat(64), value, value)],
    ["checkMapping hash", (value) => untyped(core.checkMapping)(OBJECT, value, MAPPING)],
    ["checkMapping bytes", (value) => untyped(core.checkMapping)(OBJECT, "0".repeat(64), value)],
    ["checkObject hash", (value) => untyped(core.checkObject)(value, "{}")],
    ["checkObject bytes", (value) => untyped(core.checkObject)("0".repeat(64), value)],
  ])("is refused by %s", (_, call) => {
    for (const value of GARBAGE) expect(call(value)).toMatchObject({ ok: false, fault: {} });
  });
});
