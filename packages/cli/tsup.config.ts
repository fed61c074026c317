import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/bin.ts"],
  format: "esm",
  target: "node20.19",
  sourcemap: true,
  clean: true,
});
