/** What happens to repositories: which commits go through, and which do not. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { escapeText } from "@ouverture/core";
import { expect } from "vitest";
import {
  DEEP,
  GOOD,
  importOf,
  MISSING,
  OTHER,
  objectOf,
  type Stage,
  startFiles,
  startProject,
} from "./stage.js";

export interface Scenario {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}

const BAD = importOf(MISSING);

/** None of them may be shown. */
const CONTROL = /(?!\n)\p{Cc}/u;

/** A scenario in a project that has a commit and the hook. */
function inProject(name: string, play: (stage: Stage) => Promise<void>): Scenario {
  return {
    name,
    async play(stage) {
      await startProject(stage);
      await play(stage);
    },
  };
}

export const SCENARIOS: readonly Scenario[] = [
  inProject("a plain commit", async (stage) => {
    await stage.add({ "new.py": BAD });
    const output = await stage.isBlocked("commit", "-m", "bad");
    // The line, what is wrong, what mends it, and the way round.
    expect(output).toMatch(/new\.py:1:28: error: .*\[missing\]/);
    expect(output).toContain(`npx @ouverture/cli pull ${MISSING} && git add .ouverture`);
    expect(output).toMatch(
      /In an emergency '.*git commit.*' goes without this check; nothing makes/,
    );
    await stage.add({ "new.py": importOf(DEEP) });
    const said = await stage.passes("commit", "-m", "good");
    if (!stage.host.isSilent) expect(said).toMatch(/5 verified, 0 skipped/);
    await stage.add({ "new.py": "print(2)\n" });
    await stage.passes("commit", "-m", "nothing imported");
  }),

  inProject("a fresh clone", async (stage) => {
    await stage.git("clone", "-q", stage.root, stage.beside("clone"));
    const clone = stage.in(stage.beside("clone"));
    clone.installModules();
    await stage.host.install(clone);
    await clone.add({ "new.py": BAD });
    await clone.isBlocked("commit", "-m", "bad");
    await clone.add({ "new.py": importOf(OTHER) });
    await clone.passes("commit", "-m", "good");
  }),

  inProject(
    "a file that is good where it is staged, and bad in the working tree",
    async (stage) => {
      await stage.add({ "main.py": importOf(OTHER) });
      stage.write({ "main.py": BAD });
      await stage.passes("commit", "-m", "good");
      expect(await stage.git("show", "HEAD:main.py")).toBe(importOf(OTHER));
    },
  ),

  inProject(
    "a file that is bad where it is staged, and good in the working tree",
    async (stage) => {
      await stage.add({ "main.py": BAD });
      stage.write({ "main.py": importOf(OTHER) });
      await stage.isBlocked("commit", "-m", "bad");
      await stage.passes("commit", "-a", "-m", "good");
    },
  ),

  inProject("commit -a", async (stage) => {
    stage.write({ "main.py": BAD, "untracked.py": BAD });
    await stage.isBlocked("commit", "-a", "-m", "bad");
    stage.write({ "main.py": importOf(OTHER) });
    await stage.passes("commit", "-a", "-m", "good");
  }),

  inProject("commit -- path", async (stage) => {
    await stage.add({ "staged.py": BAD });
    stage.write({ "main.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "good", "--", "main.py");
    stage.write({ "main.py": BAD });
    await stage.git("reset", "-q", "--", "staged.py");
    await stage.add({ "other.py": importOf(GOOD) });
    await stage.isBlocked("commit", "-m", "bad", "--", "main.py");
    await stage.isBlocked("commit", "-m", "bad", "--include", "--", "main.py");
    await stage.passes("commit", "-m", "good", "--", "other.py");
  }),

  inProject("commit --amend", async (stage) => {
    await stage.add({ "new.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "good");
    await stage.add({ "new.py": BAD });
    await stage.isBlocked("commit", "--amend", "-m", "bad");
    await stage.add({ "new.py": importOf(GOOD) });
    await stage.passes("commit", "--amend", "-m", "better");
    await stage.passes("commit", "--amend", "-m", "another message");
  }),

  inProject("a merge", async (stage) => {
    // Each side is good: one imports a function that the other takes away.
    await stage.git("switch", "-q", "-c", "side");
    await stage.add({ "side.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "imports it");
    await stage.git("switch", "-q", "main");
    await stage.git("rm", "-rq", objectOf(OTHER));
    await stage.passes("commit", "-m", "takes it away");
    const { status, output } = await stage.run("git", "merge", "-m", "merge", "side");
    expect({ status, output }).toMatchObject({ status: expect.not.stringMatching(/^0$/) });
    expect(output).toMatch(/side\.py:1:28: error: .*\[missing\]/);
    stage.expectUntouched();
    await stage.git("merge", "--abort");
    await stage.git("switch", "-q", "-c", "fine", "side~");
    await stage.add({ "fine.py": importOf(GOOD) });
    await stage.passes("commit", "-m", "fine");
    await stage.git("switch", "-q", "main");
    await stage.git("merge", "-q", "-m", "merge", "fine");
    stage.expectUntouched();
    expect(await stage.git("log", "-1", "--format=%P")).toMatch(/ /);
  }),

  inProject("a merge with a conflict", async (stage) => {
    await stage.git("switch", "-q", "-c", "side");
    await stage.add({ "main.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "side");
    await stage.git("switch", "-q", "main");
    await stage.add({ "main.py": importOf(DEEP) });
    await stage.passes("commit", "-m", "main");
    expect((await stage.run("git", "merge", "side")).status).toBe(1);
    await stage.add({ "main.py": BAD });
    await stage.isBlocked("commit", "-m", "bad");
    await stage.add({ "main.py": importOf(OTHER) + importOf(DEEP) });
    await stage.passes("commit", "-m", "good");
  }),

  inProject("a rebase that stops", async (stage) => {
    await stage.add({ "one.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "one");
    await stage.add({ "two.py": importOf(GOOD) });
    await stage.passes("commit", "-m", "two");
    const stop = "sed -i.bak '1s/^pick/edit/'";
    await stage.git("-c", `sequence.editor=${stop}`, "rebase", "-q", "-i", "HEAD~2");
    await stage.add({ "one.py": BAD });
    await stage.isBlocked("commit", "--amend", "-m", "bad");
    await stage.add({ "one.py": importOf(DEEP) });
    await stage.passes("commit", "--amend", "-m", "good");
    await stage.git("rebase", "--continue");
    expect(await stage.git("log", "-2", "--format=%s")).toBe("two\ngood\n");
  }),

  inProject("a second working tree", async (stage) => {
    await stage.git("worktree", "add", "-q", "-b", "feature", stage.beside("feature"));
    const feature = stage.in(stage.beside("feature"));
    feature.installModules();
    await stage.host.install(feature);
    await feature.add({ "new.py": BAD });
    await feature.isBlocked("commit", "-m", "bad");
    await feature.add({ "new.py": importOf(OTHER) });
    await feature.passes("commit", "-m", "good");
    expect(await stage.git("status", "--porcelain")).toBe("");
  }),

  inProject("a submodule", async (stage) => {
    await stage.git("clone", "-q", "--bare", stage.root, stage.beside("part.git"));
    await stage.git("submodule", "--quiet", "add", stage.beside("part.git"), "part");
    await stage.passes("commit", "-m", "a submodule");
    const part = stage.in(join(stage.root, "part"));
    part.installModules();
    await stage.host.install(part);
    await part.add({ "new.py": BAD });
    await part.isBlocked("commit", "-m", "bad");
    await part.add({ "new.py": importOf(OTHER) });
    await part.passes("commit", "-m", "good");
    await stage.git("add", "part");
    await stage.passes("commit", "-m", "the submodule is newer");
    await stage.add({ "new.py": BAD });
    await stage.isBlocked("commit", "-m", "bad");
  }),

  inProject("odd names of files", async (stage) => {
    const names = [
      "with a space.py",
      "été ☃.py",
      "日本/語.py",
      '"quoted".py',
      "'single'.py",
      "new\nline.py",
      "tab\there.py",
      "-dash.py",
      "$HOME `id` ;.py",
      "back\\slash.py",
      ":(top)magic*?[x].py",
      "\u001b[31mred.py",
    ].filter((name) => !stage.host.refuses?.test(name));
    for (const [index, name] of names.entries()) {
      // Each has a finding of its own: of one finding not all places are shown.
      stage.write({ [name]: importOf(String(index).padStart(64, "0")) });
      await stage.git("--literal-pathspecs", "add", "--", name);
    }
    const output = await stage.isBlocked("commit", "-m", "bad");
    expect(output).not.toMatch(CONTROL);
    for (const name of names) expect(output).toContain(`${escapeText(name)}:1:28`);
    for (const name of names) {
      stage.write({ [name]: importOf(OTHER) });
      await stage.git("--literal-pathspecs", "add", "--", name);
    }
    await stage.passes("commit", "-m", "good");
  }),

  inProject("a name that is no UTF-8", async (stage) => {
    const name = Buffer.from("caf\xe9.py", "latin1");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(Buffer.concat([Buffer.from(`${stage.root}/`), name]), BAD);
    await stage.git("add", "--", "caf*");
    expect(await stage.isBlocked("commit", "-m", "bad")).toMatch(/caf\\xe9\.py:1:28/);
  }),

  inProject("an object of the pool that is deleted, and still imported", async (stage) => {
    await stage.git("rm", "-rq", objectOf(GOOD));
    const output = await stage.isBlocked("commit", "-m", "bad");
    expect(output).toMatch(/main\.py:1:28: error: .*\[missing\]/);
    const [, command = ""] = /^ +(git restore --staged --worktree -- \S+)/m.exec(output) ?? [];
    await stage.run("sh", "-c", command);
    expect(await stage.git("status", "--porcelain", "--", `${objectOf(GOOD)}/object.json`)).toBe(
      "",
    );
    await stage.git("reset", "-q", "--hard");
    // Of what nothing imports, anything may go.
    await stage.git("rm", "-rq", objectOf(OTHER));
    await stage.passes("commit", "-m", "good");
  }),

  inProject("an object of the pool that another has changed", async (stage) => {
    const path = `${objectOf(GOOD)}/object.json`;
    const { readFileSync } = await import("node:fs");
    const text = readFileSync(join(stage.root, path), "utf8");
    await stage.add({ [path]: text.replace("return", "return 1 +") });
    const output = await stage.isBlocked("commit", "-m", "bad");
    expect(output).toContain(`git restore --staged --worktree -- ${path}`);
    // The same in the working tree alone concerns no commit.
    await stage.git("restore", "--staged", path);
    await stage.add({ "new.py": importOf(GOOD) });
    await stage.passes("commit", "-m", "good");
  }),

  inProject("a file that is renamed", async (stage) => {
    await stage.git("mv", "main.py", "moved.py");
    await stage.passes("commit", "-m", "good");
    await stage.git("mv", "moved.py", "again.py");
    stage.write({ "again.py": `${importOf(GOOD)}${BAD}` });
    await stage.git("add", "again.py");
    await stage.isBlocked("commit", "-m", "bad");
    await stage.git("reset", "-q", "--hard");
    // A source that was none before.
    await stage.add({ "notes.txt": BAD });
    await stage.passes("commit", "-m", "no source");
    await stage.git("mv", "notes.txt", "notes.py");
    await stage.isBlocked("commit", "-m", "bad");
    await stage.git("reset", "-q", "--hard");
    await stage.git("mv", objectOf(GOOD), "elsewhere");
    await stage.isBlocked("commit", "-m", "bad");
  }),

  inProject("an object of the pool that is not staged", async (stage) => {
    const kept = stage.beside("kept");
    renameSync(join(stage.root, objectOf(OTHER)), kept);
    await stage.git("add", "--all");
    await stage.passes("commit", "-m", "without it");
    mkdirSync(join(stage.root, objectOf(OTHER), ".."), { recursive: true });
    cpSync(kept, join(stage.root, objectOf(OTHER)), { recursive: true });
    await stage.add({ "new.py": importOf(OTHER) });
    const output = await stage.isBlocked("commit", "-m", "bad");
    const [, command = ""] = /To mend it:\n +(.*)\n/.exec(output) ?? [];
    expect(command).toBe("git add .ouverture");
    await stage.run("sh", "-c", command);
    await stage.passes("commit", "-m", "good");
  }),

  inProject(
    "an object of the pool of which git knows only that it will be added",
    async (stage) => {
      renameSync(join(stage.root, objectOf(OTHER)), stage.beside("kept"));
      await stage.git("add", "--all");
      await stage.passes("commit", "-m", "without it");
      cpSync(stage.beside("kept"), join(stage.root, objectOf(OTHER)), { recursive: true });
      await stage.git("add", "--intent-to-add", objectOf(OTHER));
      await stage.add({ "new.py": importOf(OTHER) });
      await stage.isBlocked("commit", "-m", "bad");
    },
  ),

  inProject("an empty commit", async (stage) => {
    await stage.passes("commit", "--allow-empty", "-m", "empty");
  }),

  {
    name: "the first commit of a repository",
    async play(stage) {
      stage.installModules();
      await startFiles(stage);
      await stage.host.install(stage);
      await stage.git("add", "--all");
      await stage.add({ "new.py": BAD });
      const before = await stage.entries();
      const { status, output } = await stage.run("git", "commit", "-m", "bad");
      expect({ status, output }).toMatchObject({ status: 1 });
      expect(output).toMatch(/new\.py:1:28: error: .*\[missing\]/);
      expect(await stage.entries()).toBe(before);
      expect((await stage.run("git", "rev-parse", "--verify", "HEAD")).status).not.toBe(0);
      await stage.add({ "new.py": importOf(OTHER) });
      await stage.passes("commit", "-m", "good");
    },
  },

  inProject("a repository inside another", async (stage) => {
    mkdirSync(join(stage.root, "inner"));
    const inner = stage.in(join(stage.root, "inner"));
    await inner.git("init", "-q", "-b", "main");
    await startProject(inner);
    stage.write({ ".git/info/exclude": "/inner\n" });
    // The pool of the one around has it; that is another repository.
    await inner.git("rm", "-rq", objectOf(OTHER));
    await inner.passes("commit", "-m", "without it");
    await inner.add({ "new.py": importOf(OTHER) });
    await inner.isBlocked("commit", "-m", "bad");
    await inner.add({ "new.py": importOf(GOOD) });
    await inner.passes("commit", "-m", "good");
    await stage.add({ "new.py": importOf(OTHER) });
    await stage.passes("commit", "-m", "good");
  }),

  ...["true", "false"].map((value) =>
    inProject(`core.quotePath=${value}`, async (stage) => {
      await stage.git("config", "core.quotePath", value);
      await stage.add({ "dépôt/été.py": BAD });
      expect(await stage.isBlocked("commit", "-m", "bad")).toContain("dépôt/été.py:1:28");
      await stage.add({ "dépôt/été.py": importOf(OTHER) });
      await stage.passes("commit", "-m", "good");
    }),
  ),

  ...["true", "input", "false"].map((value) =>
    inProject(`core.autocrlf=${value}`, async (stage) => {
      await stage.git("config", "core.autocrlf", value);
      await stage.git("config", "core.safecrlf", "false");
      await stage.add({ "crlf.py": `import os\r\n${importOf(MISSING).replace("\n", "\r\n")}` });
      expect(await stage.isBlocked("commit", "-m", "bad")).toContain("crlf.py:2:28");
      await stage.add({ "crlf.py": importOf(DEEP).replace("\n", "\r\n") });
      await stage.passes("commit", "-m", "good");
      // With CRLF in the working tree, as a checkout writes it.
      if (value === "true") {
        rmSync(join(stage.root, ".ouverture"), { recursive: true });
        await stage.git("checkout", "-q", "--", ".ouverture");
        await stage.add({ "again.py": importOf(OTHER) });
        await stage.passes("commit", "-m", "good");
      }
    }),
  ),

  inProject("a link", async (stage) => {
    symlinkSync("/etc/passwd", join(stage.root, "away.py"));
    symlinkSync("main.py", join(stage.root, "link.py"));
    await stage.git("add", "away.py", "link.py");
    await stage.passes("commit", "-m", "links");
  }),

  inProject("a commit that a message's editor ends", async (stage) => {
    await stage.add({ "new.py": importOf(OTHER) });
    const before = await stage.entries();
    const { status } = await stage.run("git", "-c", "core.editor=false", "commit");
    expect(status).not.toBe(0);
    expect(await stage.entries()).toBe(before);
    expect(existsSync(join(stage.root, "new.py"))).toBe(true);
  }),
];

/** Those for which it makes no difference what runs the hook. */
export const OF_GIT: ReadonlySet<string> = new Set([
  "a name that is no UTF-8",
  "an object of the pool that another has changed",
  "an object of the pool of which git knows only that it will be added",
  "core.quotePath=true",
  "core.quotePath=false",
  "core.autocrlf=true",
  "core.autocrlf=input",
  "core.autocrlf=false",
  "a link",
  "a commit that a message's editor ends",
]);
