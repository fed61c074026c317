/** The public API, pinned: a name that comes or goes is a change that users notice. */
import { describe, expect, it } from "vitest";
import * as core from "../src/index.js";

describe("@ouverture/core", () => {
  it("exports these values", () => {
    expect(Object.keys(core).sort()).toEqual([
      "checkObject",
      "decodeMapping",
      "decodeObject",
      "denormalize",
      "encodeMapping",
      "encodeObject",
      "faultMessage",
      "findPoolImports",
      "hash",
      "mappingHash",
      "mappingPath",
      "migrate",
      "normalize",
      "objectPath",
      "parse",
      "unparse",
    ]);
  });
});
