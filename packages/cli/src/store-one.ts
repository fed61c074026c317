/** A function that a command made, into the pool that commands write to. */
import { faultMessage } from "@ouverture/core";
import type { LanguageMapping } from "@ouverture/pool";
import { bringDependencies } from "./bring-dependencies.js";
import { fail } from "./failure.js";
import type { Session } from "./session.js";
import { timestamp } from "./timestamp.js";

/** What is stored of a function besides its names. */
export interface MadeFunction {
  readonly code: string;
  readonly hash: string;
  readonly dependencies: readonly string[];
  readonly tags: readonly string[];
}

/** Stores it under the user's name. Gives the pool, and whether anything was new there. */
export async function storeOne(
  { code, hash, dependencies, tags }: MadeFunction,
  mappings: readonly LanguageMapping[],
  { user }: { readonly user: true | undefined },
  session: Session,
): Promise<{ readonly pool: string; readonly isNew: boolean }> {
  const pool = await session.currentPool({ user });
  const settings = (await session.configuration()).user;
  const metadata = {
    created: timestamp(session),
    author: settings.username ?? "",
    tags,
    dependencies,
  };
  const object = {
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata,
  } as const;
  await bringDependencies(pool, dependencies, session);
  let isNew = false;
  for await (const answer of pool.add([{ object, mappings }])) {
    if ("fault" in answer) fail(1, `It is not stored. ${faultMessage(answer.fault)}`);
    isNew = answer.written.length > 0;
  }
  return { pool: pool.directory, isNew };
}
