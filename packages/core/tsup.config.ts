import { defineConfig } from "tsup";

/**
 * The table of `\N{...}` names is larger than all the rest. It stays a file of its own,
 * dist/character-names.js, so that a bundle for a browser can leave it out (README.md).
 */
const characterNames = {
  name: "character-names",
  setup(build: {
    onResolve: (
      options: { filter: RegExp },
      resolve: (args: { kind: string }) => { path: string; external: true } | undefined,
    ) => void;
  }): void {
    build.onResolve({ filter: /\/character-names\.js$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "./character-names.js", external: true },
    );
  },
};

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "character-names": "src/syntax/character-names.ts",
  },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  splitting: false,
  dts: { entry: "src/index.ts" },
  sourcemap: true,
  clean: true,
  esbuildPlugins: [characterNames],
});
