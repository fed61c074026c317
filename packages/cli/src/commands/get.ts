/** `ouverture get`: the source of a function, in the reader's language. */
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type CheckedObject,
  denormalize,
  escapeText,
  faultMessage,
  type Mapping,
  rehash,
  type StoredObject,
} from "@ouverture/core";
import {
  type ChosenMapping,
  chooseMapping,
  type FunctionSource,
  type LanguageMapping,
  listLanguages,
  loadCallees,
} from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { languageHint } from "../language.js";
import { counted } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import { readStored } from "../read-stored.js";
import type { ResolvedReference, Session } from "../session.js";

interface GetFlags {
  readonly force?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Writes the source of a function to the terminal or into a file. Without a language it is " +
        "the first of yours that the function has ('ouverture whoami language').",
    )
    .argument("<hash[@lang[@mapping]]>", "the function; hashes may be abbreviated")
    .argument("[file]", "the file to write; one that is there is kept")
    .option("--force", "write over a file that is there")
    .addHelpText("after", HELP)
    .action(async (name: string, file: string | undefined, flags: GetFlags) => {
      await getFunction(name, file, flags, session);
    });
}

const HELP = `
Exit status: 0 it is written; 1 there is no such function, or not in this language; 2 it could not be done.

Example:
  $ ouverture get 1a10a1ae3d69@fra moyenne.py
`;

async function getFunction(
  name: string,
  file: string | undefined,
  flags: GetFlags,
  session: Session,
): Promise<void> {
  const reference = await session.resolveReference(name);
  const source = await session.openSource();
  const stored = await readStored(source, reference.hash);
  const { object } = stored;
  const chosen = await choose(source, object, reference, session);
  const text = await writeIn(chosen, stored, source, session);
  if (file !== undefined) writeNew(file, text, flags, session);
  const { language, hash } = chosen.reference;
  const document = { hash: object.hash, language, mapping: hash, file: file ?? null, source: text };
  session.answer(document, () => (file === undefined ? text : ""));
  if (file !== undefined && !session.isJson) {
    session.note(escapeText(`'${file}' has ${shortHash(object.hash)} in ${language}.`));
  }
}

/** The mapping that was asked for, or the best for the reader. */
async function choose(
  source: FunctionSource,
  object: StoredObject,
  { language, mapping }: ResolvedReference,
  session: Session,
): Promise<ChosenMapping> {
  const { user } = await session.configuration();
  const languages = language === null ? user.languages : [language];
  const { chosen, rejected } = await chooseMapping(source, object, languages, mapping);
  for (const { reference, fault } of rejected) {
    const which = `The mapping ${shortHash(reference.hash)} in ${reference.language}`;
    session.note(`${which} is left out. ${faultMessage(fault)}`);
  }
  if (chosen === null) return refuse(source, object.hash, languages, mapping);
  const { reference, others } = chosen;
  if (mapping === null && others.length > 0) {
    const count = counted(others.length + 1, "mapping");
    const hashes = others.map(({ hash }) => shortHash(hash)).join(", ");
    session.note(
      `There are ${count} in ${reference.language}; this is ${shortHash(reference.hash)}, ` +
        `the first. The others: ${hashes} (HASH@${reference.language}@MAPPING).`,
    );
  }
  return chosen;
}

async function refuse(
  source: FunctionSource,
  hash: string,
  asked: readonly string[],
  mapping: string | null,
): Promise<never> {
  const there = await listLanguages(source, hash);
  const which = `The function ${shortHash(hash)}`;
  if (there.length === 0) {
    fail(1, `${which} has no mapping in any language.`, "'ouverture translate' gives it one.");
  }
  const languages = `There is: ${there.join(", ")}.`;
  const [first, ...others] = asked;
  if (first === undefined) {
    fail(1, `No language is asked for, and none is set as yours.`, `${languages} Say HASH@LANG.`);
  }
  if (mapping !== null)
    fail(1, `${which} has no mapping ${shortHash(mapping)} in ${first}.`, languages);
  if (others.length > 0) fail(1, `${which} is not there in ${asked.join(", ")}.`, languages);
  const hint = there.includes(first) ? null : await languageHint(first);
  fail(1, `${which} is not there in ${first}.`, hint === null ? languages : `${languages} ${hint}`);
}

/** The source in the words of a mapping, with a line end. */
async function writeIn(
  { reference, mapping }: ChosenMapping,
  stored: CheckedObject,
  source: FunctionSource,
  session: Session,
): Promise<string> {
  const { user } = await session.configuration();
  const languages = [reference.language, ...user.languages];
  const { callee } = await loadCallees(source, stored.dependencies, languages);
  const form = inNormalForm(stored, { language: reference.language, mapping });
  const text = denormalize(form.code, form.mapping, { callee });
  if (!text.ok) fail(1, faultMessage(text.fault));
  return text.value.endsWith("\n") ? text.value : `${text.value}\n`;
}

/** A function of the older form is read in its normal form, with the names that it then has. */
function inNormalForm(
  { object, olderForm }: CheckedObject,
  named: LanguageMapping,
): { readonly code: string; readonly mapping: Mapping } {
  if (olderForm === null) return { code: object.normalized_code, mapping: named.mapping };
  const today = rehash(object, [named], new Map());
  if (!today.ok) fail(1, faultMessage(today.fault));
  const [carried] = today.value.mappings;
  if (carried === undefined) {
    const why = today.value.findings.map(({ fault }) => faultMessage(fault)).join(" ");
    fail(1, `This function of the older form cannot be read in ${named.language}. ${why}`);
  }
  return { code: today.value.object.normalized_code, mapping: carried.mapping };
}

function writeNew(file: string, text: string, { force }: GetFlags, { outside }: Session): void {
  const full = resolve(outside.directory, file);
  if (force !== true && existsSync(full)) {
    fail(1, `There is a file '${file}' already.`, "Name another one, or say --force.");
  }
  writeFileSync(full, text, { flag: force === true ? "w" : "wx" });
}
