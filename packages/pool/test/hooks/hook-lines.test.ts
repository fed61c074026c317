import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addHookLines, removeHookLines, runsCheck } from "../../src/hooks/hook-lines.js";

const LINES = ["echo checked || exit $?"];

/** What hooks are made of; the check must not be put where some of it hides it. */
const PIECES = [
  "npm test",
  "true",
  "set -e",
  "# a comment",
  "",
  "exit 0",
  "exec true",
  "if true; then\n  true\nfi",
  "if false; then\n  exit 0\nfi",
  "go() {\n  return 0\n}\ngo",
  "cat <<END\ntext",
  "cat <<-'END' >/dev/null\n\ttext\nEND",
  "true \\",
  "x='a b'",
];
const STARTS = ["#!/bin/sh", "#!/usr/bin/env bash", "#!/bin/bash -e", "#!/usr/bin/env node", ""];

const hook = fc
  .tuple(fc.constantFrom(...STARTS), fc.array(fc.constantFrom(...PIECES)), fc.boolean())
  .map(([start, pieces, isEnded]) => [start, ...pieces].join("\n") + (isEnded ? "\n" : ""))
  .filter((text) => text !== "");

describe("the lines of a hook", () => {
  it("are put in and taken out again, byte for byte", () => {
    fc.assert(
      fc.property(hook, fc.boolean(), (text, isOfHusky) => {
        const added = addHookLines(text, LINES, isOfHusky);
        // A hook that does nothing is left as none.
        fc.pre(added !== null && text.trim() !== "" && text !== "#!/bin/sh");
        expect(removeHookLines(added!)).toBe(text);
        expect(addHookLines(added, LINES, isOfHusky)).toBe(added);
        expect(addHookLines(added, ["true", "false"], isOfHusky)).toBe(
          addHookLines(text, ["true", "false"], isOfHusky),
        );
      }),
    );
  });

  it("are reached wherever the rest of the hook goes well", () => {
    let reached = 0;
    fc.assert(
      fc.property(hook, (text) => {
        const rest = text.replaceAll("npm test", "true");
        const added = addHookLines(rest, LINES, true);
        fc.pre(added !== null);
        // A line that goes on may make another than it stands before: such a hook fails by itself.
        fc.pre(spawnSync("sh", ["-e"], { input: rest }).status === 0);
        const { status, stdout } = spawnSync("sh", ["-e"], { input: added!, encoding: "utf8" });
        expect({ status, stdout }).toEqual({
          status: 0,
          stdout: expect.stringMatching(/checked\n$/),
        });
        reached += 1;
      }),
      { numRuns: 40 },
    );
    expect(reached).toBeGreaterThan(0);
  });

  it.each([false, true])("are a whole hook by themselves, with husky: %s", (isOfHusky) => {
    const text = addHookLines(null, LINES, isOfHusky)!;
    expect(text.startsWith("#!/bin/sh\n")).toBe(!isOfHusky);
    expect(spawnSync("sh", { input: text, encoding: "utf8" }).stdout).toBe("checked\n");
    expect(removeHookLines(text)).toBeNull();
  });

  it("end the hook where they fail", () => {
    const text = addHookLines("#!/bin/sh\n", ["false || exit $?"], false)!;
    expect(spawnSync("sh", { input: `${text}echo after\n` })).toMatchObject({ status: 1 });
  });

  it.each([
    ["#!/usr/bin/env python3\nprint()\n", "another language"],
    ["#!/bin/sh\nmake\nexit 0\n", "an end before the end"],
    ["#!/bin/sh\nexec pre-commit run\n", "another program"],
    ["#!/bin/sh\r\nmake\r\n", "lines that no shell reads"],
    ["#!/bin/sh\nmake \\\n", "a line that goes on"],
    ["make\n", "no first line"],
  ])("are not put where it is not known whether they are reached: %j", (text) => {
    expect(addHookLines(text, LINES, false)).toBeNull();
  });
});

describe("runsCheck", () => {
  it.each([
    ["npx --no-install ouverture-precommit || exit $?\n", true],
    ["make && npx ouverture verify --all\n", true],
    ["ouverture-precommit\n", true],
    ["# ouverture verify\n", false],
    ["ouverture search x\n", false],
    ["", false],
  ])("%j: %s", (text, expected) => {
    expect(runsCheck(text)).toBe(expected);
  });
});
