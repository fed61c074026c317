/**
 * The index of a pool, up to date. It is derived data in the cache: where it is missing,
 * of another version, broken, or cannot be written, it is made again, beside its place, in
 * the folder for temporary files or in memory. Only a pool that cannot be read is a failure.
 */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { storeError } from "../directory/system-failure.js";
import { type IndexDatabase, isDamage, openDatabase, WORKPLACES } from "./index-database.js";
import type { IndexPlace } from "./index-make.js";
import { type Doubt, hasNews, planRefresh } from "./index-plan.js";
import type { RefreshWatch } from "./index-refresh.js";
import { requireTables } from "./index-schema.js";

/** Where the index of a pool is in the cache. */
export function indexPlace(
  pool: { readonly name: string; readonly directory: string },
  cache: string,
): IndexPlace {
  const root = trueRoot(pool.directory);
  const name = createHash("sha256").update(root).digest("hex");
  return { name: pool.name, root, file: join(resolve(cache), "index", `${name}.sqlite`) };
}

/** A pool that is not there has no true path yet. */
function trueRoot(directory: string): string {
  try {
    return realpathSync(directory);
  } catch {
    return resolve(directory);
  }
}

/**
 * Opens the index, and reads what is new in the pool. With `isAnew` what there is of it
 * is not believed. Throws a `StoreError` where the pool cannot be read.
 */
export async function openIndex(
  place: IndexPlace,
  watch: RefreshWatch,
  doubt: Doubt,
  isAnew = false,
): Promise<IndexDatabase> {
  const known = isAnew ? null : await openKnown(place);
  if (known !== null) {
    try {
      if (!hasNews(place.root, known, planRefresh(place.root, known, doubt))) return known;
    } catch (error) {
      known.close();
      if (!isDamage(error)) throw storeError(place.name, "read", error);
      return openIndex(place, watch, doubt, true);
    }
    known.close();
  }
  // What writes an index is large, and most often there is nothing to write.
  const { makeIndex } = await import("./index-make.js");
  for (const workplace of WORKPLACES) {
    const isCopy = known !== null && workplace !== "memory";
    const made = await makeIndex(place, watch, doubt, workplace, isCopy);
    if (made !== null) return made;
    // A copy may fail for what it is a copy of.
    const remade = isCopy ? await makeIndex(place, watch, doubt, workplace, false) : null;
    if (remade !== null) return remade;
  }
  throw new Error(`No index of ${place.name} could be made, on disk or in memory.`);
}

/** `null` where there is none to be used. */
async function openKnown({ root, file }: IndexPlace): Promise<IndexDatabase | null> {
  let database: IndexDatabase | null = null;
  try {
    database = await openDatabase(file);
    requireTables(database, root);
    return database;
  } catch {
    database?.close();
    return null;
  }
}
