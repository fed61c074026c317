/** The content of a blob of git, or why there is none. */
import { escapeText } from "@ouverture/core";
import { DamagedCopy } from "../git/git-cache.js";
import type { GitObjects } from "../git/git-objects.js";
import { StoreError } from "../store.js";
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

/** As `readBlob`, for a pool: throws a `StoreError`. */
export async function readPoolBlob(
  objects: GitObjects,
  id: string,
  most: number,
  store: string,
): Promise<Buffer | "too-large"> {
  const content = await readBlob(objects, id, most);
  if (Buffer.isBuffer(content)) return content;
  if (content.why === "too-large") return "too-large";
  const why = content.why === "failed" ? content.error : content.why;
  throw new StoreError(
    store,
    `Cannot read ${store}: ${escapeText(why)}. Run git fsck, and fetch what is missing.`,
  );
}
