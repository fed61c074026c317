/** An index is made, or made again: a copy of the one that there is, or all of it. */
import { storeError } from "../directory/system-failure.js";
import { beginDatabase, type IndexDatabase, isDamage, type Workplace } from "./index-database.js";
import { type Doubt, planRefresh } from "./index-plan.js";
import { applyRefresh, type RefreshWatch } from "./index-refresh.js";
import { createTables, requireTables } from "./index-schema.js";

export interface IndexPlace {
  /** What people call the pool. */
  readonly name: string;
  /** The pool, without links. */
  readonly root: string;
  /** The file of its index. */
  readonly file: string;
}

/**
 * Makes an index and puts it in its place; `null` where it cannot be made in this
 * workplace. Throws a `StoreError` where the pool cannot be read, and the reason of
 * `signal` where it is aborted.
 */
export async function makeIndex(
  { name, root, file }: IndexPlace,
  watch: RefreshWatch,
  doubt: Doubt,
  workplace: Workplace,
  isCopy: boolean,
): Promise<IndexDatabase | null> {
  const database = await beginDatabase(file, workplace, isCopy);
  if (database === null) return null;
  try {
    if (isCopy) requireTables(database, root);
    else createTables(database, root);
    await applyRefresh(root, database, planRefresh(root, database, doubt), watch);
    database.publish();
    return database;
  } catch (error) {
    database.close();
    if (watch.signal?.aborted === true) throw error;
    if (isDamage(error)) return null;
    throw storeError(name, "read", error);
  }
}
