/** References (docs/normal-form.md, the last rows of the table under "Names"): each has to mean something everywhere. */
import { isBuiltin } from "../names/builtins.js";
import type { Fault } from "../result.js";
import type { Name } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";
import type { Program } from "./program.js";

/** A name that nothing in the file binds is a builtin or module dunder, or `unresolved-name`. */
export function checkReferences({ free, source }: Program): Fault | null {
  let first: Name | null = null;
  for (const node of free) {
    if (!isBuiltin(node.id) && (first === null || node.start < first.start)) first = node;
  }
  if (first === null) return null;
  return { code: "unresolved-name", data: { name: first.id }, span: spanOf(source, first) };
}
