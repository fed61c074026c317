/** A release in the Action's own repository: it runs there, and only one tag of it ever moves. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layOut, push } from "../scripts/release.js";
import { market } from "./repositories.js";
import { readMetadata, runStep, temporaryFolder } from "./runner.js";

/** A repository that is pushed to, and what its tags are of. */
function makeRemote() {
  const url = join(temporaryFolder(), "verify-action.git");
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: url, encoding: "utf8" }).trim();
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", url]);
  return { url, git, commitOf: (name: string) => git("rev-parse", `${name}^{commit}`) };
}

function layOutVersion(version: string, change = ""): string {
  const folder = join(temporaryFolder(), "release");
  layOut(folder);
  const file = join(folder, "package.json");
  const content = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...content, version }));
  if (change !== "") writeFileSync(join(folder, "README.md"), change);
  return folder;
}

describe("a release", () => {
  it("is an Action by itself", async () => {
    const folder = join(temporaryFolder(), "release");
    layOut(folder);
    expect(existsSync(join(folder, readMetadata(folder).runs.main))).toBe(true);
    const { status, outputs } = await runStep({ workspace: market, action: folder });
    expect({ status, result: outputs.result }).toEqual({ status: 0, result: "verified" });
  });

  it("has a tag that stays, and one that goes along", () => {
    const { url, git, commitOf } = makeRemote();
    expect(push(layOutVersion("1.0.0"), url)).toBe("v1.0.0");
    const first = commitOf("v1.0.0");
    expect(push(layOutVersion("1.0.1", "new"), url)).toBe("v1.0.1");
    expect(push(layOutVersion("2.0.0", "newer"), url)).toBe("v2.0.0");
    expect(git("tag").split("\n")).toEqual(["v1", "v1.0.0", "v1.0.1", "v2", "v2.0.0"]);
    expect(commitOf("v1.0.0")).toBe(first);
    expect(commitOf("v1")).toBe(commitOf("v1.0.1"));
    expect(commitOf("v2")).toBe(commitOf("main"));
    expect(git("show", "main:README.md")).toBe("newer");
    expect(git("ls-tree", "--name-only", "main").split("\n")).toEqual(
      expect.arrayContaining(["action.yml", "dist", "LICENSE", "package.json"]),
    );
  });

  it("that is there already is not made again, and never with other files", () => {
    const { url, commitOf } = makeRemote();
    push(layOutVersion("1.0.0"), url);
    const first = commitOf("main");
    push(layOutVersion("1.0.0"), url);
    expect(commitOf("main")).toBe(first);
    expect(() => push(layOutVersion("1.0.0", "other"), url)).toThrow("a version never changes");
    expect([commitOf("main"), commitOf("v1")]).toEqual([first, first]);
  });
});
