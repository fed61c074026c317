import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findRepository } from "../../src/sources/find-repository.js";
import { temporaryFolder, writeFiles } from "../folder.js";

describe("findRepository", () => {
  it.each([
    ["", "."],
    ["plain/deep", "."],
    ["plain/a.py", "."],
    ["market", "market"],
    ["market/app", "market"],
    ["market/app/b.py", "market"],
    ["market/.ouverture/objects", "market"],
  ])("from %j it is %j", (start, expected) => {
    const root = temporaryFolder();
    writeFiles(root, {
      ".git/HEAD": "",
      "plain/a.py": "",
      "plain/deep/x": "",
      "market/app/b.py": "",
      "market/.ouverture/objects/x": "",
    });
    expect(findRepository(join(root, start))).toBe(join(root, expected));
  });
});
