/** objects/index.json of a tree to which functions are added (docs/pool.md, "Directory"). */
import { foldersOf, type GitPool, OBJECTS, REST } from "./git-pool.js";
import type { GitTree } from "./git-tree.js";

/** Where the list of all functions is. */
export const LISTING = "objects/index.json";

/**
 * The functions of a tree and those that are added, sorted. The list that is in the tree
 * spares to look for each object; what it does not have is looked for, and what it has
 * too much is left out.
 */
export async function listWith(
  tree: GitTree,
  pool: GitPool,
  added: Iterable<string>,
): Promise<string[]> {
  const listed = await readListing(tree);
  const functions = new Set(added);
  for (const start of await pool.listStarts()) {
    const rests = foldersOf(await tree.list(`${OBJECTS}/${start}`), REST);
    const isListed = rests.every((rest) => listed.has(start + rest));
    const there = isListed ? rests.map((rest) => start + rest) : await pool.listFunctions(start);
    for (const hash of there) functions.add(hash);
  }
  return [...functions].sort();
}

/** Some 67 bytes for each function. */
const MOST_LISTING_BYTES = 256 << 20;

/** What is no such list has nothing. */
async function readListing(tree: GitTree): Promise<ReadonlySet<unknown>> {
  const entry = await tree.find(LISTING);
  if (entry === undefined || entry === "blocked" || entry.kind !== "file") return new Set();
  const bytes = await tree.read(entry, MOST_LISTING_BYTES);
  if (bytes === "too-large") return new Set();
  try {
    const { functions }: { functions?: unknown } = JSON.parse(Buffer.from(bytes).toString());
    return new Set(Array.isArray(functions) ? functions : []);
  } catch {
    return new Set();
  }
}
