/** Expressions: one function for each shape of node, above it the node of Python's abstract grammar. */
import type {
  Argument,
  Arguments,
  Attribute,
  BinOp,
  BoolOp,
  Call,
  Compare,
  Comprehension,
  Constant,
  Dict,
  Expression,
  IfExp,
  Keyword,
  Lambda,
  NamedExpr,
  Slice,
  Subscript,
  UnaryOp,
} from "../ast.js";
import { openBrace, printField, printFormatted } from "./formatted.js";
import { floatText, imaginaryText } from "./number.js";
import * as level from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";
import { marksOf, reprBytes, reprText } from "./string.js";

/** Prints `node`, in parentheses where it binds less tightly than `required`. */
export function printExpression(p: Printer, node: Expression, required: number): void {
  switch (node.kind) {
    case "Name":
      p.text += nameIn(p, node, node.id);
      return;
    case "Attribute":
    case "Call":
    case "Subscript":
      printPrimary(p, node);
      return;
    case "Constant":
      printConstant(p, node);
      return;
    case "BinOp":
      printBinary(p, node, required);
      return;
    case "Tuple":
      printTuple(p, node.elts, required);
      return;
    case "List":
      p.text += "[";
      printList(p, node.elts);
      p.text += "]";
      return;
    case "Compare":
      printComparison(p, node, required);
      return;
    case "BoolOp":
      printBoolean(p, node, required);
      return;
    case "UnaryOp":
      printUnary(p, node, required);
      return;
    case "Dict":
      printDict(p, node);
      return;
    case "JoinedStr":
      printFormatted(p, "f", node.values);
      return;
    case "Starred":
      p.text += "*";
      printExpression(p, node.value, level.BIT_OR);
      return;
    case "IfExp":
      printConditional(p, node, required);
      return;
    case "Lambda":
      printLambda(p, node, required);
      return;
    case "ListComp":
      printComprehension(p, "[", node.elt, node.generators, "]");
      return;
    case "GeneratorExp":
      printComprehension(p, "(", node.elt, node.generators, ")");
      return;
    case "SetComp":
      printComprehension(p, openBrace(p), node.elt, node.generators, "}");
      return;
    case "DictComp":
      // DictComp(expr key, expr value, comprehension* generators)
      p.text += openBrace(p);
      printExpression(p, node.key, level.TEST);
      p.text += ": ";
      printExpression(p, node.value, level.TEST);
      printGenerators(p, node.generators);
      p.text += "}";
      return;
    case "Set":
      p.text += openBrace(p);
      if (node.elts.length === 0) p.text += "*()";
      else printList(p, node.elts);
      p.text += "}";
      return;
    case "Slice":
      printSlice(p, node);
      return;
    case "NamedExpr":
      printNamed(p, node);
      return;
    case "Await":
      printPrefixed(p, "await ", node.value, required > level.AWAIT);
      return;
    case "Yield":
      printPrefixed(p, "yield ", node.value, required > level.YIELD);
      return;
    case "YieldFrom":
      printPrefixed(p, "yield from ", node.value, required > level.YIELD);
      return;
    case "TemplateStr":
      printFormatted(p, "t", node.values);
      return;
    case "FormattedValue":
    case "Interpolation":
      printField(p, node);
      return;
  }
}

/** Constant(constant value, string? kind) */
function printConstant(p: Printer, node: Constant): void {
  switch (node.type) {
    case "str": {
      const text = reprText(node.value);
      if (node.prefix !== null && p.naming === null) p.text += node.prefix;
      p.text += text;
      if (p.fields > 0) p.marks |= marksOf(text);
      return;
    }
    case "bytes": {
      const text = reprBytes(node.value);
      p.text += text;
      if (p.fields > 0) p.marks |= marksOf(text);
      return;
    }
    case "int":
      p.text += String(node.value);
      return;
    case "float":
      p.text += floatText(node.value);
      return;
    case "complex":
      p.text += imaginaryText(node.value);
      return;
    case "Ellipsis":
      p.text += "...";
      return;
    default:
      p.text += node.type;
  }
}

/**
 * Attribute(expr value, identifier attr), Call(expr func, expr* args, keyword* keywords),
 * Subscript(expr value, expr slice): the innermost value first, then each trailer.
 */
function printPrimary(p: Printer, node: Attribute | Call | Subscript): void {
  const base = p.trailers.length;
  let at: Expression = node;
  let whole: string | null = null;
  while (at.kind === "Attribute" || at.kind === "Call" || at.kind === "Subscript") {
    if (at.kind === "Attribute") whole = p.naming?.attribute?.(at) ?? null;
    if (whole !== null) break;
    p.trailers.push(at);
    at = at.kind === "Call" ? at.func : at.value;
  }
  if (whole === null) printExpression(p, at, level.ATOM);
  else p.text += whole;
  while (p.trailers.length > base) {
    const trailer = p.trailers.pop();
    if (trailer === undefined) return;
    if (trailer.kind === "Attribute") {
      // `1.real` would be read as a float.
      p.text += isInteger(trailer.value) ? " ." : ".";
      p.text += trailer.attr;
    } else if (trailer.kind === "Call") {
      p.text += "(";
      printArguments(p, trailer.args, trailer.keywords);
      p.text += ")";
    } else {
      p.text += "[";
      const slice = trailer.slice;
      if (slice.kind === "Tuple" && slice.elts.length > 0) printItems(p, slice.elts);
      else printExpression(p, slice, level.TEST);
      p.text += "]";
    }
  }
}

