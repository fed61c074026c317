/** The pool in a folder of an index or of a commit: what is not in it does not count. */
import type { GitEntry } from "../git/git-entries.js";
import type { GitObjects } from "../git/git-objects.js";
import type { GitTree, TreeEntry } from "../git/git-tree.js";
import type { FunctionSource } from "../store.js";
import { isWithin } from "./repository-view.js";
import { openTreePool } from "./tree-pool.js";

/**
 * Opens the pool in `folder`; `null` where there is nothing there.
 * @param entries sorted by path.
 */
export function openEntriesPool(
  objects: GitObjects,
  entries: readonly GitEntry[],
  folder: string,
): FunctionSource | null {
  const own = entries.filter(({ path }) => isWithin(path, folder));
  if (own.length === 0) return null;
  return openTreePool(openEntriesTree(objects, own, folder));
}

/** The tree below `folder`, looked up in the sorted list of its files. */
function openEntriesTree(
  objects: GitObjects,
  entries: readonly GitEntry[],
  folder: string,
): GitTree {
  const paths = entries.map(({ path }) => path);

  function find(path: string): TreeEntry | "blocked" | undefined {
    const full = path === "" ? folder : `${folder}/${path}`;
    const entry = entries[firstFrom(paths, full)];
    if (entry?.path === full) return treeEntry(entry, nameOf(full));
    if (paths[firstFrom(paths, `${full}/`)]?.startsWith(`${full}/`)) {
      return { kind: "folder", name: nameOf(full), id: "" };
    }
    for (let at = full.lastIndexOf("/"); at >= folder.length; at = full.lastIndexOf("/", at - 1)) {
      const ancestor = full.slice(0, at);
      if (paths[firstFrom(paths, ancestor)] === ancestor) return "blocked";
    }
    return undefined;
  }

  function list(path: string): TreeEntry[] {
    const below = path === "" ? `${folder}/` : `${folder}/${path}/`;
    const found: TreeEntry[] = [];
    for (let index = firstFrom(paths, below); index < entries.length; ) {
      const entry = entries[index];
      if (entry === undefined || !entry.path.startsWith(below)) break;
      const [name = "", inner] = entry.path.slice(below.length).split("/", 2);
      if (inner === undefined) {
        found.push(treeEntry(entry, name));
        index += 1;
      } else {
        found.push({ kind: "folder", name, id: "" });
        // The character after "/": behind all that is in that folder.
        index = firstFrom(paths, `${below}${name}0`);
      }
    }
    return found;
  }

  return {
    find: async (path) => find(path),
    list: async (path) => list(path),
    read: async (file, most) => {
      const blob = await objects.read(file.id, most);
      return blob === "too-large" ? blob : blob.bytes;
    },
  };
}

function treeEntry({ kind, id }: GitEntry, name: string): TreeEntry {
  return { kind: kind === "file" ? "file" : "other", name, id };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The first index at which a sorted list has `text`, or what comes after it. */
function firstFrom(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
