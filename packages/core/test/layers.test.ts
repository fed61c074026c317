/**
 * The arrows of ARCHITECTURE.md: which folder of the core may import which, and which package
 * which. Read off the import statements of the sources, types and dynamic imports included.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const packages = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** From what is imported to what imports: a folder may import those before it. */
const layers = ["syntax", "names", "canonical", "record", "verify", "report"];

/** What each package may import of the others, by name only. */
const packageArrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  pool: ["core"],
  cli: ["core", "pool"],
  action: ["core", "pool"],
  precommit: ["core", "pool"],
};

/** The core runs in any JavaScript: nothing of Node, and one dependency; `sarif` has types alone. */
const coreDependencies = ["@noble/hashes", "sarif"];

interface Source {
  /** The path inside packages/, with slashes: `core/src/names/scope.ts`. */
  readonly path: string;
  readonly text: string;
}

function readSources(): Source[] {
  return readdirSync(packages, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path) && !path.includes("node_modules"))
    .map((path) => ({ path, text: readFileSync(join(packages, path), "utf8") }));
}

/** Every import that goes against the arrows, one sentence each. */
function wrongArrows(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
      const reason = whyWrong(path, fileName);
      return reason === null ? [] : [`${path} imports ${fileName}: ${reason}`];
    }),
  );
}

function whyWrong(importer: string, specifier: string): string | null {
  const home = importer.slice(0, importer.indexOf("/"));
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(importer), specifier);
    if (target === `${home}/package.json` && home !== "core") return null;
    if (!target.startsWith(`${home}/src/`)) return "a path out of the package's sources";
    return home === "core" ? whyWrongInCore(importer, target) : null;
  }
  const other = /^@ouverture\/([^/]+)(\/.*)?$/.exec(specifier);
  if (other?.[1] !== undefined) {
    if (other[2] !== undefined) return "only what a package exports is public";
    return packageArrows[home]?.includes(other[1]) ? null : `${home} stands before ${other[1]}`;
  }
  if (home !== "core") return null;
  const known = coreDependencies.some((name) => `${specifier}/`.startsWith(`${name}/`));
  return known ? null : `the core is pure, and knows these alone: ${coreDependencies.join(", ")}`;
}

function whyWrongInCore(importer: string, target: string): string | null {
  const [from, to] = [importer, target].map((path) => path.split("/").slice(2, -1)[0]);
  if (target === "core/src/index.js") return "index.ts is for those outside";
  if (to === undefined || importer === "core/src/index.ts") return null;
  if (!layers.includes(to)) return `${to} is no layer`;
  if (from === undefined) return "a file of no layer is below all of them";
  return layers.indexOf(to) <= layers.indexOf(from) ? null : `${from} stands before ${to}`;
}

describe("the arrows of the architecture", () => {
  const sources = readSources();

  it("never turn round", () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(wrongArrows(sources)).toEqual([]);
  });

  it("leave every folder of the core in a layer", () => {
    const folders = sources.flatMap(({ path }) => /^core\/src\/([^/]+)\//.exec(path)?.[1] ?? []);
    expect(layers).toEqual(expect.arrayContaining([...new Set(folders)]));
  });

  it.each([
    ["core/src/syntax/ast.ts", 'import { Scope } from "../names/scope.js";'],
    ["core/src/names/scope.ts", 'import type { Unit } from "../canonical/unit.js";'],
    ["core/src/verify/verify.ts", 'export { message } from "../report/message.js";'],
    ["core/src/result.ts", 'import { x } from "./syntax/ast.js";'],
    ["core/src/names/scope.ts", 'import { parse } from "../index.js";'],
    ["core/src/canonical/hash.ts", 'import { createHash } from "node:crypto";'],
    ["core/src/canonical/hash.ts", 'import { x } from "@ouverture/pool";'],
    ["core/src/canonical/hash.ts", 'const x = await import("fs");'],
    ["pool/src/config.ts", 'import { run } from "@ouverture/cli";'],
    ["pool/src/config.ts", 'import { x } from "../../core/src/index.js";'],
    ["cli/src/run.ts", 'import { x } from "@ouverture/precommit";'],
    ["cli/src/run.ts", 'import { x } from "@ouverture/core/dist/index.js";'],
  ])("are seen to turn round in %s: %s", (path, text) => {
    expect(wrongArrows([{ path, text }])).toHaveLength(1);
  });

  it.each([
    ["core/src/report/message.ts", 'import { verify } from "../verify/verify.js";'],
    ["core/src/syntax/literal.ts", 'import { ok } from "../result.js";'],
    ["core/src/index.ts", 'export { verify } from "./verify/verify.js";'],
    ["core/src/canonical/hash.ts", 'import { sha256 } from "@noble/hashes/sha2.js";'],
    ["cli/src/run.ts", 'import { x } from "@ouverture/pool";'],
  ])("let %s: %s", (path, text) => {
    expect(wrongArrows([{ path, text }])).toEqual([]);
  });
});
