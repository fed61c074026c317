/**
 * The children of each kind of node, once, in the order in which they are
 * printed. A new kind that is not handled here fails to compile.
 */
import type { Argument, Arguments, Expression, Node } from "./ast.js";

/** Appends the children of `node` to `into`, in the order of the printed text. */
export function pushChildren(node: Node, into: Node[]): void {
  switch (node.kind) {
    case "Module":
      return all(node.body, into);

    case "FunctionDef":
    case "AsyncFunctionDef":
      all(node.decorator_list, into);
      all(node.type_params, into);
      into.push(node.args);
      one(node.returns, into);
      return all(node.body, into);
    case "ClassDef":
      all(node.decorator_list, into);
      all(node.type_params, into);
      all(node.bases, into);
      all(node.keywords, into);
      return all(node.body, into);
    case "Delete":
      return all(node.targets, into);
    case "Assign":
      all(node.targets, into);
      into.push(node.value);
      return;
    case "TypeAlias":
      into.push(node.name);
      all(node.type_params, into);
      into.push(node.value);
      return;
    case "AugAssign":
      into.push(node.target);
      into.push(node.value);
      return;
    case "AnnAssign":
      into.push(node.target);
      into.push(node.annotation);
      return one(node.value, into);
    case "For":
    case "AsyncFor":
      into.push(node.target);
      into.push(node.iter);
      all(node.body, into);
      return all(node.orelse, into);
    case "While":
    case "If":
      into.push(node.test);
      all(node.body, into);
      return all(node.orelse, into);
    case "With":
    case "AsyncWith":
      all(node.items, into);
      return all(node.body, into);
    case "Match":
      into.push(node.subject);
      return all(node.cases, into);
    case "Raise":
      one(node.exc, into);
      return one(node.cause, into);
    case "Try":
    case "TryStar":
      all(node.body, into);
      all(node.handlers, into);
      all(node.orelse, into);
      return all(node.finalbody, into);
    case "Assert":
      into.push(node.test);
      return one(node.msg, into);
    case "Import":
    case "ImportFrom":
      return all(node.names, into);

    case "BoolOp":
      return all(node.values, into);
    case "NamedExpr":
      into.push(node.target);
      into.push(node.value);
      return;
    case "BinOp":
      into.push(node.left);
      into.push(node.right);
      return;
    case "UnaryOp":
      into.push(node.operand);
      return;
    case "Lambda":
      into.push(node.args);
      into.push(node.body);
      return;
    case "IfExp":
      into.push(node.body);
      into.push(node.test);
      into.push(node.orelse);
      return;
    case "Dict":
      return paired(node.keys, node.values, into);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      into.push(node.elt);
      return all(node.generators, into);
    case "DictComp":
      into.push(node.key);
      into.push(node.value);
      return all(node.generators, into);
    case "Compare":
      into.push(node.left);
      return all(node.comparators, into);
    case "Call":
      into.push(node.func);
      all(node.args, into);
      return all(node.keywords, into);
    case "FormattedValue":
    case "Interpolation":
      into.push(node.value);
      return one(node.format_spec, into);
    case "JoinedStr":
    case "TemplateStr":
      return all(node.values, into);
    case "Subscript":
      into.push(node.value);
      into.push(node.slice);
      return;
    case "Slice":
      one(node.lower, into);
      one(node.upper, into);
      return one(node.step, into);
    case "Set":
    case "List":
    case "Tuple":
      return all(node.elts, into);
    case "Expr":
    case "Await":
    case "YieldFrom":
    case "Attribute":
    case "Starred":
      into.push(node.value);
      return;
    case "Return":
    case "Yield":
      return one(node.value, into);

    case "comprehension":
      into.push(node.target);
      into.push(node.iter);
      return all(node.ifs, into);
    case "ExceptHandler":
      one(node.type, into);
      return all(node.body, into);
    case "arguments":
      return parameters(node, into);
    case "arg":
      return one(node.annotation, into);
    case "keyword":
      into.push(node.value);
      return;
    case "withitem":
      into.push(node.context_expr);
      return one(node.optional_vars, into);
    case "match_case":
      into.push(node.pattern);
      one(node.guard, into);
      return all(node.body, into);

    case "MatchValue":
      into.push(node.value);
      return;
    case "MatchMapping":
      return paired(node.keys, node.patterns, into);
    case "MatchClass":
      into.push(node.cls);
      all(node.patterns, into);
      return all(node.kwd_patterns, into);
    case "MatchSequence":
    case "MatchOr":
      return all(node.patterns, into);
    case "MatchAs":
      return one(node.pattern, into);

    case "TypeVar":
      one(node.bound, into);
      return one(node.default_value, into);
    case "ParamSpec":
    case "TypeVarTuple":
      return one(node.default_value, into);

    case "Global":
    case "Nonlocal":
    case "Pass":
    case "Break":
    case "Continue":
    case "Constant":
    case "Name":
    case "alias":
    case "MatchSingleton":
    case "MatchStar":
      return;
    default:
      return node satisfies never;
  }
}

function one(child: Node | null, into: Node[]): void {
  if (child !== null) into.push(child);
}

function all(children: readonly (Node | null)[], into: Node[]): void {
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    if (child !== null && child !== undefined) into.push(child);
  }
}

/** Keys and values alternate. */
function paired(keys: readonly (Node | null)[], values: readonly Node[], into: Node[]): void {
  for (const [index, value] of values.entries()) {
    one(keys[index] ?? null, into);
    into.push(value);
  }
}

/** A parameter is followed by its default. */
function parameters(node: Arguments, into: Node[]): void {
  const { posonlyargs, args, defaults, kwonlyargs, kw_defaults } = node;
  const undefaulted = posonlyargs.length + args.length - defaults.length;
  withDefaults(posonlyargs, defaults, -undefaulted, into);
  withDefaults(args, defaults, posonlyargs.length - undefaulted, into);
  one(node.vararg, into);
  withDefaults(kwonlyargs, kw_defaults, 0, into);
  one(node.kwarg, into);
}

/** The default of the first of `own` is that at `first`, where there is one. */
function withDefaults(
  own: readonly Argument[],
  defaults: readonly (Expression | null)[],
  first: number,
  into: Node[],
): void {
  for (const [index, parameter] of own.entries()) {
    into.push(parameter);
    one(defaults[first + index] ?? null, into);
  }
}

/**
 * Calls `enter` with `root` and all below it, each before its children, in the
 * order of the printed text. Uses no recursion: chains of operators may be deep.
 */
export function walk(root: Node, enter: (node: Node) => void): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    enter(node);
    const before = pending.length;
    pushChildren(node, pending);
    for (let low = before, high = pending.length - 1; low < high; low += 1, high -= 1) {
      const kept = pending[low];
      const other = pending[high];
      if (kept === undefined || other === undefined) break;
      pending[low] = other;
      pending[high] = kept;
    }
  }
}
