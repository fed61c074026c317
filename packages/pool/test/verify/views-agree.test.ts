/** Laws: the three views of what is committed agree, and what has changed is what differs. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SourceFile } from "@ouverture/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openGitRepository } from "../../src/git/git-repository.js";
import { openCommitView, openIndexView } from "../../src/sources/git-views.js";
import type { RepositoryView } from "../../src/sources/repository-view.js";
import { readSources } from "../../src/sources/source-files.js";
import { openWorkingTree } from "../../src/sources/working-tree.js";
import { hasGit } from "../folder.js";
import { mean } from "../store-suite-records.js";
import { importOf, makeRepository, poolFiles } from "./checked-repository.js";

/** Names with what git quotes, what turns text round, and what patterns mean. */
const name = fc.oneof(
  fc.constantFrom("a", "b", "deep", "-x", " ", "é", "日本", '"', "'", "\\", "*", "[a]", "%41"),
  fc.constantFrom("\n", "\t", "\u001b[31m", "\u202e", "#", "!", "~", "{a,b}", "𝒙"),
);
const path = fc
  .tuple(fc.array(name, { maxLength: 2 }), name, fc.constantFrom(".py", ".pyi", ".txt", ".ipynb"))
  .map(([folders, last, ending]) => [...folders.map((one) => `${one}.d`), last + ending].join("/"));
const content = fc.oneof(
  fc.constant(importOf(mean.object.hash)),
  fc.constant("x = 1\r\n"),
  fc.constant(""),
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => `# ouverture ${text}\n`),
  fc.uint8Array({ maxLength: 20 }),
);
const tree = fc.dictionary(path, content, { maxKeys: 6, noNullPrototype: true });
const link = fc.tuple(path, fc.oneof(path, fc.constantFrom("..", "/etc/passwd", "nowhere")));

async function sourcesOf(view: RepositoryView): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  for await (const source of readSources(view)) sources.push(source);
  await view.close();
  return sources;
}

describe.runIf(hasGit && process.platform !== "win32")("views", () => {
  it("agree about what is committed", async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.array(link, { maxLength: 3 }), async (files, links) => {
        const one = makeRepository(files);
        for (const [at, target] of links) {
          try {
            mkdirSync(dirname(join(one.root, at)), { recursive: true });
            symlinkSync(target, join(one.root, at));
          } catch {
            // Something stands there already.
          }
        }
        const commit = one.commit();
        const repository = await openGitRepository(one.root);
        if (repository === null) throw new Error("there is no git");
        const expected = await sourcesOf(openWorkingTree(one.root, repository));
        expect(await sourcesOf(openIndexView(repository))).toEqual(expected);
        expect(await sourcesOf(openCommitView(repository, commit))).toEqual(expected);
        rmSync(one.root, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });

  it("differ in the files whose bytes differ", async () => {
    const sources = fc.dictionary(
      fc.constantFrom("a.py", "b.py", "c/d.py", "c/e.pyi", "é.py"),
      fc.integer({ min: 0, max: 2 }).map((n) => `${importOf(mean.object.hash)}x = ${n}\n`),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(sources, sources, async (before, after) => {
        const one = makeRepository({ ...poolFiles(mean), ...before });
        const base = one.commit();
        for (const at of Object.keys(before)) rmSync(join(one.root, at));
        one.write(after);
        const expected = Object.keys(after).filter((at) => before[at] !== after[at]);
        const paths = async (options: object) => {
          const { imports } = await one.check(options);
          return imports.map(({ location }) => location.path).sort();
        };
        expect(await paths({ changed: { base } })).toEqual(expected.sort());
        one.git("add", "-A");
        expect(await paths({ content: "index", changed: {} })).toEqual(expected);
        const head = one.commit();
        one.commit();
        expect(await paths({ changed: { base, head } })).toEqual(expected);
        rmSync(one.root, { recursive: true });
      }),
      { numRuns: 10 },
    );
  });
});
