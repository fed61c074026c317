/** Bundles the command. SQLite looks for its .wasm file beside itself, and so stays outside. */
import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";
import { commandBundle } from "../../scripts/bundle/command-bundle.js";

/** commander loads it for commands that are programs of their own, which we have none of. */
const PROGRAMS = "node:child_process";

const noPrograms: Plugin = {
  name: "no-programs",
  resolveId: {
    filter: { id: new RegExp(`^${PROGRAMS}$`) },
    handler: (id, importer) =>
      /[\\/]commander[\\/]/.test(importer ?? "") ? { id: "\0no-programs" } : { id, external: true },
  },
  load: { filter: { id: /^\0no-programs$/ }, handler: () => "module.exports = {};" },
};

/** The Python that `run` and `check` start, so that nothing else has to be installed. */
const pythonPackage: Plugin = {
  name: "python-package",
  writeBundle({ dir = "" }) {
    cpSync("../python/src/ouverture", join(dir, "python", "ouverture"), {
      recursive: true,
      filter: (path) => basename(path) !== "__pycache__",
    });
  },
};

export default defineConfig(
  commandBundle({
    holder: "The ouverture command",
    external: ["node-sqlite3-wasm"],
    lazy: ["string-width"],
    plugins: [noPrograms, pythonPackage],
  }),
);
