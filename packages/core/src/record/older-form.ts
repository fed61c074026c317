/**
 * Objects of the older form (docs/normal-form.md): the Python tool numbered
 * names otherwise and stored the docstring inside the text, but hashed the text
 * without the docstring's lines.
 */
import { docstringOf } from "../canonical/docstring.js";
import { hash } from "../canonical/hash.js";
import { FUNCTION_NAME } from "../canonical/pool-name.js";
import { takeUnit } from "../canonical/unit.js";
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
 * Did the Python tool print this text? It is then one function file, with the
 * function's name numbered, in the layout of some version's `ast.unparse`.
 */
export function isOlderForm(code: string): boolean {
  const parsed = parse(code);
  const unit = parsed.ok ? takeUnit(parsed.value, code) : parsed;
  return (
    unit.ok &&
    unit.value.definition.name === FUNCTION_NAME &&
    withoutQuoting(unparse(unit.value.module)) === withoutQuoting(code)
  );
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

/** Python 3.12 and 3.13 quote and escape f-strings in their own way. */
function withoutQuoting(text: string): string {
  return text.replace(/["'\\]/g, "");
}
