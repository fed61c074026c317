/** References (docs/normal-form.md, the last rows of the table under "Names"): each has to mean something everywhere. */
import { isBuiltin } from "../names/builtins.js";
import type { Fault } from "../result.js";
import { spanOf } from "../syntax/position.js";
import type { Program } from "./program.js";

/** A name that nothing in the file binds is a builtin or module dunder, or `unresolved-name`. */
export function checkReferences({ names, inventory, source }: Program): Fault | null {
  for (const node of inventory.names) {
    if (names.bindingAt(node) === null && !isBuiltin(node.id)) {
      return { code: "unresolved-name", data: { name: node.id }, span: spanOf(source, node) };
    }
  }
  return null;
}
