/**
 * A run of a fifth of a second is over before what V8's optimizing compilers make is used; but
 * they take the processor from it and from git meanwhile (docs/decisions/0045).
 */
import { setFlagsFromString } from "node:v8";

/**
 * Does `work` without V8's optimizing compilers. Modules that are loaded meanwhile cannot come from
 * the cache of code, which V8 takes with the same flags only.
 */
export async function withoutOptimizing<T>(work: () => Promise<T>): Promise<T> {
  for (const compiler of COMPILERS) setFlagsFromString(`--no-${compiler}`);
  try {
    return await work();
  } finally {
    for (const compiler of COMPILERS) setFlagsFromString(`--${compiler}`);
  }
}

/** Node 20 has no second one that is used. */
const COMPILERS = process.versions.v8.startsWith("11.") ? ["opt"] : ["opt", "maglev"];
