/**
 * `npm run generate`: writes dist/, which is checked in because a runner runs what is there. The
 * same sources and package-lock.json give the same bytes. With `--check` nothing is written, and
 * it fails where dist/ is not what would be.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, type RolldownOptions, rolldown } from "rolldown";
import { listLicences } from "../../../scripts/bundle/list-licences.js";

const home = fileURLToPath(new URL("..", import.meta.url));
const dist = join(home, "dist");

/** It says MIT and who wrote it, and has no file that says the rest: that is as in ours. */
const WITHOUT_FILE = {
  "@nodable/entities": readFileSync(join(home, "LICENSE"), "utf8").replace(
    /^Copyright.*$/m,
    "Copyright (c) Amit Gupta (https://solothought.com)",
  ),
};

/** The files of dist/ by name, as they are to be. */
export async function bundleAction(): Promise<ReadonlyMap<string, string>> {
  const action = await filesOf({
    input: { index: "src/index.ts" },
    treeshake: {
      moduleSideEffects: [{ test: /[\\/]node_modules[\\/]@actions[\\/]/, sideEffects: false }],
    },
    plugins: [noTokensOfClouds, listLicences("LICENSES.txt", "The Action", WITHOUT_FILE)],
  });
  // By itself: what it shared with the Action might be in index.js, which runs the Action.
  const thread = await filesOf({
    input: { "check-thread": "../pool/src/verify/check-thread.ts" },
  });
  return new Map([...action, ...thread].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function filesOf(options: RolldownOptions): Promise<[name: string, content: string][]> {
  const bundle = await rolldown({
    cwd: home,
    platform: "node",
    external: [/^node:/],
    resolve: { conditionNames: ["@ouverture/source", "import", "node", "default"] },
    ...options,
  });
  const { output } = await bundle.generate({
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
  });
  await bundle.close();
  return output.map((file) => [
    file.fileName,
    file.type === "chunk" ? file.code : Buffer.from(file.source).toString(),
  ]);
}

/** The files of dist/ as they are. */
export function readDist(): ReadonlyMap<string, string> {
  const names = readdirSync(dist).sort();
  return new Map(names.map((name) => [name, readFileSync(join(dist, name), "utf8")]));
}

/** What the toolkit has for signing in to clouds brings an HTTP client, which would start with us. */
const noTokensOfClouds: Plugin = {
  name: "no-tokens-of-clouds",
  load: {
    filter: { id: /[\\/]@actions[\\/]core[\\/]lib[\\/]oidc-utils\.js$/ },
    handler: () => "export const OidcClient = undefined;",
  },
};

function writeDist(files: ReadonlyMap<string, string>): void {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  for (const [name, content] of files) writeFileSync(join(dist, name), content);
}

function isCurrent(files: ReadonlyMap<string, string>): boolean {
  const present = readDist();
  return (
    present.size === files.size && [...files].every(([name, text]) => present.get(name) === text)
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await bundleAction();
  if (!process.argv.includes("--check")) writeDist(files);
  else if (!isCurrent(files)) {
    console.error("packages/action/dist is not current: run npm run generate.");
    process.exitCode = 1;
  }
}
