/**
 * How a command is bundled (decisions/0019): everything is in it, core and pool from their sources
 * (decisions/0007), and each command loads only its part, so that it starts fast. It is CommonJS,
 * which Node loads faster, and which nobody imports. Names stay, so that stack traces can be read.
 */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { OutputOptions, Plugin, RolldownOptions } from "rolldown";
import { listLicences } from "./list-licences.js";

export interface CommandBundleOptions {
  /** What holds the libraries, as the file of their licences calls it: `The ouverture command`. */
  readonly holder: string;
  /** Libraries that stay outside: they look for files beside themselves. */
  readonly external?: readonly string[];
  /** Modules that stand in for others: a library's ES modules for its UMD, which hides its parts. */
  readonly alias?: Readonly<Record<string, string>>;
  /** Libraries that are a function, by default export, and are loaded when that is called. */
  readonly lazy?: readonly string[];
  readonly plugins?: readonly Plugin[];
}

/**
 * Bundles `src/bin.ts` of the package that is built into `dist/bin.cjs` and what it loads; and
 * the thread that checks functions (pool's check-ahead.ts), which shares nothing with it: what it
 * would share may be in `bin.cjs`, and that runs the command.
 */
export function commandBundle(options: CommandBundleOptions): RolldownOptions[] {
  const { holder, external = [], alias = {}, lazy = [], plugins = [] } = options;
  const common: RolldownOptions = {
    platform: "node",
    external: [/^node:(?!(?:child_process|crypto)$)/, ...external, NAMES, ...lazy.map(chunkOf)],
    makeAbsoluteExternalsRelative: false,
    resolve: { alias, conditionNames: ["@ouverture/source", "import", "node", "default"] },
  };
  const output: OutputOptions = {
    dir: "dist",
    format: "cjs",
    // Code that V8 made earlier has no way to import (code-cache.ts).
    dynamicImportInCjs: false,
    entryFileNames: "[name].cjs",
    exports: "named",
    chunkFileNames: "[name]-[hash].cjs",
    minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
  };
  return [
    {
      ...common,
      input: {
        bin: "src/bin.ts",
        "character-names": "../core/src/syntax/character-names.ts",
        ...Object.fromEntries(lazy.map((name) => [name, name])),
      },
      plugins: [
        lazyCharacterNames,
        ...lazy.map(lazyLibrary),
        lazyCrypto,
        ...plugins,
        onlyAscii,
        listLicences("LICENSES.txt", holder),
        executable,
      ],
      output: { ...output, cleanDir: true },
    },
    {
      ...common,
      input: { "check-thread": "../pool/src/verify/check-thread.ts" },
      plugins: [lazyCharacterNames, lazyCrypto, onlyAscii],
      output,
    },
  ];
}

/** `\N{...}` in a string is rare, and the table of these names is as large as all the rest. */
const NAMES = "./character-names.cjs";

const lazyCharacterNames: Plugin = {
  name: "lazy-character-names",
  resolveId: {
    filter: { id: /[\\/]character-names\.js$/ },
    handler: () => ({ id: "\0lazy-character-names" }),
  },
  load: {
    filter: { id: /^\0lazy-character-names$/ },
    handler: () =>
      `export function characterByName(name) { return require("${NAMES}").characterByName(name); }`,
  },
};

function chunkOf(library: string): string {
  return `./${library}.cjs`;
}

function lazyLibrary(library: string): Plugin {
  const id = `\0lazy-${library}`;
  return {
    name: `lazy-${library}`,
    resolveId: {
      filter: { id: new RegExp(`^${library}$`) },
      // It is an entry, too: then nobody imports it.
      handler: (_, importer) => (importer === undefined ? null : { id }),
    },
    load: {
      filter: { id: new RegExp(`^${id}$`) },
      handler: () => `export default (...args) => require("${chunkOf(library)}").default(...args);`,
    },
  };
}

/** It takes as long to load as half of `get`, which needs nothing of it. */
const CRYPTO = "node:crypto";

const lazyCrypto: Plugin = {
  name: "lazy-crypto",
  resolveId: {
    filter: { id: new RegExp(`^${CRYPTO}$`) },
    // Libraries may use other parts of it; and it is what asks for the true one.
    handler: (id, importer) =>
      /[\\/]node_modules[\\/]|^\0/.test(importer ?? "")
        ? { id, external: true }
        : { id: "\0lazy-crypto" },
  },
  load: {
    filter: { id: /^\0lazy-crypto$/ },
    handler: () =>
      ["createHash", "randomBytes"]
        .map((name) => `export const ${name} = (one) => require("${CRYPTO}").${name}(one);`)
        .join("\n"),
  },
};

/** A file of ASCII alone is half as large in memory. */
const onlyAscii: Plugin = {
  name: "only-ascii",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk") file.code = file.code.replace(/[^\0-\x7f]/g, escapeUnit);
    }
  },
};

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const executable: Plugin = {
  name: "executable",
  writeBundle: ({ dir = "" }) => chmodSync(join(dir, "bin.cjs"), 0o755),
};
