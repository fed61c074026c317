/** dist/, which is checked in: current, small, the same wherever it is made, and light to start. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import ownPackage from "../package.json" with { type: "json" };
import { bundleAction, readDist } from "../scripts/bundle.js";
import { market } from "./repositories.js";
import { isolated, temporaryFolder } from "./runner.js";

const dist = fileURLToPath(new URL("../dist", import.meta.url));

/** What is in no source of ours, and in each of these libraries. */
const MARKS = {
  undici: "UNDICI_NO_WASM_SIMD",
  yaml: "YAMLParseError",
  valibot: "strict_object",
  toml: "TomlError",
  cache: "GetCacheEntryDownloadURL",
  azure: "azsdk-js-azure-storage-blob",
} as const;

describe("dist/", () => {
  let made: ReadonlyMap<string, string>;
  beforeAll(async () => {
    made = await bundleAction();
  });

  it("is what its sources make: else run npm run generate", () => {
    const present = readDist();
    expect([...present.keys()]).toEqual([...made.keys()].sort());
    for (const [name, text] of made)
      expect({ name, same: present.get(name) === text }).toEqual({ name, same: true });
  });

  it("is the same bytes when it is made again", async () => {
    expect(await bundleAction()).toEqual(made);
  });

  it("has nothing of where it was made", () => {
    const root = fileURLToPath(new URL("../../..", import.meta.url));
    for (const [, text] of made) expect(text).not.toContain(root);
  });

  it("is small: all of it, and what is loaded at the start", () => {
    const size = (files: Iterable<string>) =>
      [...files].reduce((sum, text) => sum + text.length, 0);
    const scripts = [...made].filter(([name]) => name.endsWith(".js"));
    expect(size(scripts.map(([, text]) => text))).toBeLessThan(MOST_BYTES);
    expect(size(loadedBy(market).map((name) => made.get(name) ?? ""))).toBeLessThan(
      MOST_BYTES_LOADED,
    );
  });

  it("loads no library that a run does not need", () => {
    const loaded = loadedBy(market);
    expect(loaded).toContain("index.js");
    for (const [library, mark] of Object.entries(MARKS)) {
      const holders = [...made].filter(([, text]) => text.includes(mark)).map(([name]) => name);
      expect({ library, isHeld: holders.length > 0 }).toEqual({ library, isHeld: true });
      const isLoaded = holders.some((name) => loaded.includes(name));
      expect({ library, isLoaded }).toEqual({ library, isLoaded: false });
    }
  });

  it("holds the licence of each library in it", () => {
    const licences = readFileSync(join(dist, "LICENSES.txt"), "utf8");
    const others = [
      "@noble/hashes",
      "undici",
      "yaml",
      "valibot",
      "smol-toml",
      "@azure/storage-blob",
    ];
    for (const name of ["@actions/core", "@actions/cache", ...others]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    expect(Object.keys(ownPackage.devDependencies)).toContain("@actions/cache");
  });
});

/**
 * In bytes, minified without shortened names, so that stack traces can be read. A fifteenth of it
 * is the thread that checks functions, which shares nothing with the rest.
 */
const MOST_BYTES = 3_850_000;
const MOST_BYTES_LOADED = 950_000;

/** The files of the bundle that a run loads: a hook of Node's loader tells of each. */
function loadedBy(workspace: string): string[] {
  const folder = temporaryFolder();
  const list = join(folder, "list");
  const hooks = join(folder, "hooks.mjs");
  writeFileSync(
    hooks,
    `import { appendFileSync } from "node:fs";
     export async function load(url, context, next) {
       appendFileSync(${JSON.stringify(list)}, url + "\\n");
       return next(url, context);
     }`,
  );
  const register = join(folder, "register.mjs");
  writeFileSync(
    register,
    `import { register } from "node:module"; register(${JSON.stringify(pathToFileURL(hooks).href)});`,
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--import", pathToFileURL(register).href, join(dist, "index.js")],
    {
      cwd: workspace,
      encoding: "utf8",
      env: {
        ...isolated(folder),
        GITHUB_EVENT_NAME: "schedule",
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: folder,
      },
    },
  );
  expect({ status, stdout }).toMatchObject({ status: 0 });
  const start = pathToFileURL(dist).href;
  return readFileSync(list, "utf8")
    .split("\n")
    .filter((url) => url.startsWith(start))
    .map((url) => url.slice(start.length + 1));
}
