/** A function with its names, into the pool that commands write to. */
import { faultMessage } from "@ouverture/core";
import type { FunctionRecord } from "@ouverture/pool";
import { bringDependencies } from "./bring-dependencies.js";
import { fail } from "./failure.js";
import type { Session } from "./session.js";

/**
 * Stores it, after what it imports.
 * @param dependencies the hashes of what its code imports.
 * @returns the directory of the pool, and whether anything was new there.
 */
export async function storeFunction(
  record: FunctionRecord,
  dependencies: readonly string[],
  { user }: { readonly user?: true | undefined },
  session: Session,
): Promise<{ readonly pool: string; readonly isNew: boolean }> {
  const pool = await session.currentPool({ user });
  await bringDependencies(pool, dependencies, session);
  let isNew = false;
  for await (const answer of pool.add([record])) {
    if ("fault" in answer) fail(1, `It is not stored. ${faultMessage(answer.fault)}`);
    isNew = answer.written.length > 0;
  }
  return { pool: pool.directory, isNew };
}
