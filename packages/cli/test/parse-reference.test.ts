import { describe, expect, it } from "vitest";
import { CommandFailure } from "../src/failure.js";
import { parseFileReference, parseReference } from "../src/parse-reference.js";

const HASH = "0123456789abcdef".repeat(4);
const OTHER = HASH.replace("0", "f");

/** What is read, or the sentences of the refusal. */
function read(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return `${error.message} ${error.hint}`;
  }
}

describe("parseReference", () => {
  it.each([
    [HASH, { hash: HASH, language: null, mapping: null }],
    ["0123", { hash: "0123", language: null, mapping: null }],
    ["ABCD@eng", { hash: "abcd", language: "eng", mapping: null }],
    [`object_${HASH}@eng`, { hash: HASH, language: "eng", mapping: null }],
    [`${HASH}@fra-canadian@${OTHER}`, { hash: HASH, language: "fra-canadian", mapping: OTHER }],
    ["0123@eng@4567", { hash: "0123", language: "eng", mapping: "4567" }],
  ])("reads %s", (text, expected) => {
    expect(read(parseReference, text)).toEqual(expected);
  });

  it.each([
    ["", "'' is no hash."],
    ["012", "'012' is too short for a hash."],
    [`${HASH}0`, "is no hash."],
    ["wxyz", "'wxyz' is no hash."],
    ["0123@", "'0123@' is not of the form HASH[@LANG[@MAPPING]]."],
    ["0123@eng@", "is not of the form"],
    ["0123@eng@4567@x", "is not of the form"],
    ["0123@eng@45", "'45' is too short for a hash."],
    ["../0123", "'../0123' is no hash."],
  ])("refuses %j", (text, sentence) => {
    expect(read(parseReference, text)).toContain(sentence);
  });
});

describe("parseFileReference", () => {
  it.each([
    ["mean.py@eng", { path: "mean.py", language: "eng" }],
    ["a@b/mean.py@fra-canadian", { path: "a@b/mean.py", language: "fra-canadian" }],
    ["C:\\my files\\mean.py@eng", { path: "C:\\my files\\mean.py", language: "eng" }],
    ["-@eng", { path: "-", language: "eng" }],
  ])("reads %s", (text, expected) => {
    expect(read(parseFileReference, text)).toEqual(expected);
  });

  it.each(["mean.py", "mean.py@", "@eng", "", "a@b/mean.py"])("refuses %j", (text) => {
    expect(read(parseFileReference, text)).toContain(`'${text}' is not of the form FILE.py@LANG.`);
  });
});
