/** The object of a function that is stored for the first time (docs/pool.md, "Directory"). */
import type { NormalForm, StoredObject } from "@ouverture/core";
import type { Session } from "./session.js";

/** Makes it under the user's name, with the time of day. `tags` are words to find it by. */
export async function newObject(
  { code, hash, dependencies }: Pick<NormalForm, "code" | "hash" | "dependencies">,
  tags: readonly string[],
  session: Session,
): Promise<StoredObject> {
  const { user } = await session.configuration();
  return {
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata: {
      created: `${session.outside.now().toISOString().slice(0, 19)}Z`,
      author: user.username ?? "",
      tags: [...new Set(tags)],
      dependencies,
    },
  };
}
