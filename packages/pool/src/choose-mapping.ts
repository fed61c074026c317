/** Which of a function's mappings is read where the reader names a language, or only some. */
import type { Fault, Mapping, StoredObject } from "@ouverture/core";
import { readMapping } from "./checked-reading.js";
import type { FunctionSource, MappingReference } from "./store.js";

export interface ChosenMapping {
  readonly reference: MappingReference;
  readonly mapping: Mapping;
  /** The mappings of the same language that were not chosen. */
  readonly others: readonly MappingReference[];
}
/** A mapping that stood in the way of a choice: it is not what its hash says. */
export interface RejectedMapping {
  readonly reference: MappingReference;
  readonly fault: Fault;
}
export interface Choice {
  /** `null` where the function has no sound mapping in any of the languages. */
  readonly chosen: ChosenMapping | null;
  readonly rejected: readonly RejectedMapping[];
}

/**
 * Chooses the first language of `languages` that a function has a mapping in, and of that the
 * mapping that was there first, or the one with the hash `wanted` (docs/pool.md, "Directory").
 * What is not sound is passed over, and told.
 */
export async function chooseMapping(
  source: FunctionSource,
  object: StoredObject,
  languages: readonly string[],
  wanted: string | null = null,
): Promise<Choice> {
  const rejected: RejectedMapping[] = [];
  for (const language of languages) {
    const references = await source.listMappings(object.hash, language);
    for (const reference of references) {
      if (wanted !== null && reference.hash !== wanted) continue;
      const mapping = await readMapping(source, object, reference);
      if (mapping === undefined) continue;
      if (mapping.ok) {
        const others = references.filter(({ hash }) => hash !== reference.hash);
        return { chosen: { reference, mapping: mapping.value, others }, rejected };
      }
      rejected.push({ reference, fault: mapping.fault });
    }
  }
  return { chosen: null, rejected };
}

/** The languages that a function has mappings in, sorted. */
export async function listLanguages(source: FunctionSource, hash: string): Promise<string[]> {
  const references = await source.listMappings(hash);
  return [...new Set(references.map(({ language }) => language))].sort();
}
