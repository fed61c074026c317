/** What a function is called, for its reader. */
import type { StoredObject } from "@ouverture/core";
import { chooseMapping, type FunctionSource, listLanguages } from "@ouverture/pool";

export interface FunctionName {
  /** In the best of the reader's languages; `null` where it has no sound mapping. */
  readonly name: string | null;
  readonly language: string | null;
  /** All languages that it has, sorted. */
  readonly languages: readonly string[];
}

/** Finds the name of a function that was checked, in the first of `preferred` that it has, or any. */
export async function nameOf(
  source: FunctionSource,
  object: StoredObject,
  preferred: readonly string[],
): Promise<FunctionName> {
  const languages = await listLanguages(source, object.hash);
  const { chosen } = await chooseMapping(source, object, [...preferred, ...languages]);
  return {
    name: chosen?.mapping.name_mapping._ouverture_v_0 ?? null,
    language: chosen?.reference.language ?? null,
    languages,
  };
}
