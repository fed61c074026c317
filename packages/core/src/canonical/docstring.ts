/**
 * The function's docstring, which is not hashed (docs/normal-form.md, "Docstring
 * and body"): taken out of a body, cleaned as `inspect.cleandoc` of CPython 3.14
 * does, and written back.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import type { Expr, Pass, Range, Statement, StringConstant } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";

/** A plain string that stands alone as a statement. */
interface StringStatement extends Expr {
  readonly value: StringConstant;
}

/** The first statement of `body` where it is a docstring: a plain string, no f-string, no bytes. */
export function docstringOf(body: readonly Statement[]): StringStatement | null {
  const first = body[0];
  return first !== undefined && isStringStatement(first) ? first : null;
}

function isStringStatement(statement: Statement): statement is StringStatement {
  if (statement.kind !== "Expr") return false;
  const { value } = statement;
  return value.kind === "Constant" && value.type === "str";
}

/**
 * Parts `body` into its docstring, cleaned ("" where there is none), and the
 * body that is hashed. Fault: `unpaired-surrogate`.
 */
export function splitDocstring(
  body: readonly Statement[],
  source: string,
): Result<{ docstring: string; body: readonly Statement[] }, Fault> {
  const statement = docstringOf(body);
  if (statement === null) return ok({ docstring: "", body });
  const { value } = statement.value;
  if (typeof value !== "string" || UNPAIRED_SURROGATE.test(value)) {
    return err({ code: "unpaired-surrogate", data: {}, span: spanOf(source, statement) });
  }
  return ok({ docstring: cleandoc(value), body: bodyWithoutDocstring(body, statement) });
}

const UNPAIRED_SURROGATE = /[\ud800-\udfff]/u;

/** An empty body becomes `pass`; a string that would become the docstring gets one before it. */
function bodyWithoutDocstring(body: readonly Statement[], docstring: Range): readonly Statement[] {
  const rest = body.slice(1);
  if (rest.length > 0 && docstringOf(rest) === null) return rest;
  const pass: Pass = { kind: "Pass", start: docstring.start, end: docstring.end };
  return [pass, ...rest];
}

/** `inspect.cleandoc`: expands tabs, takes off the common indentation and blank lines around. */
export function cleandoc(text: string): string {
  const lines = expandTabs(text).split("\n");
  const margin = marginOf(lines);
  const cleaned = lines.map((line, index) => line.slice(index === 0 ? indentOf(line) : margin));
  let first = 0;
  let end = cleaned.length;
  while (end > first && cleaned[end - 1] === "") end -= 1;
  while (first < end && cleaned[first] === "") first += 1;
  return cleaned.slice(first, end).join("\n");
}

/** The least indentation of the lines after the first that are not blank; 0 where there are none. */
function marginOf(lines: readonly string[]): number {
  let margin = Number.POSITIVE_INFINITY;
  for (const line of lines.slice(1)) {
    const indent = indentOf(line);
    if (indent < line.length) margin = Math.min(margin, indent);
  }
  return margin === Number.POSITIVE_INFINITY ? 0 : margin;
}

/** Python 3.13 and later count spaces alone. */
function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

/** `str.expandtabs`: columns are code points, and begin again after `\n` and `\r`. */
function expandTabs(text: string): string {
  if (!text.includes("\t")) return text;
  let expanded = "";
  let column = 0;
  for (const char of text) {
    if (char === "\t") {
      const width = TAB_WIDTH - (column % TAB_WIDTH);
      expanded += " ".repeat(width);
      column += width;
    } else {
      expanded += char;
      column = char === "\n" || char === "\r" ? 0 : column + 1;
    }
  }
  return expanded;
}

const TAB_WIDTH = 8;

/**
 * The inverse of `cleandoc`: a string whose continuation lines are indented by
 * `indentation`, which `cleandoc` turns into `docstring` again; `null` where no
 * string does. The plainest that does is taken: text from the first line on, text
 * from the second line on, and, for lines of spaces alone, text as it is.
 */
export function indentDocstring(docstring: string, indentation: string): string | null {
  const indented = docstring.replace(/\n(?!\n)/g, `\n${indentation}`);
  const candidates = [indented, `\n${indentation}${indented}`, `\n${docstring}`];
  return candidates.find((candidate) => cleandoc(candidate) === docstring) ?? null;
}
