/** The values of arguments and options that have no list of choices. */
import { readFunction, readMappings } from "@ouverture/pool";
import { shortenHashes } from "../output/hash.js";
import { FEWEST_DIGITS } from "../parse-reference.js";
import type { Session } from "../session.js";
import type { Completion, Completions } from "./complete-words.js";

/** What an argument is, by the names that commands give to their arguments. */
export type ValueKind =
  | "file"
  | "function"
  | "function-or-file"
  | "language"
  | "registry"
  | "other";

const KINDS: Readonly<Record<string, ValueKind>> = {
  hash: "function",
  function: "function",
  old: "function",
  new: "function",
  file: "file",
  path: "file",
  folder: "file",
  lang: "language",
  language: "language",
  registry: "registry",
  registries: "registry",
};

/** The kind of what is called `hash[@lang]`, `file@lang|hash`, `registry`. */
export function kindOf(name: string): ValueKind {
  const [kind = "other", ...others] = name
    .toLowerCase()
    .split("|")
    .map((one) => KINDS[one.split(/[^a-z]/)[0] ?? ""] ?? "other");
  return others.length === 0 ? kind : "function-or-file";
}

export async function completeValue(
  kind: ValueKind,
  typed: string,
  session: Session,
): Promise<Completions> {
  switch (kind) {
    case "function":
      return { values: await completeReference(typed, session), files: false };
    case "function-or-file":
      return { values: await completeReference(typed, session), files: true };
    case "file":
      return { values: await completeFileLanguage(typed, session), files: true };
    case "language":
      return { values: beginning(await languages(session), typed), files: false };
    case "registry":
      return { values: beginning(await registries(session), typed), files: false };
    case "other":
      return { values: [], files: false };
  }
}

/** More are of no use to anybody. */
const MOST_FUNCTIONS = 50;

/** Hashes of the pools, or after `HASH@` the languages that a function has. */
async function completeReference(typed: string, session: Session): Promise<Completion[]> {
  const [digits = "", language] = typed
    .toLowerCase()
    .replace(/^object_/, "")
    .split("@");
  if (digits.length < FEWEST_DIGITS) return [];
  const source = await session.openSource({ isLocal: true });
  const hashes = [...(await source.complete(digits))].sort().slice(0, MOST_FUNCTIONS);
  const [hash] = hashes;
  if (language !== undefined) {
    if (hash === undefined || hashes.length > 1) return [];
    const known = new Set((await source.listMappings(hash)).map((one) => one.language));
    const values = [...known].sort().map((one) => ({ value: `${digits}@${one}`, description: "" }));
    return beginning(values, `${digits}@${language}`);
  }
  const shorten = shortenHashes(hashes);
  return Promise.all(
    hashes.map(async (one) => {
      const value = shorten(one).length < digits.length ? one : shorten(one);
      return { value, description: await nameOf(one, session) };
    }),
  );
}

/** What a function is called in the user's first language that it has; else in any. */
async function nameOf(hash: string, session: Session): Promise<string> {
  const source = await session.openSource({ isLocal: true });
  const { user } = await session.configuration();
  const object = await readFunction(source, hash);
  if (object?.ok !== true) return "";
  for (const language of [...user.languages, undefined]) {
    for await (const { mapping } of readMappings(source, object.value.object, language)) {
      if (mapping.ok) return mapping.value.name_mapping._ouverture_v_0 ?? "";
    }
  }
  return "";
}

/** After `FILE.py@` the user's languages. */
async function completeFileLanguage(typed: string, session: Session): Promise<Completion[]> {
  const at = typed.lastIndexOf("@");
  if (at < 1) return [];
  const file = typed.slice(0, at + 1);
  const values = (await languages(session)).map((one) => ({ ...one, value: file + one.value }));
  return beginning(values, typed);
}

/** The user's, then the others that many speak. */
async function languages(session: Session): Promise<Completion[]> {
  const { user } = await session.configuration();
  const { USUAL_LANGUAGES, languageName } = await import("../language-names.js");
  const codes = new Set([...user.languages, ...USUAL_LANGUAGES]);
  return [...codes].map((value) => ({ value, description: languageName(value) ?? "" }));
}

async function registries(session: Session): Promise<Completion[]> {
  const { registries: known } = await session.configuration();
  return known.map(({ name, url }) => ({ value: name, description: url }));
}

function beginning(values: readonly Completion[], typed: string): Completion[] {
  return values.filter(({ value }) => value.startsWith(typed));
}
