/** What V8 says of a function of WebAssembly that is called very often. */
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { optimizedLate } from "../../src/process/optimized-late.js";

/**
 * `(module (func (export "f") (param i32) (result i32)
 *    (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 0)))`
 */
const MODULE = Buffer.from(
  "0061736d0100000001060160017f017f03020100070501016600000a120110000340200041" +
    "016b22000d000b20000b",
  "hex",
);

/** What is used of it, which the types of Node do not have. */
const WEB_ASSEMBLY: {
  instantiate(bytes: Uint8Array): Promise<{
    readonly instance: { readonly exports: { readonly f: (count: number) => number } };
  }>;
} = Reflect.get(globalThis, "WebAssembly");

let count = 0;

/** Each has a custom section of its own: what V8 knows of a module holds for all with its bytes. */
async function instantiate(): Promise<(count: number) => number> {
  count += 1;
  const section = Buffer.from([0, 2, 1, count]);
  const { instance } = await WEB_ASSEMBLY.instantiate(Buffer.concat([MODULE, section]));
  return instance.exports.f;
}

/** Called in so many rounds, with time for other threads to compile it. */
async function isOptimized(work: (count: number) => number, rounds: number): Promise<boolean> {
  setFlagsFromString("--allow-natives-syntax");
  const isBaseline = new Function("f", "return %IsLiftoffFunction(f)");
  for (let round = 0; round < rounds; round += 1) {
    for (let call = 0; call < 1000; call += 1) work(1000);
    if (!isBaseline(work)) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

const FEW = 40;
/** Until the threads of a busy machine come to it. */
const MANY = 5000;
const isKnown = process.versions.v8.startsWith("11.3.");

it.runIf(isKnown)("optimizes late what is loaded with it, and nothing else", async () => {
  expect(await isOptimized(await optimizedLate(instantiate), FEW)).toBe(false);
  expect(await isOptimized(await instantiate(), MANY)).toBe(true);
  await expect(optimizedLate(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
  expect(await isOptimized(await instantiate(), MANY)).toBe(true);
});

it("optimizes it all the same", async () => {
  expect(await isOptimized(await optimizedLate(instantiate), MANY)).toBe(true);
});
