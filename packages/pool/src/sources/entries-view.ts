/**
 * The view of an index or of a commit: entries that git has listed, and blobs from one
 * `git cat-file --batch`, which are what was committed, whatever line ends a checkout gives.
 */
import type { GitEntry } from "../git/git-entries.js";
import { type GitObjects, openGitObjects } from "../git/git-objects.js";
import type { GitRepository } from "../git/git-repository.js";
import { openEntriesPool } from "./entries-pool.js";
import { readBlob } from "./read-blob.js";
import { byPath, type Content, type RepositoryView, type ViewFile } from "./repository-view.js";

/** How many blobs are asked for ahead: so many that git has the next when these are searched. */
const AHEAD = 128;
/** As Linux has it (path_resolution(7)). */
const MOST_LINKS = 40;
/** The longest that a path may be: what is in a link is one. */
const MOST_LINK_BYTES = 4096;

/**
 * @param label says what the view is, after a path.
 * @param load lists the entries, once.
 * @param objects of the repository; they are closed with the view.
 */
export function openEntriesView(
  repository: GitRepository,
  label: string,
  load: () => Promise<readonly GitEntry[]>,
  objects: GitObjects = openGitObjects(repository.place),
): RepositoryView {
  let loading: Promise<Loaded> | undefined;

  function entries(): Promise<Loaded> {
    loading ??= load().then((listed) => {
      // What both sides of a conflict come from is in neither.
      const sorted = listed.filter(({ stage }) => stage !== 1).sort(byPath);
      const known = new Map<string, GitEntry>();
      for (const entry of sorted) if (!known.has(entry.path)) known.set(entry.path, entry);
      return { sorted, known };
    });
    return loading;
  }

  async function readEntry(entry: GitEntry, most: number): Promise<Content> {
    switch (entry.kind) {
      case "repository":
        return { why: "nested-repository" };
      case "file":
        return readBlob(objects, entry.id, most);
      case "link": {
        const target = await followLink(objects, await entries(), entry);
        if (target === null) return { why: "link" };
        return target === "folder" ? { why: "absent" } : readBlob(objects, target.id, most);
      }
    }
  }

  /** What somebody else listed is not here. */
  async function readFile(file: ViewFile, most: number): Promise<Content> {
    return "id" in file ? readEntry(file as GitEntry, most) : { why: "absent" };
  }

  async function* readAll(files: Iterable<ViewFile>, most: number) {
    const underway: { file: ViewFile; content: Promise<Content> }[] = [];
    for (const file of files) {
      const content = readFile(file, most);
      // It is waited for in its turn, if at all.
      content.catch(() => {});
      underway.push({ file, content });
      const first = underway.length > AHEAD ? underway.shift() : undefined;
      if (first !== undefined) yield [first.file, await first.content] as const;
    }
    for (const { file, content } of underway) yield [file, await content] as const;
  }

  return {
    label,
    list: async () => (await entries()).sorted,
    find: async (paths) => {
      const { known } = await entries();
      return paths.flatMap((path) => known.get(path) ?? []);
    },
    readAll,
    read: async (path, most) => {
      const entry = (await entries()).known.get(path);
      if (entry === undefined) return { why: "absent" };
      return entry.kind === "file" ? readBlob(objects, entry.id, most) : { why: "not-a-file" };
    },
    openPool: async (folder) => openEntriesPool(objects, (await entries()).sorted, folder),
    close: async () => objects.close(),
  };
}

interface Loaded {
  readonly sorted: readonly GitEntry[];
  /** By path; of two the first. */
  readonly known: ReadonlyMap<string, GitEntry>;
}

/** The file that a link leads to within the entries, or that it is a folder; `null` for neither. */
async function followLink(
  objects: GitObjects,
  { sorted, known }: Loaded,
  link: GitEntry,
): Promise<GitEntry | "folder" | null> {
  let left = MOST_LINKS;
  const done: string[] = link.path.split("/").slice(0, -1);
  let todo = await targetOf(objects, link);
  while (todo !== null) {
    const [name, ...rest] = todo;
    if (name === undefined) {
      const below = `${done.join("/")}/`;
      const isFolder = sorted.some(({ path }) => path.startsWith(below));
      return isFolder ? "folder" : null;
    }
    todo = rest;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      if (done.pop() === undefined) return null;
      continue;
    }
    done.push(name);
    const entry = known.get(done.join("/"));
    if (entry === undefined) continue;
    if (entry.kind === "file") return rest.length === 0 ? entry : null;
    left -= 1;
    if (entry.kind === "repository" || left <= 0) return null;
    done.pop();
    const target = await targetOf(objects, entry);
    todo = target === null ? null : [...target, ...rest];
  }
  return null;
}

/** The names in a link; `null` where it leads out, as one that begins with `/` does. */
async function targetOf(objects: GitObjects, { id }: GitEntry): Promise<string[] | null> {
  const content = await readBlob(objects, id, MOST_LINK_BYTES);
  if (!Buffer.isBuffer(content)) return null;
  const target = content.toString("utf8");
  return target.startsWith("/") || target === "" ? null : target.split("/");
}
