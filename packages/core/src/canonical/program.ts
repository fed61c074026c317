/** A function file whose names are resolved: what every rule of the normal form looks at. */
import { analyzeNames } from "../names/analyze.js";
import type { Binding, Names } from "../names/scope.js";
import { err, type Fault, ok, type Result } from "../result.js";
import type { Name } from "../syntax/ast.js";
import { checkLegality } from "../syntax/legality.js";
import { parse } from "../syntax/parse/module.js";
import { type ImportedName, importedNames } from "./imports.js";
import { type Inventory, takeInventory } from "./inventory.js";
import type { Role } from "./role.js";
import { takeUnit, type Unit } from "./unit.js";

export interface Program extends Unit {
  readonly names: Names;
  readonly inventory: Inventory;
  /** The names of the top-level imports. */
  readonly imported: readonly ImportedName[];
  /** The names that nothing in the file binds. */
  readonly free: readonly Name[];
  /** The binding of the function itself. */
  readonly self: Binding | null;
  /** By the index of a binding, as far as they have been asked for (role.ts). */
  readonly roles: (Role | undefined)[];
  /** The bindings of the pool imports, and the hash of each. */
  readonly pool: ReadonlyMap<Binding, string>;
}

/**
 * Reads a function file. Faults: what the parser, the compiler and the names of
 * Python refuse (`syntax-error`), `limit-exceeded`, and those of `takeUnit`.
 */
export function readProgram(source: string): Result<Program, Fault> {
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  const module = parsed.value;
  const names = analyzeNames(module, source);
  if (!names.ok) return names;
  const illegal = checkLegality(module, source);
  if (illegal !== null) return err(illegal);
  const unit = takeUnit(module, source);
  if (!unit.ok) return unit;
  return ok(programOf(unit.value, names.value));
}

function programOf(unit: Unit, names: Names): Program {
  const imported = importedNames(unit.imports);
  const pool = new Map<Binding, string>();
  for (const { node, hash } of imported) {
    const binding = names.bindingAt(node);
    if (hash !== null && binding !== null) pool.set(binding, hash);
  }
  const free: Name[] = [];
  names.forEach((node, binding) => {
    if (binding === null && node.kind === "Name") free.push(node);
  });
  const { source, module, imports, definition } = unit;
  const inventory = takeInventory(module);
  const self = names.bindingAt(definition);
  const roles: Program["roles"] = [];
  return {
    source,
    module,
    imports,
    definition,
    names,
    inventory,
    imported,
    free,
    self,
    roles,
    pool,
  };
}
