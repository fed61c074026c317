/** `__debug__` is a constant: nothing may bind or delete it, not even as an attribute or a keyword. */
import type { Range } from "../ast.js";
import { type Refusing, refuse } from "./refused.js";

export function checkDebug(walk: Refusing, name: string | null, place: Range): void {
  if (name === "__debug__") refuse(walk, "assignment-to-debug", place);
}

export function checkDebugDeletion(walk: Refusing, name: string, place: Range): void {
  if (name === "__debug__") refuse(walk, "deletion-of-debug", place);
}
