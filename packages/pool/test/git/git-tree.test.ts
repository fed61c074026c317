/** How often git is waited for, to find something deep in a tree. */
import { describe, expect, it } from "vitest";
import { type GitObjects, openGitObjects } from "../../src/git/git-objects.js";
import { openGitTree } from "../../src/git/git-tree.js";
import { hasGit } from "../folder.js";
import { makeRepository } from "../verify/checked-repository.js";

/** Counts how often something is asked for while nothing else is waited for. */
function countTurns(objects: GitObjects) {
  let waiting = 0;
  let turns = 0;
  return {
    turns: () => turns,
    objects: {
      ...objects,
      async read(name: string, most: number) {
        if (waiting === 0) turns += 1;
        waiting += 1;
        try {
          return await objects.read(name, most);
        } finally {
          waiting -= 1;
        }
      },
    },
  };
}

describe.runIf(hasGit)("a tree of git", () => {
  it("is asked for with those above it in one turn", async () => {
    const one = makeRepository({ "a/b/c/d/e.txt": "x", "a/b/f": "y", "k/g h/i/j": "z" });
    one.commit();
    const { objects, turns } = countTurns(openGitObjects({ directory: one.root, environment: {} }));
    const tree = openGitTree(objects, "HEAD:./", "");
    expect(await tree.find("a/b/c/d/e.txt")).toMatchObject({ kind: "file" });
    expect(turns()).toBe(1);
    expect((await tree.list("a/b/c")).map(({ name }) => name)).toEqual(["d"]);
    expect(await tree.find("a/b/f/g")).toBe("blocked");
    expect(turns()).toBe(1);
    // A name that git may read as something else is looked for step by step.
    expect(await tree.find("k/g h/i/j")).toMatchObject({ kind: "file" });
    expect(turns()).toBe(3);
    expect(await tree.find("none/such/thing")).toBeUndefined();
    objects.close();
  });

  it("is without what is not there, whatever is asked for with it", async () => {
    const one = makeRepository({ "a/b": "x" });
    one.commit();
    const objects = openGitObjects({ directory: one.root, environment: {} });
    const tree = openGitTree(objects, "HEAD^{tree}", "");
    expect(await tree.find("a/c/d/e")).toBeUndefined();
    expect(await tree.find("a/b/d/e")).toBe("blocked");
    expect(await tree.list("b/c")).toEqual([]);
    objects.close();
  });
});
