/**
 * The normal form (docs/normal-form.md): source text -> parse -> resolve names ->
 * normalize -> print -> sha256. One rule a line, in the order of the specification.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import type { Module } from "../syntax/ast.js";
import { unparse } from "../syntax/print/unparse.js";
import { checkClashes } from "./clash.js";
import { splitDocstring } from "./docstring.js";
import type { NormalForm, NormalizeOptions, UnhashedForm } from "./form.js";
import { hash } from "./hash.js";
import { aliasesOf, checkBoundNames, checkImports, hashesOf, sortImports } from "./imports.js";
import { checkIntegers } from "./integers.js";
import { resolveKeywords } from "./keywords.js";
import { checkPrinted } from "./printed.js";
import { checkPrivateNames } from "./private-names.js";
import { type Program, readProgram } from "./program.js";
import { checkReferences } from "./references.js";
import { renameBindings } from "./rename.js";
import { checkReservedNames } from "./reserved.js";
import { findWarnings } from "./warnings.js";

/**
 * Normalizes a function file: one function, and imports.
 *
 * @param source the text of the file.
 * @param options where the functions of the pool are to be had that it calls with
 * keyword arguments, and the mapping's comment.
 * @returns the normal form, its hash and its mapping; or the first fault: the file
 * is no Python, no function file, or something that the normal form cannot hold.
 */
export function normalize(
  source: string,
  options: NormalizeOptions = {},
): Result<NormalForm, Fault> {
  const program = readProgram(source);
  if (!program.ok) return program;
  const form = normalizeProgram(program.value, options);
  return form.ok ? ok({ ...form.value, hash: hash(form.value.code) }) : form;
}

/** Normalizes a function file whose names are resolved. Most callers need no hash of it. */
export function normalizeProgram(
  program: Program,
  { callee, comment = "" }: NormalizeOptions,
): Result<UnhashedForm, Fault> {
  const { imported, definition, source } = program;
  const badImport = checkImports(program) ?? checkBoundNames(program);
  if (badImport !== null) return err(badImport);
  const documented = splitDocstring(definition.body, source);
  if (!documented.ok) return documented;
  const badName = checkClashes(program) ?? checkReferences(program);
  if (badName !== null) return err(badName);
  const keywords = resolveKeywords(program, callee);
  if (!keywords.ok) return keywords;
  const unfit = checkReservedNames(program, keywords.value) ?? checkIntegers(program);
  if (unfit !== null) return err(unfit);

  const { docstring, body } = documented.value;
  const bare = { ...definition, body };
  const renaming = renameBindings(program, bare, keywords.value);
  const tree: Module = { ...program.module, body: [...sortImports(imported), bare] };
  const code = unparse(tree, renaming);
  const unlike = checkPrivateNames(program, renaming) ?? checkPrinted(code);
  if (unlike !== null) return err(unlike);

  const name_mapping = renaming.nameMapping();
  const alias_mapping = aliasesOf(imported);
  return ok({
    code,
    mapping: { docstring, name_mapping, alias_mapping, comment },
    dependencies: hashesOf(imported),
    warnings: findWarnings(program, renaming),
  });
}
