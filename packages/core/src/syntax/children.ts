/**
 * The children of each kind of node, once, in the order in which they are
 * printed. A new kind that is not handled here fails to compile. The kinds that
 * are most of a tree come first: kinds are compared one after the other.
 */
import type { Argument, Arguments, Expression, Node } from "./ast.js";

/** What a walk does with a node; `W` is what it carries along. */
export type Visit<W> = (walk: W, node: Node) => void;

/** Visits the children of `node`, in the order of the printed text. */
export function visitChildren<W>(walk: W, node: Node, visit: Visit<W>): void {
  switch (node.kind) {
    case "Name":
    case "Constant":
    case "alias":
    case "Pass":
    case "Break":
    case "Continue":
    case "Global":
    case "Nonlocal":
    case "MatchSingleton":
    case "MatchStar":
      return;
    case "Call":
      visit(walk, node.func);
      visitAll(walk, node.args, visit);
      return visitAll(walk, node.keywords, visit);
    case "Attribute":
    case "Expr":
    case "keyword":
    case "Await":
    case "YieldFrom":
    case "Starred":
      return visit(walk, node.value);
    case "Assign":
      visitAll(walk, node.targets, visit);
      return visit(walk, node.value);
    case "If":
    case "While":
      visit(walk, node.test);
      visitAll(walk, node.body, visit);
      return visitAll(walk, node.orelse, visit);
    case "Compare":
      visit(walk, node.left);
      return visitAll(walk, node.comparators, visit);
    case "Return":
    case "Yield":
      return visitOptional(walk, node.value, visit);
    case "BinOp":
      visit(walk, node.left);
      return visit(walk, node.right);
    case "Subscript":
      visit(walk, node.value);
      return visit(walk, node.slice);
    case "Set":
    case "List":
    case "Tuple":
      return visitAll(walk, node.elts, visit);

    case "Module":
      return visitAll(walk, node.body, visit);

    case "FunctionDef":
    case "AsyncFunctionDef":
      visitAll(walk, node.decorator_list, visit);
      visitAll(walk, node.type_params, visit);
      visit(walk, node.args);
      visitOptional(walk, node.returns, visit);
      return visitAll(walk, node.body, visit);
    case "ClassDef":
      visitAll(walk, node.decorator_list, visit);
      visitAll(walk, node.type_params, visit);
      visitAll(walk, node.bases, visit);
      visitAll(walk, node.keywords, visit);
      return visitAll(walk, node.body, visit);
    case "Delete":
      return visitAll(walk, node.targets, visit);
    case "TypeAlias":
      visit(walk, node.name);
      visitAll(walk, node.type_params, visit);
      return visit(walk, node.value);
    case "AugAssign":
      visit(walk, node.target);
      return visit(walk, node.value);
    case "AnnAssign":
      visit(walk, node.target);
      visit(walk, node.annotation);
      return visitOptional(walk, node.value, visit);
    case "For":
    case "AsyncFor":
      visit(walk, node.target);
      visit(walk, node.iter);
      visitAll(walk, node.body, visit);
      return visitAll(walk, node.orelse, visit);
    case "With":
    case "AsyncWith":
      visitAll(walk, node.items, visit);
      return visitAll(walk, node.body, visit);
    case "Match":
      visit(walk, node.subject);
      return visitAll(walk, node.cases, visit);
    case "Raise":
      visitOptional(walk, node.exc, visit);
      return visitOptional(walk, node.cause, visit);
    case "Try":
    case "TryStar":
      visitAll(walk, node.body, visit);
      visitAll(walk, node.handlers, visit);
      visitAll(walk, node.orelse, visit);
      return visitAll(walk, node.finalbody, visit);
    case "Assert":
      visit(walk, node.test);
      return visitOptional(walk, node.msg, visit);
    case "Import":
    case "ImportFrom":
      return visitAll(walk, node.names, visit);

    case "BoolOp":
      return visitAll(walk, node.values, visit);
    case "NamedExpr":
      visit(walk, node.target);
      return visit(walk, node.value);
    case "UnaryOp":
      return visit(walk, node.operand);
    case "Lambda":
      visit(walk, node.args);
      return visit(walk, node.body);
    case "IfExp":
      visit(walk, node.body);
      visit(walk, node.test);
      return visit(walk, node.orelse);
    case "Dict":
      return visitPaired(walk, node.keys, node.values, visit);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      visit(walk, node.elt);
      return visitAll(walk, node.generators, visit);
    case "DictComp":
      visit(walk, node.key);
      visit(walk, node.value);
      return visitAll(walk, node.generators, visit);
    case "FormattedValue":
    case "Interpolation":
      visit(walk, node.value);
      return visitOptional(walk, node.format_spec, visit);
    case "JoinedStr":
    case "TemplateStr":
      return visitAll(walk, node.values, visit);
    case "Slice":
      visitOptional(walk, node.lower, visit);
      visitOptional(walk, node.upper, visit);
      return visitOptional(walk, node.step, visit);

    case "comprehension":
      visit(walk, node.target);
      visit(walk, node.iter);
      return visitAll(walk, node.ifs, visit);
    case "ExceptHandler":
      visitOptional(walk, node.type, visit);
      return visitAll(walk, node.body, visit);
    case "arguments":
      return visitParameters(walk, node, visit);
    case "arg":
      return visitOptional(walk, node.annotation, visit);
    case "withitem":
      visit(walk, node.context_expr);
      return visitOptional(walk, node.optional_vars, visit);
    case "match_case":
      visit(walk, node.pattern);
      visitOptional(walk, node.guard, visit);
      return visitAll(walk, node.body, visit);

    case "MatchValue":
      return visit(walk, node.value);
    case "MatchMapping":
      return visitPaired(walk, node.keys, node.patterns, visit);
    case "MatchClass":
      visit(walk, node.cls);
      visitAll(walk, node.patterns, visit);
      return visitAll(walk, node.kwd_patterns, visit);
    case "MatchSequence":
    case "MatchOr":
      return visitAll(walk, node.patterns, visit);
    case "MatchAs":
      return visitOptional(walk, node.pattern, visit);

    case "TypeVar":
      visitOptional(walk, node.bound, visit);
      return visitOptional(walk, node.default_value, visit);
    case "ParamSpec":
    case "TypeVarTuple":
      return visitOptional(walk, node.default_value, visit);

    default:
      return node satisfies never;
  }
}