/** As Python's `isinstance(value, int)`, which counts True and False. */
function isInteger(node: Expression): boolean {
  return (
    node.kind === "Constant" &&
    (node.type === "int" || node.type === "True" || node.type === "False")
  );
}

/** The arguments of a call or the bases of a class. */
export function printArguments(
  p: Printer,
  args: readonly Expression[],
  keywords: readonly Keyword[],
): void {
  printList(p, args);
  let separator = args.length > 0 ? ", " : "";
  for (const keyword of keywords) {
    p.text += separator;
    separator = ", ";
    printKeyword(p, keyword);
  }
}

/** keyword(identifier? arg, expr value) */
export function printKeyword(p: Printer, node: Keyword): void {
  p.text += node.arg === null ? "**" : `${nameIn(p, node, node.arg)}=`;
  printExpression(p, node.value, level.TEST);
}

/** BinOp(expr left, operator op, expr right): down the left spine, then up again. */
function printBinary(p: Printer, node: BinOp, required: number): void {
  const base = p.operations.length;
  let at: Expression = node;
  let needed = required;
  while (at.kind === "BinOp") {
    if (needed > level.BINARY_LEVEL[at.op]) p.text += "(";
    p.operations.push(at);
    needed = leftLevel(at);
    at = at.left;
  }
  printExpression(p, at, needed);
  while (p.operations.length > base) {
    const operation = p.operations.pop();
    if (operation === undefined) return;
    const own = level.BINARY_LEVEL[operation.op];
    p.text += level.BINARY_SYMBOL[operation.op];
    printExpression(p, operation.right, own === level.POWER ? own : own + 1);
    const parent = p.operations.length > base ? p.operations[p.operations.length - 1] : undefined;
    if ((parent === undefined ? required : leftLevel(parent)) > own) p.text += ")";
  }
}

/** Only `**` groups to the right. */
function leftLevel(node: BinOp): number {
  const own = level.BINARY_LEVEL[node.op];
  return own === level.POWER ? own + 1 : own;
}

/** UnaryOp(unaryop op, expr operand) */
function printUnary(p: Printer, node: UnaryOp, required: number): void {
  const own = node.op === "Not" ? level.NOT : level.FACTOR;
  if (required > own) p.text += "(";
  p.text += level.UNARY_SYMBOL[node.op];
  printExpression(p, node.operand, own);
  if (required > own) p.text += ")";
}

/** BoolOp(boolop op, expr* values): CPython requires one level more of each further value. */
function printBoolean(p: Printer, node: BoolOp, required: number): void {
  const own = node.op === "Or" ? level.OR : level.AND;
  const symbol = level.BOOLEAN_SYMBOL[node.op];
  if (required > own) p.text += "(";
  let needed = own;
  for (const value of node.values) {
    if (needed > own) p.text += symbol;
    if (needed < level.ATOM) needed += 1;
    printExpression(p, value, needed);
  }
  if (required > own) p.text += ")";
}

/** Compare(expr left, cmpop* ops, expr* comparators) */
function printComparison(p: Printer, node: Compare, required: number): void {
  if (required > level.COMPARISON) p.text += "(";
  printExpression(p, node.left, level.COMPARISON + 1);
  for (let i = 0; i < node.ops.length; i += 1) {
    const op = node.ops[i];
    const comparator = node.comparators[i];
    if (op === undefined || comparator === undefined) break;
    p.text += level.COMPARISON_SYMBOL[op];
    printExpression(p, comparator, level.COMPARISON + 1);
  }
  if (required > level.COMPARISON) p.text += ")";
}

/** NamedExpr(expr target, expr value): always in parentheses. */
function printNamed(p: Printer, node: NamedExpr): void {
  p.text += "(";
  printExpression(p, node.target, level.ATOM);
  p.text += " := ";
  printExpression(p, node.value, level.ATOM);
  p.text += ")";
}

/** IfExp(expr test, expr body, expr orelse) */
function printConditional(p: Printer, node: IfExp, required: number): void {
  if (required > level.TEST) p.text += "(";
  printExpression(p, node.body, level.TEST + 1);
  p.text += " if ";
  printExpression(p, node.test, level.TEST + 1);
  p.text += " else ";
  printExpression(p, node.orelse, level.TEST);
  if (required > level.TEST) p.text += ")";
}

/** Lambda(arguments args, expr body) */
function printLambda(p: Printer, node: Lambda, required: number): void {
  if (required > level.TEST) p.text += "(";
  p.text += "lambda";
  printParameters(p, node.args, " ");
  p.text += ": ";
  printExpression(p, node.body, level.TEST);
  if (required > level.TEST) p.text += ")";
}

