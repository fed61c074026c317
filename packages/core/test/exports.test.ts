/** The public API, pinned: a name that comes or goes is a change that users notice. */
import { describe, expect, it } from "vitest";
import * as core from "../src/index.js";

describe("@ouverture/core", () => {
  it("exports these values", () => {
    expect(Object.keys(core).sort()).toEqual([
      "DEFAULT_LIMITS",
      "DEFAULT_POLICY",
      "EFFECT_KINDS",
      "MOST_BYTES",
      "bindingUses",
      "checkMapping",
      "checkObject",
      "decodeMapping",
      "decodeObject",
      "denormalize",
      "encodeMapping",
      "encodeObject",
      "escapeText",
      "faultMessage",
      "findEffects",
      "findPoolImports",
      "findingMessage",
      "hash",
      "inspectFunction",
      "mappingHash",
      "mappingPath",
      "mentionsPool",
      "migrate",
      "normalize",
      "notebookMentionsPool",
      "noticeMessage",
      "objectPath",
      "objectPathV0",
      "parse",
      "rehash",
      "renderJson",
      "renderTerminal",
      "replaceDependency",
      "unparse",
      "verify",
      "warningMessage",
    ]);
  });
});
