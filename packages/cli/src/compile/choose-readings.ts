/** A function and all that it imports, each in the words in which it is read (docs/python.md). */
import { type CheckedObject, denormalize, faultMessage, type Mapping } from "@ouverture/core";
import { chooseMapping, type FunctionSource, listLanguages } from "@ouverture/pool";
import { fail } from "../failure.js";
import { shortHash } from "../output/hash.js";

/** A function in a language: its text as `ouverture get` prints it, without a line end. */
export interface Reading {
  readonly hash: string;
  readonly language: string;
  readonly name: string;
  readonly text: string;
  /** By what the text calls them. */
  readonly imports: ReadonlyMap<string, Reading>;
}

export interface ReadingOptions {
  readonly source: FunctionSource;
  /** What is imported first, the function itself last. */
  readonly closure: readonly CheckedObject[];
  /** The languages of the reader. */
  readonly languages: readonly string[];
  /** What was asked for; `null` where it is the reader's choice. */
  readonly language: string | null;
  readonly mapping: string | null;
}

/**
 * Gives the readings, what is imported first. What a function imports is in its language, else in
 * one of the reader's, else in the first there is. Fails where a function has no names at all.
 */
export async function chooseReadings(options: ReadingOptions): Promise<readonly Reading[]> {
  const { closure, language, mapping } = options;
  const objects = new Map(closure.map((one) => [one.object.hash, one]));
  const known = new Map<string, Reading>();
  const root = closure.at(-1);
  if (root === undefined) return [];
  const wanted = language === null ? options.languages : [language];
  const chosen = await choose(root, wanted, mapping, options, language === null);
  await read({ checked: root, chosen });
  return [...known.values()];

  async function read(first: Named): Promise<void> {
    const waiting = [first];
    for (let one = waiting.at(-1); one !== undefined; one = waiting.at(-1)) {
      const key = keyOf(one.checked.object.hash, one.chosen);
      const imported = known.has(key) ? [] : await dependenciesOf(one.checked, one.chosen);
      const missing = imported.filter(({ checked, chosen }) => {
        return !known.has(keyOf(checked.object.hash, chosen));
      });
      waiting.push(...missing);
      if (missing.length > 0) continue;
      waiting.pop();
      if (!known.has(key)) known.set(key, write(one.checked, one.chosen, imported));
    }
  }

  async function dependenciesOf(
    { dependencies }: CheckedObject,
    { language }: Chosen,
  ): Promise<Named[]> {
    const found: Named[] = [];
    for (const hash of dependencies) {
      const checked = objects.get(hash);
      if (checked === undefined) continue;
      const preferred = [language, ...options.languages];
      found.push({ checked, chosen: await choose(checked, preferred, null, options, true) });
    }
    return found;
  }

  function write(
    { object }: CheckedObject,
    { language, mapping }: Chosen,
    imported: readonly Named[],
  ): Reading {
    const callees = new Map(
      imported.map(({ checked, chosen }) => [
        checked.object.hash,
        { code: checked.object.normalized_code, name_mapping: chosen.mapping.name_mapping },
      ]),
    );
    const text = denormalize(object.normalized_code, mapping, {
      callee: (hash) => callees.get(hash),
    });
    if (!text.ok) fail(1, `${shortHash(object.hash)}: ${faultMessage(text.fault)}`);
    const imports = new Map<string, Reading>();
    for (const { checked, chosen } of imported) {
      const { hash } = checked.object;
      const reading = known.get(keyOf(hash, chosen));
      if (reading !== undefined)
        imports.set(mapping.alias_mapping[hash] ?? `object_${hash}`, reading);
    }
    const name = mapping.name_mapping._ouverture_v_0 ?? "";
    return { hash: object.hash, language, name, text: text.value, imports };
  }
}

interface Named {
  readonly checked: CheckedObject;
  readonly chosen: Chosen;
}
interface Chosen {
  readonly language: string;
  readonly reference: string;
  readonly mapping: Mapping;
}

function keyOf(hash: string, { language, reference }: Chosen): string {
  return `${hash} ${language} ${reference}`;
}

async function choose(
  { object }: CheckedObject,
  languages: readonly string[],
  wanted: string | null,
  { source }: ReadingOptions,
  orAny: boolean,
): Promise<Chosen> {
  const there = await listLanguages(source, object.hash);
  const { chosen } = await chooseMapping(
    source,
    object,
    orAny ? [...languages, ...there] : languages,
    wanted,
  );
  if (chosen !== null) {
    const { reference, mapping } = chosen;
    return { language: reference.language, reference: reference.hash, mapping };
  }
  const which = `The function ${shortHash(object.hash)}`;
  if (there.length === 0) {
    return fail(
      1,
      `${which} has no names in any language.`,
      "'ouverture translate' gives it some.",
    );
  }
  const what = wanted === null ? languages.join(", ") : `${languages.join(", ")} as ${wanted}`;
  return fail(1, `${which} is not there in ${what}.`, `There is: ${there.join(", ")}.`);
}
