/** What V8 says of a function that is called very often. */
import { setFlagsFromString } from "node:v8";
import { expect, it } from "vitest";
import { withoutOptimizing } from "../../src/process/without-optimizing.js";

/** Of `%GetOptimizationStatus`: the function is in code of an optimizing compiler. */
const OPTIMIZED = (1 << 4) | (1 << 5) | (1 << 6);

/** A new function, called in so many rounds, with time for other threads to compile it. */
async function isOptimized(rounds: number): Promise<boolean> {
  setFlagsFromString("--allow-natives-syntax");
  const statusOf = new Function("f", "return %GetOptimizationStatus(f)");
  const work = new Function(
    "n",
    "let sum = 0; for (let i = 0; i < n; i += 1) sum += i % 7; return sum",
  );
  for (let round = 0; round < rounds; round += 1) {
    for (let call = 0; call < 2000; call += 1) work(200);
    if ((statusOf(work) & OPTIMIZED) !== 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

const FEW = 40;
/** Until the threads of a busy machine come to it. */
const MANY = 5000;

it("is off as long as the work goes on, and on again behind it", async () => {
  expect(await withoutOptimizing(() => isOptimized(FEW))).toBe(false);
  expect(await isOptimized(MANY)).toBe(true);
  await expect(withoutOptimizing(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
  expect(await isOptimized(MANY)).toBe(true);
});
