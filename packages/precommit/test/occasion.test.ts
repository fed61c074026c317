import { describe, expect, it } from "vitest";
import { bypassOf, occasionOf } from "../src/occasion.js";

describe("occasionOf", () => {
  it.each([
    ["a commit", { GIT_INDEX_FILE: ".git/index" }, { kind: "staged" }],
    ["a run by hand", {}, { kind: "staged" }],
    [
      "a commit with the framework",
      { GIT_INDEX_FILE: ".git/index", PRE_COMMIT: "1" },
      { kind: "staged" },
    ],
    ["the framework, run by hand", { PRE_COMMIT: "1" }, { kind: "all" }],
    [
      "a push with the framework",
      { PRE_COMMIT: "1", PRE_COMMIT_FROM_REF: "a", PRE_COMMIT_TO_REF: "b" },
      { kind: "range", base: "a", head: "b" },
    ],
    ["only one of two", { PRE_COMMIT: "1", PRE_COMMIT_FROM_REF: "a" }, { kind: "all" }],
  ] as const)("%s", (_, environment, expected) => {
    expect(occasionOf(environment)).toEqual(expected);
  });
});

describe("bypassOf", () => {
  it.each([
    [{}, { kind: "staged" }, "git commit --no-verify"],
    [{}, { kind: "commit", commit: "a" }, "git push --no-verify"],
    [{ PRE_COMMIT: "1" }, { kind: "staged" }, "SKIP=ouverture-verify git commit"],
    [{ PRE_COMMIT: "1" }, { kind: "commit", commit: "a" }, "SKIP=ouverture-verify-all git push"],
  ] as const)("%j, %j", (environment, occasion, expected) => {
    expect(bypassOf(environment, occasion)).toBe(expected);
  });
});
