/**
 * The children of each kind of node, once, in the order in which they are
 * printed. A new kind that is not handled here fails to compile.
 */
import type { Arguments, Node } from "./ast.js";

type Visit = (child: Node) => void;

/** Calls `visit` with each child of `node`, in the order of the printed text. */
export function forEachChild(node: Node, visit: Visit): void {
  switch (node.kind) {
    case "Module":
      return all(node.body, visit);

    case "FunctionDef":
    case "AsyncFunctionDef":
      all(node.decorator_list, visit);
      all(node.type_params, visit);
      visit(node.args);
      one(node.returns, visit);
      return all(node.body, visit);
    case "ClassDef":
      all(node.decorator_list, visit);
      all(node.type_params, visit);
      all(node.bases, visit);
      all(node.keywords, visit);
      return all(node.body, visit);
    case "Delete":
      return all(node.targets, visit);
    case "Assign":
      all(node.targets, visit);
      return visit(node.value);
    case "TypeAlias":
      visit(node.name);
      all(node.type_params, visit);
      return visit(node.value);
    case "AugAssign":
      visit(node.target);
      return visit(node.value);
    case "AnnAssign":
      visit(node.target);
      visit(node.annotation);
      return one(node.value, visit);
    case "For":
    case "AsyncFor":
      visit(node.target);
      visit(node.iter);
      all(node.body, visit);
      return all(node.orelse, visit);
    case "While":
    case "If":
      visit(node.test);
      all(node.body, visit);
      return all(node.orelse, visit);
    case "With":
    case "AsyncWith":
      all(node.items, visit);
      return all(node.body, visit);
    case "Match":
      visit(node.subject);
      return all(node.cases, visit);
    case "Raise":
      one(node.exc, visit);
      return one(node.cause, visit);
    case "Try":
    case "TryStar":
      all(node.body, visit);
      all(node.handlers, visit);
      all(node.orelse, visit);
      return all(node.finalbody, visit);
    case "Assert":
      visit(node.test);
      return one(node.msg, visit);
    case "Import":
    case "ImportFrom":
      return all(node.names, visit);

    case "BoolOp":
      return all(node.values, visit);
    case "NamedExpr":
      visit(node.target);
      return visit(node.value);
    case "BinOp":
      visit(node.left);
      return visit(node.right);
    case "UnaryOp":
      return visit(node.operand);
    case "Lambda":
      visit(node.args);
      return visit(node.body);
    case "IfExp":
      visit(node.body);
      visit(node.test);
      return visit(node.orelse);
    case "Dict":
      return paired(node.keys, node.values, visit);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      visit(node.elt);
      return all(node.generators, visit);
    case "DictComp":
      visit(node.key);
      visit(node.value);
      return all(node.generators, visit);
    case "Compare":
      visit(node.left);
      return all(node.comparators, visit);
    case "Call":
      visit(node.func);
      all(node.args, visit);
      return all(node.keywords, visit);
    case "FormattedValue":
    case "Interpolation":
      visit(node.value);
      return one(node.format_spec, visit);
    case "JoinedStr":
    case "TemplateStr":
      return all(node.values, visit);
    case "Subscript":
      visit(node.value);
      return visit(node.slice);
    case "Slice":
      one(node.lower, visit);
      one(node.upper, visit);
      return one(node.step, visit);
    case "Set":
    case "List":
    case "Tuple":
      return all(node.elts, visit);
    case "Expr":
    case "Await":
    case "YieldFrom":
    case "Attribute":
    case "Starred":
      return visit(node.value);
    case "Return":
    case "Yield":
      return one(node.value, visit);

    case "comprehension":
      visit(node.target);
      visit(node.iter);
      return all(node.ifs, visit);
    case "ExceptHandler":
      one(node.type, visit);
      return all(node.body, visit);
    case "arguments":
      return parameters(node, visit);
    case "arg":
      return one(node.annotation, visit);
    case "keyword":
      return visit(node.value);
    case "withitem":
      visit(node.context_expr);
      return one(node.optional_vars, visit);
    case "match_case":
      visit(node.pattern);
      one(node.guard, visit);
      return all(node.body, visit);

    case "MatchValue":
      return visit(node.value);
    case "MatchMapping":
      return paired(node.keys, node.patterns, visit);
    case "MatchClass":
      visit(node.cls);
      all(node.patterns, visit);
      return all(node.kwd_patterns, visit);
    case "MatchSequence":
    case "MatchOr":
      return all(node.patterns, visit);
    case "MatchAs":
      return one(node.pattern, visit);

    case "TypeVar":
      one(node.bound, visit);
      return one(node.default_value, visit);
    case "ParamSpec":
    case "TypeVarTuple":
      return one(node.default_value, visit);

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

function one(child: Node | null, visit: Visit): void {
  if (child !== null) visit(child);
}

function all(children: readonly (Node | null)[], visit: Visit): void {
  for (const child of children) one(child, visit);
}

/** Keys and values alternate. */
function paired(keys: readonly (Node | null)[], values: readonly Node[], visit: Visit): void {
  for (const [index, value] of values.entries()) {
    one(keys[index] ?? null, visit);
    visit(value);
  }
}

/** A parameter is followed by its default. */
function parameters(node: Arguments, visit: Visit): void {
  const positional = [...node.posonlyargs, ...node.args];
  const undefaulted = positional.length - node.defaults.length;
  for (const [index, parameter] of positional.entries()) {
    visit(parameter);
    one(node.defaults[index - undefaulted] ?? null, visit);
  }
  one(node.vararg, visit);
  for (const [index, parameter] of node.kwonlyargs.entries()) {
    visit(parameter);
    one(node.kw_defaults[index] ?? null, visit);
  }
  one(node.kwarg, visit);
}

/**
 * Calls `enter` with `root` and all below it, each before its children, in the
 * order of the printed text. Uses no recursion: chains of operators may be deep.
 */
export function walk(root: Node, enter: Visit): void {
  const pending: Node[] = [root];
  const push: Visit = (child) => {
    pending.push(child);
  };
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    enter(node);
    const before = pending.length;
    forEachChild(node, push);
    for (let low = before, high = pending.length - 1; low < high; low += 1, high -= 1) {
      const kept = pending[low];
      const other = pending[high];
      if (kept === undefined || other === undefined) break;
      pending[low] = other;
      pending[high] = kept;
    }
  }
}
