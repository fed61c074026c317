/**
 * The examples in the READMEs are true: each `ts` block runs, and prints what the comment behind
 * each `console.log` says.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const examples = ["README.md", "packages/core/README.md"].flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => ({
    file,
    code: code ?? "",
  })),
);

async function run(code: string): Promise<string[]> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: "ts", resolveDir: join(root, "packages/core") },
    bundle: true,
    write: false,
    format: "iife",
    conditions: ["@ouverture/source"],
  });
  const lines: string[] = [];
  const log = (...values: unknown[]): number => lines.push(values.join(" "));
  vm.runInNewContext(outputFiles[0]?.text ?? "", { console: { log }, Error });
  return lines;
}

it("has examples", () => {
  expect(examples.length).toBeGreaterThanOrEqual(2);
});

it.each(examples)("runs the example of $file", async ({ code }) => {
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  expect(promised.length).toBeGreaterThan(0);
  expect(await run(code)).toEqual(promised);
});
