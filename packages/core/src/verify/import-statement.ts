/** What the import statements of a file import of the pool, at any nesting level. */
import { hashOfPoolName } from "../canonical/pool-name.js";
import type { Alias, Import, ImportFrom, Module } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import { isDynamicModule } from "./dynamic-access.js";
import { type ModuleImport, moduleImportOf } from "./origin.js";
import type { RangedImport } from "./pool-import.js";
import { poolMeaning } from "./pool-path.js";

export interface ImportStatements {
  readonly imports: readonly RangedImport[];
  /** The names that stand for a module of the pool, or for one that imports by name. */
  readonly modules: readonly ModuleImport[];
}

export function findImportStatements(tree: Module): ImportStatements {
  const imports: RangedImport[] = [];
  const modules: ModuleImport[] = [];
  walk(tree, (node) => {
    if (node.kind !== "Import" && node.kind !== "ImportFrom") return;
    if (node.kind === "ImportFrom" && node.level > 0) return;
    for (const alias of node.names) {
      const found = importOf(node, alias);
      if (found !== null) imports.push(found);
      const module = moduleImportOf(node, alias);
      if (isModule(module.path, node.kind)) modules.push(module);
    }
  });
  return { imports, modules };
}

/** `null` where the statement imports no function, but perhaps a module. */
function importOf(statement: Import | ImportFrom, alias: Alias): RangedImport | null {
  const from = statement.kind === "ImportFrom" ? (statement.module ?? "").split(".") : [];
  const path = [...from, ...alias.name.split(".")];
  const form = statement.kind === "ImportFrom" ? "from" : "import";
  const { asname } = alias;
  const meaning = poolMeaning(path);
  if (meaning.kind === "function") {
    const name = path.find((part) => hashOfPoolName(part) !== null) ?? alias.name;
    return { kind: "function", form, hash: meaning.hash, name, alias: asname, range: alias };
  }
  if (alias.name === "*") {
    if (poolMeaning(from).kind === "outside") return null;
    return { kind: "malformed", form: "star", hash: null, name: "*", alias: null, range: alias };
  }
  const isMalformed = meaning.kind === "malformed" || (form === "from" && meaning.kind === "name");
  if (!isMalformed) return null;
  return { kind: "malformed", form, hash: null, name: alias.name, alias: asname, range: alias };
}

/** Is what an import binds worth following? A malformed name was told where it stands. */
function isModule(path: readonly string[], kind: "Import" | "ImportFrom"): boolean {
  const meaning = poolMeaning(path).kind;
  return meaning === "module" || (meaning === "name" && kind === "Import") || isDynamicModule(path);
}
