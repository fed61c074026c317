/** What git lists of a working tree in one answer, beside what it lists in two. */
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LIST_FILES, LIST_INDEX, parseFiles, parseIndex } from "../../src/git/git-entries.js";
import { splitNames } from "../../src/git/git-names.js";
import { git, hasGit, temporaryFolder, writeFiles } from "../folder.js";

function ask(folder: string, args: readonly string[], input?: string | Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, input });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout;
}

/** No UTF-8; the second reads as the first is written. */
const ODD = [Buffer.from([0x78, 0xff, 0x2e, 0x70, 0x79]), Buffer.from("x\\xff.py")];

/** A repository with all that an index, and what is beside it, may have. */
function makeRepository(objectFormat: string): string {
  const root = temporaryFolder();
  git(root, "init", "-q", `--object-format=${objectFormat}`);
  writeFiles(root, {
    "plain.py": "1",
    "fôlder/né.py": "2",
    "with tab\tand\nline.py": "3",
    "unwatched.py": "4",
    "left/out.py": "5",
    "left/both.py": "6",
    ".gitignore": "ignored.py\n",
    "ignored.py": "7",
  });
  for (const name of ODD) writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), "8");
  symlinkSync("plain.py", join(root, "link.py"));
  git(root, "add", ".");
  git(root, "update-index", "--assume-unchanged", "unwatched.py");
  git(root, "update-index", "--skip-worktree", "left/out.py", "left/both.py");
  git(root, "update-index", "--assume-unchanged", "left/both.py");
  const id = ask(root, ["hash-object", "-w", "--stdin"], "9").toString().trim();
  const stages = [1, 2, 3].map((stage) => `100644 ${id} ${stage}\tconflict.py\n`);
  const onlyOne = `100755 ${id} 3\tdeleted.py\n`;
  const commit = `160000 ${id} 0\tmodule\n`;
  ask(root, ["update-index", "--index-info"], [...stages, onlyOne, commit].join(""));
  // What nobody tracks.
  writeFiles(root, { "? new.py": "10", "deep/er/new.py": "11" });
  mkdirSync(join(root, "nested"));
  git(join(root, "nested"), "init", "-q");
  return root;
}

describe.skipIf(!hasGit || process.platform !== "linux")("git's list of files", () => {
  it.each(["sha1", "sha256"])("is its index and what is beside it, once each (%s)", (format) => {
    const root = makeRepository(format);
    const entries = parseIndex(ask(root, LIST_INDEX));
    const others = splitNames(ask(root, ["ls-files", "-z", "--others", "--exclude-standard"])).map(
      ({ text }) => text,
    );
    const { files, leftOut } = parseFiles(ask(root, LIST_FILES));

    expect(others.sort()).toEqual(["? new.py", "deep/er/new.py", "nested/"]);
    const once = entries.filter(({ path, stage }, index) => {
      return stage === 0 || entries.findIndex((entry) => entry.path === path) === index;
    });
    expect(once.length).toBe(entries.length - 2);
    const keyOf = ({ path, bytes, kind, isUnwatched }: (typeof files)[number]) =>
      JSON.stringify([path, bytes?.toString("hex") ?? null, kind, isUnwatched]);
    const beside = [
      { path: "? new.py", bytes: null, kind: "file", isUnwatched: true } as const,
      { path: "deep/er/new.py", bytes: null, kind: "file", isUnwatched: true } as const,
    ];
    const nested = files.filter(({ path }) => path === "nested");
    expect(nested).toMatchObject([{ kind: "repository", isUnwatched: true }]);
    expect(
      files
        .filter((file) => !nested.includes(file))
        .map(keyOf)
        .sort(),
    ).toEqual([...once, ...beside].map(keyOf).sort());

    expect(leftOut).toEqual(entries.filter(({ isLeftOut }) => isLeftOut));
    expect(leftOut.map(({ path }) => path)).toEqual(["left/both.py", "left/out.py"]);
    expect(
      files
        .filter(({ isUnwatched }) => isUnwatched)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "? new.py",
      "deep/er/new.py",
      "left/both.py",
      "left/out.py",
      "nested",
      "unwatched.py",
    ]);
    const kinds = Object.fromEntries(files.map(({ path, kind }) => [path, kind]));
    expect(kinds).toMatchObject({
      "link.py": "link",
      module: "repository",
      "plain.py": "file",
      "fôlder/né.py": "file",
      "with tab\tand\nline.py": "file",
    });
    const odd = files.filter(({ path }) => path === "x\\xff.py").map(({ bytes }) => bytes);
    expect(odd).toEqual(expect.arrayContaining([ODD[0], null]));
    expect(odd).toHaveLength(2);
  });
});
