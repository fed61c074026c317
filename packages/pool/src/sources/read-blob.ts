/** The content of a blob of git, or why there is none. */
import { DamagedCopy } from "../git/git-cache.js";
import type { GitObjects } from "../git/git-objects.js";
import type { Content } from "./repository-view.js";

/** Reads a blob, or says why that cannot be done. */
export async function readBlob(objects: GitObjects, id: string, most: number): Promise<Content> {
  try {
    const blob = await objects.read(id, most);
    return blob === "too-large" ? { why: "too-large" } : blob.bytes;
  } catch (error) {
    if (!(error instanceof DamagedCopy)) throw error;
    return { why: "failed", error: `git has no object ${id} (${error.message.trim()})` };
  }
}
