/**
 * What a file does with the modules of the pool once it has them: attributes that
 * are functions, and uses after which nobody can say which function is meant.
 */
import type { Attribute, Call, Expression, Keyword, Module, Name, Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import {
  argumentsNamePool,
  hasPoolText,
  holdsPoolPath,
  isDynamicImporter,
  isRunner,
} from "./dynamic-access.js";
import { type ModuleImport, type Origins, resolveOrigins } from "./origin.js";
import type { RangedImport } from "./pool-import.js";
import { poolMeaning } from "./pool-path.js";

/** Finds the uses of `modules`, and the calls that import by a computed name. */
export function findModuleUses(
  tree: Module,
  source: string,
  modules: readonly ModuleImport[],
): RangedImport[] {
  const origins = resolveOrigins(tree, source, modules);
  const search: Search = { origins, found: [], settled: new Set(), inDoubt: [] };
  for (const imported of modules) {
    const isPool = poolMeaning(imported.path).kind !== "outside";
    if (isPool && origins.isAttribute(imported)) {
      search.found.push(dynamicImport("value", imported.path, imported.alias));
    }
  }
  walk(tree, (node) => visit(search, node));
  return search.inDoubt.length > 0 && holdsPoolPath(tree)
    ? [...search.found, ...search.inDoubt]
    : search.found;
}

interface Search {
  readonly origins: Origins;
  readonly found: RangedImport[];
  /** The expressions that what is around them has explained. A node comes before its children. */
  readonly settled: Set<Node>;
  /** Imports of computed names: of the pool where the file has its name in a string. */
  readonly inDoubt: RangedImport[];
}

function visit(search: Search, node: Node): void {
  switch (node.kind) {
    case "Call":
      return visitCall(search, node);
    case "Subscript":
      return visitLookup(search, node.value, [node.slice], node);
    case "Attribute":
      return visitAttribute(search, node);
    case "Name":
      if (node.ctx === "Load") visitValue(search, node, search.origins.originOf(node) ?? []);
      return;
    // Whether the pool is there at all may be asked: `if pool is not None`.
    case "Compare":
      if (node.ops.every((op) => op === "Is" || op === "IsNot")) {
        for (const operand of [node.left, ...node.comparators]) search.settled.add(operand);
      }
      return;
    case "If":
    case "IfExp":
    case "While":
    case "Assert":
      search.settled.add(node.test);
      return;
    case "UnaryOp":
      if (node.op === "Not") search.settled.add(node.operand);
      return;
    default:
  }
}

function visitCall(search: Search, node: Call): void {
  const path = search.origins.originOf(node.func) ?? [];
  const [first] = node.args;
  if (path.join(".") === "builtins.getattr" && first !== undefined) {
    const object = search.origins.originOf(first) ?? [];
    const { kind } = poolMeaning(object);
    if (kind === "module" || kind === "name") {
      search.settled.add(first);
      search.found.push(dynamicImport("getattr", object, node));
    }
    return;
  }
  const args = [...node.args, ...node.keywords];
  if (node.func.kind === "Attribute" && isRunner(node.func.attr) && hasPoolText(args)) {
    search.found.push(dynamicImport("call", [node.func.attr], node));
  }
  visitLookup(search, node.func, args, node);
}

/** `importlib.import_module(...)`, `sys.modules[...]`. */
function visitLookup(
  search: Search,
  importer: Expression,
  args: readonly (Expression | Keyword)[],
  node: Expression,
): void {
  const path = search.origins.originOf(importer) ?? [];
  if (!isDynamicImporter(path)) return;
  search.settled.add(importer);
  const answer = argumentsNamePool(args);
  if (answer === "yes") search.found.push(dynamicImport("call", path, node));
  if (answer === "computed") search.inDoubt.push(dynamicImport("call", path, node));
}

/** An attribute of the package, of its pool, or of a name in it. */
function visitAttribute(search: Search, node: Attribute): void {
  const path = search.origins.originOf(node) ?? [];
  const meaning = poolMeaning(path);
  const isSettled = search.settled.has(node);
  const { attr: name, ctx } = node;
  if (path[0] === "ouverture" || isDynamicImporter(path)) search.settled.add(node.value);
  switch (meaning.kind) {
    case "function":
      if (!meaning.isWhole) return;
      if (ctx !== "Load") search.found.push(dynamicImport("value", path, node));
      else
        search.found.push({
          kind: "function",
          form: "attribute",
          hash: meaning.hash,
          name,
          alias: null,
          range: node,
        });
      return;
    case "name":
    case "malformed":
      if ((meaning.kind === "name" && isSettled) || HARMLESS.has(name)) return;
      search.found.push({
        kind: "malformed",
        form: "attribute",
        hash: null,
        name,
        alias: null,
        range: node,
      });
      return;
    default:
      visitValue(search, node, path);
  }
}

/** What every module says of itself. */
const HARMLESS = new Set(["__name__", "__doc__", "__file__", "__path__", "__version__"]);

/** A module of the pool, or an importer, that is handed on: what becomes of it cannot be read. */
function visitValue(search: Search, node: Attribute | Name, path: readonly string[]): void {
  if (search.settled.has(node)) return;
  const { kind } = poolMeaning(path);
  if (kind === "module" || kind === "name") search.found.push(dynamicImport("value", path, node));
  else if (isDynamicImporter(path)) search.inDoubt.push(dynamicImport("value", path, node));
}

function dynamicImport(
  form: "call" | "getattr" | "value",
  path: readonly string[],
  range: Node,
): RangedImport {
  return { kind: "dynamic", form, hash: null, name: path.join("."), alias: null, range };
}
