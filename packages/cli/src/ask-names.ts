/** The names of a function in another language: those given, and an answer for each that is not. */
import {
  denormalize,
  escapeText,
  faultMessage,
  type Mapping,
  type StoredObject,
} from "@ouverture/core";
import { type FunctionSource, readFunction } from "@ouverture/pool";
import { fail } from "./failure.js";
import { nameOf } from "./name-of.js";
import { listNameUses, type NameUses } from "./name-uses.js";
import { shortHash } from "./output/hash.js";
import { askText } from "./prompts.js";
import type { Session } from "./session.js";

export interface Translation {
  readonly object: StoredObject;
  /** The mapping that is translated. */
  readonly from: Mapping;
  /** The language that it is translated to. */
  readonly language: string;
  /** New names, by the old ones. */
  readonly given: ReadonlyMap<string, string>;
  readonly docstring: string | undefined;
  readonly comment: string;
  /** What is not given stays as it is, and is not asked for. */
  readonly keeps: boolean;
}

/** Gives the mapping in the other language. Its names are checked one by one where they are asked for. */
export async function askNames(
  translation: Translation,
  source: FunctionSource,
  session: Session,
): Promise<Mapping> {
  const { object, from, given } = translation;
  const names = listNameUses(object.normalized_code, from);
  refuseUnknown(given, [...names.map(({ name }) => name), ...Object.values(from.alias_mapping)]);
  const name_mapping: Record<string, string> = {};
  for (const one of names) {
    name_mapping[one.number] = await nameFor(one, name_mapping, translation, session);
  }
  const alias_mapping: Record<string, string> = {};
  for (const [hash, alias] of Object.entries(from.alias_mapping)) {
    alias_mapping[hash] = await aliasFor(hash, alias, translation, source, session);
  }
  const docstring = await docstringFor(translation, session);
  const numbers = Object.keys(from.name_mapping);
  return {
    docstring,
    name_mapping: Object.fromEntries(numbers.map((one) => [one, name_mapping[one] ?? ""])),
    alias_mapping,
    comment: translation.comment,
  };
}

function refuseUnknown(given: ReadonlyMap<string, string>, known: readonly string[]): void {
  for (const name of given.keys()) {
    if (known.includes(name)) continue;
    fail(2, `The function has no name '${name}'.`, "Its names, in their order:", [
      ...new Set(known),
    ]);
  }
}

const MOST_LINES = 6;

async function nameFor(
  { number, name, form, lines }: NameUses,
  answered: Readonly<Record<string, string>>,
  translation: Translation,
  session: Session,
): Promise<string> {
  const { given, language, keeps } = translation;
  const known = given.get(name) ?? (keeps ? name : undefined);
  if (known !== undefined) return known;
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) => `${String(line.number).padStart(4)} | ${line.text}`);
  if (lines.length > MOST_LINES) shown.push(`     and ${lines.length - MOST_LINES} lines more`);
  const where = shown.map((line) => escapeText(line)).join("\n");
  return askText(session, {
    message: `${escapeText(name)} (${form}) in ${language}:\n${session.noteScreen.paint.faint(where)}`,
    option: `--mapping ${name}=NEW, or --keep`,
    initial: name,
    validate: (answer) => whyNot(translation, { ...answered, [number]: answer }),
  });
}

/** What is wrong with the names so far; those to come stand for themselves. */
function whyNot(
  { object, from }: Translation,
  names: Readonly<Record<string, string>>,
): string | undefined {
  const name_mapping = Object.fromEntries(
    Object.keys(from.name_mapping).map((number, index) => [
      number,
      names[number] ?? `still_to_come_${index}`,
    ]),
  );
  const written = denormalize(object.normalized_code, { ...from, name_mapping });
  return written.ok ? undefined : faultMessage(written.fault);
}

/** What the imported function is called in that language is offered. */
async function aliasFor(
  hash: string,
  alias: string,
  { given, language, keeps }: Translation,
  source: FunctionSource,
  session: Session,
): Promise<string> {
  const known = given.get(alias) ?? (keeps ? alias : undefined);
  if (known !== undefined) return known;
  const imported = await readFunction(source, hash);
  const named =
    imported?.ok === true ? await nameOf(source, imported.value.object, [language]) : null;
  return askText(session, {
    message: `${escapeText(alias)} (import of ${shortHash(hash)}) in ${language}:`,
    option: `--mapping ${alias}=NEW, or --keep`,
    initial: named?.language === language ? (named.name ?? alias) : alias,
  });
}

async function docstringFor(translation: Translation, session: Session): Promise<string> {
  const { from, docstring, keeps, language } = translation;
  if (docstring !== undefined) return docstring;
  if (keeps || from.docstring === "") return from.docstring;
  return askText(session, {
    message: `The docstring in ${language}:\n${session.noteScreen.paint.faint(shownDocstring(from.docstring))}`,
    option: "--docstring TEXT, or --keep",
    initial: from.docstring.includes("\n") ? "" : from.docstring,
  });
}

function shownDocstring(text: string): string {
  return text
    .split("\n")
    .map((line) => escapeText(line))
    .join("\n");
}
