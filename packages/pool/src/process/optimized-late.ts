/**
 * WebAssembly that works for a fifth of a second is done before what V8's optimizing compiler
 * makes of it is used; but the compiler holds it up meanwhile (docs/decisions/0045).
 */
import { setFlagsFromString } from "node:v8";

/**
 * Does `load`. The functions of a module that it instantiates are optimized as well, but only
 * after about a second of work in each. Modules that others instantiate meanwhile fare the same.
 */
export async function optimizedLate<T>(load: () => Promise<T>): Promise<T> {
  // What the budget is in other versions is not known here.
  if (!process.versions.v8.startsWith("11.3.")) return load();
  setBudget(1000 * BUDGET);
  try {
    return await load();
  } finally {
    setBudget(BUDGET);
  }
}

/** Of V8 11.3: about how many bytes a function runs through before it is optimized. */
const BUDGET = 1_800_000;

/** A module takes it when it is instantiated. */
function setBudget(bytes: number): void {
  setFlagsFromString(`--wasm-tiering-budget=${bytes}`);
}
