import { defineConfig } from "tsup";

export default defineConfig({
  // The thread that checks functions is a module of its own (src/verify/check-ahead.ts).
  entry: { index: "src/index.ts", "check-thread": "src/verify/check-thread.ts" },
  format: "esm",
  target: "node20.19",
  // Types are built against what the other packages publish, not against their sources.
  dts: { entry: { index: "src/index.ts" }, compilerOptions: { customConditions: [] } },
  sourcemap: true,
  clean: true,
});
