/** Functions of files into the pool: what `add` does, and `publish` begins with. */
import {
  escapeText,
  type Fault,
  faultMessage,
  findPoolImports,
  mappingHash,
  type NormalForm,
  normalize,
} from "@ouverture/core";
import { type FunctionRecord, loadCallees } from "@ouverture/pool";
import { bringDependencies } from "./bring-dependencies.js";
import { fail } from "./failure.js";
import { checkLanguage } from "./language.js";
import { newObject } from "./new-object.js";
import { shortHash } from "./output/hash.js";
import { renderPage } from "./output/page.js";
import type { Screen } from "./output/screen.js";
import { type FileReference, parseFileReference } from "./parse-reference.js";
import { readSource } from "./read-source.js";
import type { CurrentPool, Session } from "./session.js";
import { refuseSource, warningLine } from "./source-message.js";

export interface AddFlags {
  /** A note on these names. */
  readonly comment?: string;
  readonly tag: readonly string[];
  readonly user?: true;
}

/** What was added, and where to. */
export interface AddedFiles {
  readonly pool: string;
  readonly functions: readonly AddedFile[];
}
export interface AddedFile {
  readonly file: string;
  readonly language: string;
  readonly hash: string;
  readonly mapping: string;
  /** The name of the function in this language. */
  readonly name: string;
  readonly status: "added" | "new-mapping" | "known";
}

/**
 * Adds the functions of files, each named as `FILE.py@LANG`. Nothing is stored before all are
 * checked; their warnings are told.
 */
export async function addFiles(
  names: readonly string[],
  flags: AddFlags,
  session: Session,
): Promise<AddedFiles> {
  const files = names.map(parseFileReference);
  for (const { language } of files) await checkLanguage(language);
  const read: ReadFunction[] = [];
  for (const file of files) read.push(await readFunctionFile(file, read, flags, session));
  for (const { file, form } of read) {
    for (const warning of form.warnings) session.note(escapeText(warningLine(file.path, warning)));
  }
  const pool = await session.currentPool({ user: flags.user });
  const own = new Set(read.map(({ form }) => form.hash));
  const imported = read.flatMap(({ form }) => form.dependencies).filter((hash) => !own.has(hash));
  await bringDependencies(pool, imported, session);
  return { pool: pool.directory, functions: await storeAll(pool, read) };
}

/** Says what was added, with the import that a program needs. */
export function renderAdded({ functions }: AddedFiles, screen: Screen): string {
  return renderPage(functions.map(sectionOf), screen);
}

/** A function that was read from a file, and checked. */
interface ReadFunction {
  readonly file: FileReference;
  readonly form: NormalForm;
  readonly record: FunctionRecord;
}

/** `others` are the functions of the files before: this one may import them. */
async function readFunctionFile(
  file: FileReference,
  others: readonly ReadFunction[],
  flags: AddFlags,
  session: Session,
): Promise<ReadFunction> {
  const source = readSource(file.path, session);
  const imports = findPoolImports(source);
  if (!imports.ok) refuseSource(file.path, imports.fault);
  const { user } = await session.configuration();
  const wanted = imports.value.flatMap((one) => (one.kind === "function" ? [one.hash] : []));
  const languages = [file.language, ...user.languages];
  const here = new Map(others.map((one) => [one.form.hash, inLanguage(others, one, languages)]));
  const callees = await loadCallees(
    await session.openSource(),
    wanted.filter((hash) => !here.has(hash)),
    languages,
  );
  for (const { hash, fault } of callees.missing) refuseDependency(file, hash, fault);
  const callee = (hash: string) => {
    const form = here.get(hash);
    if (form === undefined) return callees.callee(hash);
    return { code: form.code, name_mapping: form.mapping.name_mapping };
  };
  const normal = normalize(source, { callee, comment: flags.comment });
  if (!normal.ok) refuseSource(file.path, normal.fault);
  const form = normal.value;
  const object = await newObject(form, flags.tag, session);
  const mappings = [{ language: file.language, mapping: form.mapping }];
  return { file, form, record: { object, mappings } };
}

/** The same function in the first of the languages that it has among the files, or as it is. */
function inLanguage(
  files: readonly ReadFunction[],
  one: ReadFunction,
  languages: readonly string[],
): NormalForm {
  const same = files.filter(({ form }) => form.hash === one.form.hash);
  const best = languages.flatMap((wanted) => same.filter(({ file }) => file.language === wanted));
  return (best[0] ?? same[0] ?? one).form;
}

function refuseDependency({ path }: FileReference, hash: string, fault: Fault | null): never {
  const name = `the function ${shortHash(hash)}`;
  if (fault !== null) fail(1, `'${path}' imports ${name}. ${faultMessage(fault)}`);
  fail(
    1,
    `'${path}' imports ${name}, and no pool or registry has it.`,
    "Add that function first, or correct the hash.",
  );
}

async function storeAll(
  pool: CurrentPool,
  read: readonly ReadFunction[],
): Promise<readonly AddedFile[]> {
  const results: AddedFile[] = [];
  const waiting = [...read];
  for await (const answer of pool.add(read.map(({ record }) => record))) {
    const one = waiting.shift();
    if (one === undefined) break;
    if ("fault" in answer) refuseSource(one.file.path, answer.fault);
    results.push(resultOf(one, answer.written));
  }
  return results;
}

function resultOf({ file, form }: ReadFunction, written: readonly string[]): AddedFile {
  const isNew = written.some((path) => path.endsWith("/object.json"));
  const status = isNew ? "added" : written.length > 0 ? "new-mapping" : "known";
  return {
    file: file.path,
    language: file.language,
    hash: form.hash,
    mapping: mappingHash(form.mapping),
    name: form.mapping.name_mapping._ouverture_v_0 ?? "",
    status,
  };
}

const STATUS: Readonly<Record<AddedFile["status"], string>> = {
  added: "added",
  "new-mapping": "already known, new mapping",
  known: "already known",
};

function sectionOf({ file, language, hash, mapping, name, status }: AddedFile) {
  return {
    heading: `${file} (${language}): ${STATUS[status]}`,
    parts: [
      { label: "hash", value: hash },
      { label: "mapping", value: mapping },
      { lines: [`from ouverture.pool import object_${hash} as ${name}`] },
    ],
  };
}