/** Await(expr value), Yield(expr? value), YieldFrom(expr value) */
function printPrefixed(
  p: Printer,
  keyword: string,
  value: Expression | null,
  parenthesized: boolean,
): void {
  if (parenthesized) p.text += "(";
  if (value === null) {
    p.text += keyword.trimEnd();
  } else {
    p.text += keyword;
    printExpression(p, value, level.ATOM);
  }
  if (parenthesized) p.text += ")";
}

/** Tuple(expr* elts) */
function printTuple(p: Printer, elts: readonly Expression[], required: number): void {
  const parenthesized = required > level.TUPLE || elts.length === 0;
  if (parenthesized) p.text += "(";
  printItems(p, elts);
  if (parenthesized) p.text += ")";
}

/** The elements of a tuple: a single one keeps its comma. */
function printItems(p: Printer, elts: readonly Expression[]): void {
  printList(p, elts);
  if (elts.length === 1) p.text += ",";
}

export function printList(p: Printer, nodes: readonly Expression[]): void {
  let first = true;
  for (const node of nodes) {
    if (first) first = false;
    else p.text += ", ";
    printExpression(p, node, level.TEST);
  }
}

/** Dict(expr?* keys, expr* values) */
function printDict(p: Printer, node: Dict): void {
  p.text += openBrace(p);
  for (let i = 0; i < node.values.length; i += 1) {
    const key = node.keys[i];
    const value = node.values[i];
    if (value === undefined) break;
    if (i > 0) p.text += ", ";
    if (key === null || key === undefined) {
      p.text += "**";
      printExpression(p, value, level.BIT_OR);
    } else {
      printExpression(p, key, level.TEST);
      p.text += ": ";
      printExpression(p, value, level.TEST);
    }
  }
  p.text += "}";
}

/** Slice(expr? lower, expr? upper, expr? step) */
function printSlice(p: Printer, node: Slice): void {
  if (node.lower !== null) printExpression(p, node.lower, level.TEST);
  p.text += ":";
  if (node.upper !== null) printExpression(p, node.upper, level.TEST);
  if (node.step !== null) {
    p.text += ":";
    printExpression(p, node.step, level.TEST);
  }
}

/** ListComp, SetComp, GeneratorExp(expr elt, comprehension* generators) */
function printComprehension(
  p: Printer,
  open: string,
  elt: Expression,
  generators: readonly Comprehension[],
  close: string,
): void {
  p.text += open;
  printExpression(p, elt, level.TEST);
  printGenerators(p, generators);
  p.text += close;
}

function printGenerators(p: Printer, generators: readonly Comprehension[]): void {
  for (const generator of generators) printGenerator(p, generator);
}

/** comprehension(expr target, expr iter, expr* ifs, int is_async) */
export function printGenerator(p: Printer, node: Comprehension): void {
  p.text += node.is_async === 1 ? " async for " : " for ";
  printExpression(p, node.target, level.TUPLE);
  p.text += " in ";
  printExpression(p, node.iter, level.TEST + 1);
  for (const test of node.ifs) {
    p.text += " if ";
    printExpression(p, test, level.TEST + 1);
  }
}

/**
 * arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults,
 * arg? kwarg, expr* defaults), after `before` if there are any.
 */
export function printParameters(p: Printer, node: Arguments, before: string): void {
  const { posonlyargs, args, defaults, kwonlyargs } = node;
  const positional = posonlyargs.length + args.length;
  const required = positional - defaults.length;
  let separator = before;
  for (let i = 0; i < positional; i += 1) {
    const parameter = i < posonlyargs.length ? posonlyargs[i] : args[i - posonlyargs.length];
    if (parameter === undefined) break;
    p.text += separator;
    separator = ", ";
    printParameter(p, parameter);
    if (i >= required) printDefault(p, defaults[i - required]);
    if (i + 1 === posonlyargs.length) p.text += ", /";
  }
  if (node.vararg !== null || kwonlyargs.length > 0) {
    p.text += `${separator}*`;
    separator = ", ";
    if (node.vararg !== null) printParameter(p, node.vararg);
  }
  for (let i = 0; i < kwonlyargs.length; i += 1) {
    const parameter = kwonlyargs[i];
    if (parameter === undefined) break;
    p.text += separator;
    printParameter(p, parameter);
    printDefault(p, node.kw_defaults[i]);
  }
  if (node.kwarg !== null) {
    p.text += `${separator}**`;
    printParameter(p, node.kwarg);
  }
}

/** arg(identifier arg, expr? annotation) */
export function printParameter(p: Printer, node: Argument): void {
  p.text += nameIn(p, node, node.arg);
  if (node.annotation !== null) {
    p.text += ": ";
    printExpression(p, node.annotation, level.TEST);
  }
}

function printDefault(p: Printer, node: Expression | null | undefined): void {
  if (node === null || node === undefined) return;
  p.text += "=";
  printExpression(p, node, level.TEST);
}
