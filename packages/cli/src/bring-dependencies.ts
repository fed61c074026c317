/** What a stored function imports belongs beside it: a pool is checked without any other. */
import { pullClosure } from "@ouverture/pool";
import { counted } from "./output/count.js";
import type { CurrentPool, Session } from "./session.js";

/** Copies functions, with all that they import, into the pool where it does not have them. */
export async function bringDependencies(
  pool: CurrentPool,
  hashes: readonly string[],
  session: Session,
): Promise<void> {
  if (hashes.length === 0) return;
  let brought = 0;
  const source = await session.openSource({ allMappings: true, isPassing: true });
  for await (const one of pullClosure(source, pool, hashes)) {
    if (one.outcome === "added") brought += 1;
    if (one.outcome === "refused") session.note(one.message);
  }
  if (brought === 0) return;
  const what = counted(
    brought,
    "function that is imported was",
    "functions that are imported were",
  );
  session.note(`${what} copied to ${pool.name}.`);
}