/** Visits `node` if it is there. */
export function visitOptional<W>(walk: W, node: Node | null, visit: Visit<W>): void {
  if (node !== null) visit(walk, node);
}

/** Visits `nodes`, of which some may be missing. */
export function visitAll<W>(walk: W, nodes: readonly (Node | null)[], visit: Visit<W>): void {
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node !== null && node !== undefined) visit(walk, node);
  }
}

/** Keys and values alternate. */
function visitPaired<W>(
  walk: W,
  keys: readonly (Node | null)[],
  values: readonly Node[],
  visit: Visit<W>,
): void {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    visitOptional(walk, keys[index] ?? null, visit);
    if (value !== undefined) visit(walk, value);
  }
}

/** A parameter is followed by its default. */
function visitParameters<W>(walk: W, node: Arguments, visit: Visit<W>): void {
  const { posonlyargs, args, defaults, kwonlyargs, kw_defaults } = node;
  const undefaulted = posonlyargs.length + args.length - defaults.length;
  visitDefaulted(walk, posonlyargs, defaults, -undefaulted, visit);
  visitDefaulted(walk, args, defaults, posonlyargs.length - undefaulted, visit);
  visitOptional(walk, node.vararg, visit);
  visitDefaulted(walk, kwonlyargs, kw_defaults, 0, visit);
  visitOptional(walk, node.kwarg, visit);
}

/** The default of the first of `own` is that at `first`, where there is one. */
function visitDefaulted<W>(
  walk: W,
  own: readonly Argument[],
  defaults: readonly (Expression | null)[],
  first: number,
  visit: Visit<W>,
): void {
  for (let index = 0; index < own.length; index += 1) {
    visitOptional(walk, own[index] ?? null, visit);
    visitOptional(walk, defaults[first + index] ?? null, visit);
  }
}

/** The parameters of a function or lambda, in their order. */
export function parametersOf(args: Arguments): readonly Argument[] {
  const { posonlyargs, vararg, kwonlyargs, kwarg } = args;
  const parameters = [...posonlyargs, ...args.args];
  if (vararg !== null) parameters.push(vararg);
  parameters.push(...kwonlyargs);
  if (kwarg !== null) parameters.push(kwarg);
  return parameters;
}

/** Gives the children of `node`, in the order of the printed text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  visitChildren(children, node, push);
  return children;
}

function push(into: Node[], node: Node): void {
  into.push(node);
}

/** Calls `enter` with `root` and all below it, each before its children, in the order of the printed text. */
export function walk(root: Node, enter: (node: Node) => void): void {
  visitBelow(enter, root);
}

function visitBelow(enter: (node: Node) => void, node: Node): void {
  enter(node);
  visitChildren(enter, node, visitBelow);
}
