/**
 * Objects of the older form (docs/normal-form.md): the Python tool numbered
 * names otherwise and stored the docstring inside the text, but hashed the text
 * without the docstring's lines.
 */
import { docstringOf } from "../canonical/docstring.js";
import type { UnhashedForm } from "../canonical/form.js";
import { hash } from "../canonical/hash.js";
import { FUNCTION_NAME, isReservedName } from "../canonical/pool-name.js";
import { takeUnit } from "../canonical/unit.js";
import { isBuiltin } from "../names/builtins.js";
import { parse } from "../syntax/parse/module.js";
import { unparse } from "../syntax/print/unparse.js";

/**
 * Gives the text that has this hash: `code`, or `code` with its docstring's
 * lines taken out; `null` where neither has it. An object with one is intact.
 */
export function hashedText(code: string, expected: string): string | null {
  if (hash(code) === expected) return code;
  const stripped = withoutDocstringLines(code);
  return stripped !== null && hash(stripped) === expected ? stripped : null;
}

/**
 * Did the Python tool print this text, whose normal form is `normal`? Then the
 * function is `_ouverture_v_0`, what is not numbered is spelled as a builtin (it
 * kept those), and the layout is that of some version's `ast.unparse`.
 */
export function isOlderForm(code: string, { mapping }: UnhashedForm): boolean {
  const { [FUNCTION_NAME]: name, ...names } = mapping.name_mapping;
  if (name !== FUNCTION_NAME) return false;
  if (!Object.values(names).every((one) => isReservedName(one) || isBuiltin(one))) return false;
  const parsed = parse(code);
  return parsed.ok && withoutMarks(unparse(parsed.value)) === withoutMarks(code);
}

/** `null` where there is no docstring, or where it shares a line with something else. */
function withoutDocstringLines(code: string): string | null {
  const parsed = parse(code);
  const unit = parsed.ok ? takeUnit(parsed.value, code) : parsed;
  const docstring = unit.ok ? docstringOf(unit.value.definition.body) : null;
  if (docstring === null) return null;
  const lineStart = code.lastIndexOf("\n", docstring.start) + 1;
  const indentation = code.slice(lineStart, docstring.start);
  const rest = code.slice(docstring.end);
  if (lineStart === 0 || indentation.trim() !== "" || !/^(?:\n|$)/.test(rest)) return null;
  return code.slice(0, lineStart - 1) + rest;
}

/**
 * Python 3.9 and 3.10 print `(a, b) = c` and `lambda : 1`; 3.12 and
 * 3.13 quote and escape f-strings in their own way. The trees are the same.
 */
function withoutMarks(text: string): string {
  return text.replace(/["'\\()]|(?<=\blambda) (?=:)/g, "");
}
