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
  isDynamicModule,
  isImporterName,
  isNamespaceReader,
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
  const search: Search = {
    origins,
    found: [],
    settled: new Set(),
    inDoubt: [],
    namespaces: [],
  };
  const pool = modules.filter(({ path }) => poolMeaning(path).kind !== "outside");
  for (const imported of modules) {
    const { path, alias } = imported;
    const isPool = pool.includes(imported);
    if (isPool && origins.isAttribute(imported)) {
      search.found.push(dynamicImport("value", path, alias));
    }
    // What a star import binds is not followed.
    if (!isPool && alias.name === "*") search.inDoubt.push(dynamicImport("value", path, alias));
  }
  walk(tree, (node) => visit(search, node));
  return [
    ...search.found,
    ...(search.inDoubt.length > 0 && holdsPoolPath(tree) ? search.inDoubt : []),
    ...(pool.length > 0 ? search.namespaces : []),
  ];
}

interface Search {
  readonly origins: Origins;
  readonly found: RangedImport[];
  /** The expressions that what is around them has explained. A node comes before its children. */
  readonly settled: Set<Node>;
  /** Imports of computed names: of the pool where the file has its name in a string. */
  readonly inDoubt: RangedImport[];
  /** What reads the names of the program: a module of the pool where one has a name. */
  readonly namespaces: RangedImport[];
}

function visit(search: Search, node: Node): void {
  switch (node.kind) {
    case "Call":
      return visitCall(search, node);
    case "Subscript":
      if (isModuleTable(node.value) && namesPool(node.slice)) {
        search.settled.add(node.value);
        search.found.push(dynamicImport("call", ["sys", "modules"], node));
        return;
      }
      return visitLookup(search, node.value, [node.slice], node);
    case "Constant":
      if (typeof node.value === "string" && isImporterName(node.value)) {
        search.inDoubt.push(dynamicImport("value", [node.value], node));
      }
      return;
    case "BoolOp":
      // All but the last are asked whether they are there.
      if (node.op === "And") for (const one of node.values.slice(0, -1)) search.settled.add(one);
      return;
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

/** `sys.modules`, by whatever way. */
function isModuleTable(node: Expression): boolean {
  return node.kind === "Attribute" && node.attr === "modules";
}

function namesPool(node: Expression): boolean {
  if (node.kind !== "Constant" || typeof node.value !== "string") return false;
  return poolMeaning(node.value.split(".")).kind !== "outside";
}

/** `importlib.import_module(...)`, `sys.modules[...]`. */
function visitLookup(
  search: Search,
  importer: Expression,
  args: readonly (Expression | Keyword)[],
  node: Expression,
): void {
  const path = search.origins.originOf(importer) ?? [];
  if (isNamespaceReader(path, args.length))
    search.namespaces.push(dynamicImport("value", path, node));
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
  if (path.length > 1) search.settled.add(node.value);
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
  else if (isDynamicModule(path)) {
    search.inDoubt.push(dynamicImport("value", path, node));
  }
}

function dynamicImport(
  form: "call" | "getattr" | "value",
  path: readonly string[],
  range: Node,
): RangedImport {
  return { kind: "dynamic", form, hash: null, name: path.join("."), alias: null, range };
}
