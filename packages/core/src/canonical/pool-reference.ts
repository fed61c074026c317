/**
 * References to functions of the pool (docs/normal-form.md, "Pool imports"): a
 * name that resolves to the import, alone or already as `<name>._ouverture_v_0`.
 */
import type { Attribute, Expression, Name } from "../syntax/ast.js";
import { FUNCTION_NAME } from "./pool-name.js";
import type { Program } from "./program.js";

/** The names that are already the `<name>` of `<name>._ouverture_v_0`. */
export function functionsWrittenOut(program: Program): ReadonlySet<Name> {
  const names = new Set<Name>();
  if (program.pool.size === 0) return names;
  for (const attribute of program.inventory.attributes) {
    const { value } = attribute;
    if (value.kind === "Name" && isWrittenOut(attribute, program)) names.add(value);
  }
  return names;
}

/** Is this `<name>._ouverture_v_0`, where the name resolves to a pool import? */
export function isWrittenOut(attribute: Attribute, program: Program): boolean {
  return attribute.attr === FUNCTION_NAME && importedHash(attribute.value, program) !== null;
}

/** The hash of the function that `expression` is, in either form; `null` where it is none. */
export function referencedHash(expression: Expression, program: Program): string | null {
  if (expression.kind === "Attribute" && expression.attr === FUNCTION_NAME) {
    return importedHash(expression.value, program);
  }
  return importedHash(expression, program);
}

function importedHash(expression: Expression, program: Program): string | null {
  if (expression.kind !== "Name") return null;
  const binding = program.names.bindingAt(expression);
  return binding === null ? null : (program.pool.get(binding) ?? null);
}
