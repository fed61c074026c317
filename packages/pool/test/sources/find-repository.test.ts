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

  it("takes the folder of the user's configuration for no pool", () => {
    const home = temporaryFolder();
    writeFiles(home, { ".ouverture/config.yaml": "", "work/a.py": "", "own/.ouverture/x": "" });
    expect(findRepository(join(home, "work"))).toBe(home);
    expect(findRepository(join(home, "work"), home)).toBe(join(home, "work"));
    expect(findRepository(join(home, "own"), home)).toBe(join(home, "own"));
    writeFiles(home, { ".git/HEAD": "" });
    expect(findRepository(join(home, "work"), home)).toBe(home);
  });
});
