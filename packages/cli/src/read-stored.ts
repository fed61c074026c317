/** A function that a command cannot do without. */
import { type CheckedObject, faultMessage } from "@ouverture/core";
import { type FunctionSource, readFunction } from "@ouverture/pool";
import { fail } from "./failure.js";
import { shortHash } from "./output/hash.js";

/** Reads and checks the function under a full hash. Fails where there is none that is sound. */
export async function readStored(source: FunctionSource, hash: string): Promise<CheckedObject> {
  const found = await readFunction(source, hash);
  const name = `function ${shortHash(hash)}`;
  if (found === undefined) {
    fail(1, `No pool or registry has the ${name}.`, "'ouverture list' shows what the pools have.");
  }
  if (!found.ok) fail(1, `The ${name} cannot be used. ${faultMessage(found.fault)}`);
  return found.value;
}
