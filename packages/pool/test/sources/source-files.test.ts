import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../../src/sources/source-files.js";
import { git, hasGit, makePipe, temporaryFolder, writeFiles } from "../folder.js";

/** Each source as `kind path`, with the reason where it is skipped. */
async function listed(root: string, paths?: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of sourceFiles(root, paths)) {
    const reason = file.kind === "skipped" ? ` (${file.why})` : "";
    files.push(`${file.kind} ${file.path}${reason}`);
  }
  return files;
}

const related = "import ouverture\n";
const tree = {
  "a.py": related,
  "b.pyi": related,
  "c.pyw": related,
  "d.txt": related,
  "e.py.orig": related,
  "no.py": "import os\n",
  "UPPER.PY": related,
  "deep/er/f.py": related,
  ".hidden/g.py": related,
  "with space/ü 日本 '\"\\.py": related,
  "ignored.py": related,
  "build/h.py": related,
  "sub/build/i.py": related,
  "sub/kept.py": related,
  "sub/.gitignore": "*.py\n!kept.py\n",
  "sub/not-kept.py": related,
  ".gitignore": "ignored.py\nbuild/\n",
  "n.ipynb": '{"cells": [{"source": "import ouverture"}]}',
  "joined.ipynb": '{"cells": [{"source": "__import__(\\"ouver\\" \\"ture\\")"}]}',
  "plain.ipynb": "{}",
};
const expected = [
  "text .hidden/g.py",
  "text UPPER.PY",
  "text a.py",
  "text b.pyi",
  "text c.pyw",
  "text deep/er/f.py",
  "notebook joined.ipynb",
  "notebook n.ipynb",
  "unrelated no.py",
  "unrelated plain.ipynb",
  "text sub/kept.py",
  "text with space/ü 日本 '\"\\.py",
];

describe("sourceFiles", () => {
  it("lists the Python files that no .gitignore names, without git", async () => {
    const root = temporaryFolder();
    writeFiles(root, { ...tree, ".git/x.py": related });
    rmSync(join(root, ".git"), { recursive: true });
    expect(await listed(root)).toEqual(expected);
  });

  describe.runIf(hasGit)("in a repository of git", () => {
    it("lists what is tracked or not ignored", async () => {
      const root = temporaryFolder();
      writeFiles(root, tree);
      git(root, "init", "-q");
      expect(await listed(root)).toEqual(expected);
      git(root, "add", ".");
      git(root, "add", "-f", "ignored.py");
      const tracked = [...expected, "text ignored.py"].sort(byPath);
      expect(await listed(root)).toEqual(tracked);
      git(root, "commit", "-qm", "all");
      expect(await listed(root)).toEqual(tracked);
      expect(await listed(join(root, "deep"))).toEqual(["text er/f.py"]);
    });

    it("passes over deleted files, and tells of repositories in the repository", async () => {
      const root = temporaryFolder();
      writeFiles(root, { "a.py": related, "gone.py": related, "inner/b.py": related });
      writeFiles(root, { "module/c.py": related });
      for (const inner of ["inner", "module"]) {
        git(join(root, inner), "init", "-q");
        git(join(root, inner), "add", ".");
        git(join(root, inner), "commit", "-qm", "inner");
      }
      git(root, "init", "-q");
      git(root, "-c", "advice.addEmbeddedRepo=false", "add", "a.py", "gone.py", "module");
      rmSync(join(root, "gone.py"));
      expect(await listed(root)).toEqual([
        "text a.py",
        "skipped inner (nested-repository)",
        "skipped module (nested-repository)",
      ]);
    });

    it("runs nothing that the repository's settings name", async () => {
      const root = temporaryFolder();
      writeFiles(root, { "a.py": related, "hook.sh": '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n' });
      chmodSync(join(root, "hook.sh"), 0o755);
      git(root, "init", "-q");
      git(root, "config", "core.fsmonitor", join(root, "hook.sh"));
      await listed(root);
      expect(await listed(root, ["ran"])).toEqual([]);
    });
  });

  it("keeps to the paths that are given", async () => {
    const root = temporaryFolder();
    writeFiles(root, tree);
    expect(await listed(root, ["deep"])).toEqual(["text deep/er/f.py"]);
    expect(await listed(root, ["a.py", "sub"])).toEqual(["text a.py", "text sub/kept.py"]);
    expect(await listed(root, ["d.txt"])).toEqual(["text d.txt"]);
    expect(await listed(root, ["dee"])).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("follows links only where they stay inside", async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    writeFiles(root, { "data.txt": related });
    writeFiles(outside, { "x.py": related });
    symlinkSync("data.txt", join(root, "inside.py"));
    symlinkSync(join(outside, "x.py"), join(root, "outside.py"));
    symlinkSync("../../etc/passwd", join(root, "up.py"));
    symlinkSync("nowhere", join(root, "broken.py"));
    symlinkSync("loop.py", join(root, "loop.py"));
    symlinkSync(outside, join(root, "folder.py"));
    const links = [
      "skipped broken.py (link)",
      "skipped folder.py (link)",
      "text inside.py",
      "skipped loop.py (link)",
      "skipped outside.py (link)",
      "skipped up.py (link)",
    ];
    expect(await listed(root)).toEqual(links);
    if (!hasGit) return;
    git(root, "init", "-q");
    git(root, "add", ".");
    expect(await listed(root)).toEqual(links);
  });

  it.skipIf(process.platform === "win32")("does not open a device", async () => {
    const root = temporaryFolder();
    makePipe(join(root, "pipe.py"));
    expect(await listed(root)).toEqual(["skipped pipe.py (not-a-file)"]);
  });

  it("tells of a file that names the pool and is too large to parse", async () => {
    const root = temporaryFolder();
    const large = Buffer.alloc((16 << 20) + 1, 0x20);
    writeFiles(root, {
      "plain.py": large,
      "named.py": Buffer.concat([large, Buffer.from(related)]),
    });
    expect(await listed(root)).toEqual(["undecodable named.py", "unrelated plain.py"]);
  });
});

function byPath(a: string, b: string): number {
  const pathOf = (line: string): string => line.slice(line.indexOf(" ") + 1);
  return pathOf(a) < pathOf(b) ? -1 : 1;
}
