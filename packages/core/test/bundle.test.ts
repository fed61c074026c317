/**
 * Small and pure: the core as a browser gets it, bundled and minified without the table of
 * `\N{...}` names, has a limit and runs where there is nothing but JavaScript itself.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { LOOKALIKES, SCRIPTS } from "../src/verify/confusables.generated.js";
import { EFFECTS } from "../src/verify/effect-table.js";

/** What it has now, and no more. The goal is 75,000 (docs/decisions/0015); verify is a third (0024), reports 19 kB (0025). */
const most = 276_000;
const source = join(dirname(fileURLToPath(import.meta.url)), "../src");

const program = `
def average(values):
    "The mean of values."
    total = sum(values)
    return total / len(values)  # never of nothing
`;
const normalForm = [
  "def _ouverture_v_0(_ouverture_v_1):",
  "    _ouverture_v_2 = sum(_ouverture_v_1)",
  "    return _ouverture_v_2 / len(_ouverture_v_1)",
].join("\n");

async function bundle(exported = "*"): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export ${exported} from "./index.js";`, resolveDir: source, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "ouverture",
    platform: "browser",
    target: "es2022",
    plugins: [
      {
        name: "without-character-names",
        setup({ onLoad }) {
          onLoad({ filter: /syntax[\\/]character-names\.ts$/ }, () => ({
            contents: "export function characterByName() { return undefined; }",
            loader: "ts",
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}

describe("the bundle for a browser", () => {
  let code = "";
  beforeAll(async () => {
    code = await bundle();
  });

  it(`is at most ${most} bytes`, () => {
    const bytes = Buffer.byteLength(code);
    expect(bytes, `${bytes} bytes minified, of ${most}`).toBeGreaterThan(10_000);
    expect(bytes, `${bytes} bytes minified, of ${most}`).toBeLessThanOrEqual(most);
  });

  it("has of `normalize` alone nothing of what checks others' names, sources and pools", async () => {
    const some = await bundle("{ normalize, hash }");
    for (const table of [LOOKALIKES, SCRIPTS, EFFECTS.process]) {
      const part = table.slice(100, 160);
      expect(code).toContain(part);
      expect(some).not.toContain(part);
    }
    expect(some.length).toBeLessThan(code.length / 1.5);
  });

  it("parses, normalizes, hashes and denormalizes with no globals but JavaScript's", () => {
    // An empty context has no process, Buffer, TextEncoder, setTimeout, crypto, URL ...; what it
    // has of console, clock, locale and chance is taken away.
    const context = vm.createContext({ program }, { codeGeneration: { strings: false } });
    const globals: unknown = vm.runInContext(
      `
      for (const name of ["console", "Date", "Intl", "WebAssembly"]) delete globalThis[name];
      delete Math.random;
      Object.getOwnPropertyNames(globalThis).join();
      `,
      context,
    );
    expect(globals).not.toMatch(
      /console|process|Buffer\b(?<!ArrayBuffer)|TextEncoder|set\w+|fetch/,
    );
    vm.runInContext(code, context);
    const json: unknown = vm.runInContext(
      `
      const { parse, unparse, normalize, hash, mappingHash, denormalize } = ouverture;
      const parsed = parse(program);
      const normal = normalize(program);
      const back = denormalize(normal.value.code, normal.value.mapping);
      JSON.stringify({
        unparsed: unparse(parsed.value),
        code: normal.value.code,
        agrees: hash(normal.value.code) === normal.value.hash,
        mapping: mappingHash(normal.value.mapping),
        back: back.value,
        refused: parse("def f(:").fault.code,
      });
      `,
      context,
    );
    expect(JSON.parse(String(json))).toEqual({
      unparsed:
        'def average(values):\n    """The mean of values."""\n    total = sum(values)\n    return total / len(values)',
      code: normalForm,
      agrees: true,
      mapping: expect.stringMatching(/^[0-9a-f]{64}$/),
      back: expect.stringContaining("def average(values):"),
      refused: "syntax-error",
    });
  });
});
