/**
 * What an expression means as a path of modules, such as `ouverture.pool` or
 * `importlib.import_module`: imports give names their paths, attributes extend them.
 */
import { analyzeNames } from "../names/analyze.js";
import type { Binding, Names } from "../names/scope.js";
import type { Alias, Expression, Import, ImportFrom, Module, Name } from "../syntax/ast.js";

/** A name that an import binds to a module, or to something in one. */
export interface ModuleImport {
  readonly alias: Alias;
  /** The name that is bound: `import a.b` binds `a`. */
  readonly name: string;
  readonly path: readonly string[];
}

export function moduleImportOf(statement: Import | ImportFrom, alias: Alias): ModuleImport {
  const name = alias.asname ?? alias.name;
  const parts = alias.name.split(".");
  if (statement.kind === "ImportFrom") {
    return { alias, name, path: [...(statement.module ?? "").split("."), alias.name] };
  }
  const first = parts.slice(0, 1);
  return alias.asname === null
    ? { alias, name: first.join(), path: first }
    : { alias, name, path: parts };
}

export interface Origins {
  /** The path of an expression, part by part; `null` where no import says it. */
  originOf(expression: Expression): readonly string[] | null;
  /** Does this import bind an attribute of a class, whose uses cannot be followed? */
  isAttribute(imported: ModuleImport): boolean;
}

/** No path that matters is longer. */
const LONGEST_PATH = 6;

/**
 * Resolves names by their bindings; in a file whose names Python refuses, by
 * their spelling, which finds no less. What nothing binds is in `builtins`.
 */
export function resolveOrigins(
  module: Module,
  source: string,
  imports: readonly ModuleImport[],
): Origins {
  const analyzed = analyzeNames(module, source);
  const names = analyzed.ok ? analyzed.value : null;
  const paths = new Map<Binding | string, readonly string[]>();
  for (const { alias, name, path } of imports) {
    const key = names?.bindingAt(alias) ?? name;
    if (!paths.has(key)) paths.set(key, path);
  }
  return {
    originOf: (expression) => originIn(expression, names, paths),
    isAttribute: ({ alias }) => names?.bindingAt(alias)?.scope.kind === "class",
  };
}

type Paths = ReadonlyMap<Binding | string, readonly string[]>;

function originIn(expression: Expression, names: Names | null, paths: Paths): string[] | null {
  const attributes: string[] = [];
  let base = expression;
  while (base.kind === "Attribute" && attributes.length < LONGEST_PATH) {
    attributes.push(base.attr);
    base = base.value;
  }
  const path = base.kind === "Name" ? pathOfName(base, names, paths) : null;
  return path && [...path, ...attributes.reverse()];
}

function pathOfName(node: Name, names: Names | null, paths: Paths): readonly string[] | null {
  const binding = names?.bindingAt(node) ?? null;
  const path = paths.get(binding ?? node.id);
  if (path !== undefined || binding !== null) return path ?? null;
  return node.id === "__builtins__" ? ["builtins"] : ["builtins", node.id];
}
