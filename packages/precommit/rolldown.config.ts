/** Bundles the command: it needs no other package, so that a hook is installed without a network. */
import { defineConfig } from "rolldown";
import { commandBundle } from "../../scripts/bundle/command-bundle.js";

export default defineConfig(
  commandBundle({
    holder: "The ouverture-precommit command",
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  }),
);
