/**
 * What an expression may be, as paths such as `["os", "path"]`, when it is asked what
 * it can do: all that any import binds its name to, and a builtin wherever Python
 * may look for one. origin.ts answers the narrower question of the pool.
 */
import type { Binding, Names } from "../names/scope.js";
import type { Call, Expression, Import, ImportFrom, Module, Name, Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import { moduleImportOf } from "./origin.js";

/** `os.path.join` is `["os", "path", "join"]`; a builtin is in `builtins`. */
export type Path = readonly string[];

export interface Origins {
  readonly names: Names;
  /** What imports bind a name to: several may bind one. */
  readonly imported: ReadonlyMap<Binding, readonly Path[]>;
}

/** @param imports the import statements of the tree, in the order of the source. */
export function collectOrigins(imports: readonly (Import | ImportFrom)[], names: Names): Origins {
  const imported = new Map<Binding, Path[]>();
  for (const node of imports) {
    if (!isAbsoluteImport(node)) continue;
    for (const alias of node.names) {
      const { path } = moduleImportOf(node, alias);
      const binding = names.bindingAt(alias);
      if (binding === null) continue;
      const known = imported.get(binding);
      if (known === undefined) imported.set(binding, [path]);
      else known.push(path);
    }
  }
  return { names, imported };
}

export function importsIn(tree: Module): (Import | ImportFrom)[] {
  const imports: (Import | ImportFrom)[] = [];
  walk(tree, (node) => {
    if (node.kind === "Import" || node.kind === "ImportFrom") imports.push(node);
  });
  return imports;
}

/** A relative import is of the program's own modules. */
export function isAbsoluteImport(node: Node): node is Import | ImportFrom {
  return node.kind === "Import" || (node.kind === "ImportFrom" && node.level === 0);
}

/** What a name means: what imports bind it to, and a builtin unless it is certainly bound. */
function pathsOfName({ names, imported }: Origins, node: Name): readonly Path[] {
  const binding = names.bindingAt(node);
  if (binding === null) return [["builtins", node.id]];
  const own = imported.get(binding) ?? NO_PATHS;
  const { kind } = binding.scope;
  if (kind !== "class" && kind !== "module") return own;
  const paths = [...own];
  // What is not bound there yet is looked for further out.
  for (let scope = binding.scope.parent; scope !== null; scope = scope.parent) {
    const outer = scope.bindings.get(binding.name);
    if (outer !== undefined) paths.push(...(imported.get(outer) ?? []));
  }
  const isImport = binding.definitions.every(({ form }) => form === "import");
  return kind === "module" && isImport ? paths : [...paths, ["builtins", node.id]];
}
const NO_PATHS: readonly Path[] = [];

/** What a name with a few attributes may be. */
export function pathsOfDotted(origins: Origins, node: Expression): readonly Path[] {
  if (node.kind === "Name") return pathsOfName(origins, node);
  const attributes: string[] = [];
  let base: Expression = node;
  while (base.kind === "Attribute" && attributes.length < MOST_ATTRIBUTES) {
    attributes.push(base.attr);
    base = base.value;
  }
  if (base.kind !== "Name") return NO_PATHS;
  attributes.reverse();
  return pathsOfName(origins, base).map((path) => [...path, ...attributes]);
}
/** No function that matters here is called by a longer name. */
const MOST_ATTRIBUTES = 8;

/** The dotted names of the functions that a call may be one of, as far as a rule asks for them. */
export function calledNames(origins: Origins, { func }: Call): readonly string[] {
  if (func.kind === "Attribute" && !CALLED.has(func.attr)) return [];
  return pathsOfDotted(origins, func).map((path) => path.join("."));
}

/** The last parts of the names that are asked for; what is called as an attribute keeps its own. */
const CALLED: ReadonlySet<string> = new Set(
  "getattr setattr delattr attrgetter methodcaller __import__ import_module".split(" "),
);

/** What an expression that is no attribute may be: a name, or a module that a call imports. */
export function pathsOfBase(origins: Origins, base: Expression): readonly Path[] {
  if (base.kind === "Name") return base.ctx === "Load" ? pathsOfName(origins, base) : NO_PATHS;
  const module = importedModule(origins, base);
  if (module === null) return NO_PATHS;
  const path = module.split(".");
  // `__import__("a.b")` gives `a`, or with more arguments `a.b`.
  return path.length === 1 ? [path] : [path, path.slice(0, 1)];
}

/** The module that `__import__("os")`, `importlib.import_module("os")` or `sys.modules["os"]` is. */
function importedModule(origins: Origins, node: Expression): string | null {
  if (node.kind === "Call") {
    const module = textOf(node.args[0]);
    if (module === null) return null;
    return calledNames(origins, node).some((name) => IMPORTERS.includes(name)) ? module : null;
  }
  const module = node.kind === "Subscript" ? textOf(node.slice) : null;
  if (node.kind !== "Subscript" || module === null) return null;
  const isTable = pathsOfDotted(origins, node.value).some((path) => path.join(".") === TABLE);
  return isTable ? module : null;
}
const IMPORTERS = ["builtins.__import__", "importlib.__import__", "importlib.import_module"];
const TABLE = "sys.modules";

/** The attribute of `getattr(object, "name")`, which is `object.name`. */
export function gottenAttribute(
  origins: Origins,
  call: Call,
): { readonly object: Expression; readonly name: string } | null {
  const [object, name] = call.args;
  const text = textOf(name);
  if (object === undefined || text === null) return null;
  return calledNames(origins, call).includes("builtins.getattr") ? { object, name: text } : null;
}

/** The text of a string that is written down. */
export function textOf(node: Expression | undefined): string | null {
  return node?.kind === "Constant" && typeof node.value === "string" ? node.value : null;
}
