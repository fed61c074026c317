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

export function collectOrigins(tree: Module, names: Names): Origins {
  const imported = new Map<Binding, Path[]>();
  walk(tree, (node) => {
    if (!isAbsoluteImport(node)) return;
    for (const alias of node.names) {
      const { path } = moduleImportOf(node, alias);
      const binding = names.bindingAt(alias);
      if (binding === null) continue;
      const known = imported.get(binding);
      if (known === undefined) imported.set(binding, [path]);
      else known.push(path);
    }
  });
  return { names, imported };
}

/** A relative import is of the program's own modules. */
export function isAbsoluteImport(node: Node): node is Import | ImportFrom {
  return node.kind === "Import" || (node.kind === "ImportFrom" && node.level === 0);
}

/** What a name means: what imports bind it to, and a builtin unless it is certainly bound. */
function pathsOfName({ names, imported }: Origins, node: Name): Path[] {
  const binding = names.bindingAt(node);
  const builtin = ["builtins", node.id];
  if (binding === null) return [builtin];
  const paths = [...(imported.get(binding) ?? [])];
  const { kind } = binding.scope;
  if (kind !== "class" && kind !== "module") return paths;
  // What is not bound there yet is looked for further out.
  for (let scope = binding.scope.parent; scope !== null; scope = scope.parent) {
    const outer = scope.bindings.get(binding.name);
    if (outer !== undefined) paths.push(...(imported.get(outer) ?? []));
  }
  const isImport = binding.definitions.every(({ form }) => form === "import");
  return kind === "module" && isImport ? paths : [...paths, builtin];
}

/** What a name with a few attributes may be. */
export function pathsOfDotted(origins: Origins, node: Expression): Path[] {
  const attributes: string[] = [];
  let base = node;
  while (base.kind === "Attribute" && attributes.length < MOST_ATTRIBUTES) {
    attributes.unshift(base.attr);
    base = base.value;
  }
  if (base.kind !== "Name") return [];
  return pathsOfName(origins, base).map((path) => [...path, ...attributes]);
}
/** No function that matters here is called by a longer name. */
const MOST_ATTRIBUTES = 8;

/** May this call be one of a function of these dotted names? */
export function isCallOf(origins: Origins, { func }: Call, names: readonly string[]): boolean {
  return pathsOfDotted(origins, func).some((path) => names.includes(path.join(".")));
}

/** What an expression that is no attribute may be: a name, or a module that a call imports. */
export function pathsOfBase(origins: Origins, base: Expression): Path[] {
  if (base.kind === "Name") return base.ctx === "Load" ? pathsOfName(origins, base) : [];
  const module = importedModule(origins, base);
  if (module === null) return [];
  const path = module.split(".");
  // `__import__("a.b")` gives `a`, or with more arguments `a.b`.
  return path.length === 1 ? [path] : [path, path.slice(0, 1)];
}

/** The module that `__import__("os")`, `importlib.import_module("os")` or `sys.modules["os"]` is. */
function importedModule(origins: Origins, node: Expression): string | null {
  if (node.kind === "Call") return isCallOf(origins, node, IMPORTERS) ? textOf(node.args[0]) : null;
  if (node.kind !== "Subscript") return null;
  const isTable = pathsOfDotted(origins, node.value).some((path) => path.join(".") === TABLE);
  return isTable ? textOf(node.slice) : null;
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
  if (object === undefined || text === null || !isCallOf(origins, call, GETATTR)) return null;
  return { object, name: text };
}
const GETATTR = ["builtins.getattr"];

/** The text of a string that is written down. */
export function textOf(node: Expression | undefined): string | null {
  return node?.kind === "Constant" && typeof node.value === "string" ? node.value : null;
}
