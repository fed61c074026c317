/** `ouverture translate`: the names and the docstring of a function in another language. */
import { denormalize, faultMessage, type Mapping, mappingHash } from "@ouverture/core";
import { chooseMapping } from "@ouverture/pool";
import type { Command } from "commander";
import { askNames } from "../ask-names.js";
import { fail } from "../failure.js";
import { checkLanguage } from "../language.js";
import { shortHash } from "../output/hash.js";
import { renderPage } from "../output/page.js";
import { readStored } from "../read-stored.js";
import type { Session } from "../session.js";
import { storeFunction } from "../store-function.js";

interface TranslateFlags {
  readonly docstring?: string;
  readonly mapping: readonly string[];
  readonly comment: string;
  readonly keep?: true;
  readonly user?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Gives a function names and a docstring in another language. The function and its hash stay. " +
        "What is not given is asked for, name by name, with the lines that use it.",
    )
    .argument("<hash@lang[@mapping]>", "the function, and the language to translate from")
    .argument("<lang>", "the language to translate to")
    .option("--docstring <text>", "the docstring in that language")
    .option("--mapping <old=new>", "a name in that language (may be repeated)", collect, [])
    .option("--comment <text>", "a note on this variant of the names", "")
    .option("--keep", "names that are not given stay as they are, and so does the docstring")
    .option("--user", "store in your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (name: string, language: string, flags: TranslateFlags) => {
      await translate(name, language, flags, session);
    });
}

const HELP = `
Exit status: 0 it is stored; 1 there is no such function, or a name cannot be one; 2 it could not be done.

Example:
  $ ouverture translate 1a10a1ae3d69@eng fra --mapping mean=moyenne --mapping values=valeurs --docstring "La moyenne."
`;

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function translate(
  name: string,
  language: string,
  flags: TranslateFlags,
  session: Session,
): Promise<void> {
  await checkLanguage(language);
  const given = readPairs(flags.mapping);
  const reference = await session.resolveReference(name);
  if (reference.language === null) {
    fail(
      2,
      `'${name}' does not say which language to translate from.`,
      `Say ${name}@eng, for example.`,
    );
  }
  const source = await session.openSource();
  const { object, dependencies } = await readStored(source, reference.hash);
  const { chosen } = await chooseMapping(source, object, [reference.language], reference.mapping);
  if (chosen === null) {
    const which = `The function ${shortHash(object.hash)} is not there in ${reference.language}`;
    fail(1, `${which}.`, `'ouverture show ${shortHash(object.hash)}' shows the languages it has.`);
  }
  const mapping = await askNames(
    {
      object,
      from: chosen.mapping,
      language,
      given,
      docstring: flags.docstring,
      comment: flags.comment,
      keeps: flags.keep === true,
    },
    source,
    session,
  );
  const written = denormalize(object.normalized_code, mapping);
  if (!written.ok) fail(1, faultMessage(written.fault));
  const record = { object, mappings: [{ language, mapping }] };
  const { pool, isNew } = await storeFunction(record, dependencies, flags, session);
  const document = {
    pool,
    hash: object.hash,
    language,
    mapping: mappingHash(mapping),
    isNew,
    source: written.value,
  };
  session.answer(document, (screen) => renderPage(sectionsOf(document, mapping), screen));
}

function readPairs(pairs: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const [old, other] = [pair.slice(0, at), pair.slice(at + 1)];
    if (at < 1 || other === "")
      fail(2, `'${pair}' is not of the form OLD=NEW.`, "Example: values=valeurs.");
    if (given.has(old)) fail(2, `'${old}' is given two names.`, "Give it one.");
    given.set(old, other);
  }
  return given;
}

function sectionsOf(
  {
    hash,
    language,
    isNew,
    source,
  }: { hash: string; language: string; isNew: boolean; source: string },
  mapping: Mapping,
) {
  const title = isNew ? "new mapping" : "already known";
  return [
    {
      parts: [
        { label: "function", value: hash },
        { label: title, value: `${mappingHash(mapping)} (${language})` },
      ],
    },
    { parts: [{ lines: source.trimEnd().split("\n") }] },
  ];
}
