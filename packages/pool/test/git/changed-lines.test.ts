/** The lines of a change are those that git says, whatever files are called and hold. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readChangedLines } from "../../src/git/changed-lines.js";
import { git, hasGit, temporaryFolder, writeFiles } from "../folder.js";

function commitFiles(root: string, files: Readonly<Record<string, string>>): void {
  writeFiles(root, files);
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "x");
}

const LINES = "1\n2\n3\n4\n5\n";
const NAMES = [
  "plain.py",
  "with space.py",
  'quote".py',
  "back\\slash.py",
  "tab\t.py",
  "line\nend.py",
  "ünï 日本.py",
  "-option.py",
  ":(glob)*.py",
  "b/b/x.py",
];

describe.runIf(hasGit)("readChangedLines", () => {
  it.each(NAMES)("finds them in %j", async (name) => {
    const root = temporaryFolder();
    git(root, "init", "--quiet");
    commitFiles(root, { [name]: LINES, "other.py": LINES });
    // Lines that look like heads, one that is taken away, and an end without a line end.
    commitFiles(root, { [name]: "0\n++ b/other.py\n1\n3\n@@ -1 +1,9 @@\n4\n5", "other.py": "x\n" });
    const changed = await readChangedLines({ root, base: "HEAD~1", paths: [name] });
    expect([...changed]).toEqual([
      [
        name,
        [
          { first: 1, last: 2 },
          { first: 5, last: 5 },
          { first: 7, last: 7 },
        ],
      ],
    ]);
  });

  it("knows no lines of a file that is gone, and all of a new one", async () => {
    const root = temporaryFolder();
    git(root, "init", "--quiet");
    commitFiles(root, { "a/old.py": LINES });
    git(root, "rm", "--quiet", "a/old.py");
    commitFiles(root, { "a/new.py": LINES });
    const changed = await readChangedLines({
      root: `${root}/a`,
      base: "HEAD~1",
      head: "HEAD",
      paths: ["old.py", "new.py"],
    });
    expect(changed.get("new.py")).toEqual([{ first: 1, last: 5 }]);
    expect(changed.get("old.py") ?? []).toEqual([]);
  });

  it("is nothing where git cannot say, and runs nothing that a repository names", async () => {
    const root = temporaryFolder();
    expect(await readChangedLines({ root, base: "main", paths: ["a"] })).toEqual(new Map());
    git(root, "init", "--quiet");
    expect(await readChangedLines({ root, base: "--output=x", paths: ["a"] })).toEqual(new Map());
    commitFiles(root, { "a.py": "1\n", ".gitattributes": "*.py diff=evil\n" });
    git(root, "config", "diff.evil.command", "touch executed");
    git(root, "config", "diff.evil.textconv", "touch executed");
    git(root, "config", "diff.external", "touch executed");
    commitFiles(root, { "a.py": "2\n" });
    const changed = await readChangedLines({ root, base: "HEAD~1", paths: ["a.py"] });
    expect(changed.get("a.py")).toEqual([{ first: 1, last: 1 }]);
    expect(existsSync(`${root}/executed`)).toBe(false);
  });
});
