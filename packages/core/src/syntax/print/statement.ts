/** Statements: each begins a line, whose indentation is that of its block. */
import type {
  Alias,
  AnnAssign,
  Assign,
  AsyncFor,
  AsyncFunctionDef,
  AsyncWith,
  ClassDef,
  ExceptHandler,
  Expression,
  For,
  FunctionDef,
  If,
  ImportFrom,
  Match,
  MatchCase,
  Statement,
  StringConstant,
  Try,
  TryStar,
  TypeAlias,
  TypeParameter,
  While,
  With,
  WithItem,
} from "../ast.js";
import { printArguments, printExpression, printList, printParameters } from "./expression.js";
import { printPattern } from "./pattern.js";
import { BINARY_SYMBOL, TEST, TUPLE, YIELD } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";
import { docstringText } from "./string.js";

export function printStatement(p: Printer, node: Statement): void {
  switch (node.kind) {
    case "Expr":
      startLine(p, "");
      printExpression(p, node.value, YIELD);
      return;
    case "Assign":
      printAssignment(p, node);
      return;
    case "Return":
      startLine(p, node.value === null ? "return" : "return ");
      if (node.value !== null) printExpression(p, node.value, TEST);
      return;
    case "If":
      printIf(p, node);
      return;
    case "FunctionDef":
      printFunction(p, node, "def ");
      return;
    case "AsyncFunctionDef":
      printFunction(p, node, "async def ");
      return;
    case "ClassDef":
      printClass(p, node);
      return;
    case "AugAssign":
      // AugAssign(expr target, operator op, expr value)
      startLine(p, "");
      printExpression(p, node.target, TEST);
      p.text += `${BINARY_SYMBOL[node.op].trimEnd()}= `;
      printExpression(p, node.value, TEST);
      return;
    case "AnnAssign":
      printAnnotated(p, node);
      return;
    case "For":
      printFor(p, node, "for ");
      return;
    case "AsyncFor":
      printFor(p, node, "async for ");
      return;
    case "While":
      printWhile(p, node);
      return;
    case "With":
      printWith(p, node, "with ");
      return;
    case "AsyncWith":
      printWith(p, node, "async with ");
      return;
    case "Try":
      printTry(p, node, "except");
      return;
    case "TryStar":
      printTry(p, node, "except*");
      return;
    case "Raise":
      // Raise(expr? exc, expr? cause)
      startLine(p, "raise");
      printAfter(p, " ", node.exc);
      printAfter(p, " from ", node.cause);
      return;
    case "Assert":
      // Assert(expr test, expr? msg)
      startLine(p, "assert ");
      printExpression(p, node.test, TEST);
      printAfter(p, ", ", node.msg);
      return;
    case "Delete":
      startLine(p, "del ");
      printList(p, node.targets);
      return;
    case "Import":
      startLine(p, "import ");
      printAliases(p, node.names);
      return;
    case "ImportFrom":
      printImportFrom(p, node);
      return;
    case "Global":
    case "Nonlocal": {
      startLine(p, node.kind === "Global" ? "global " : "nonlocal ");
      for (let i = 0; i < node.names.length; i += 1) {
        if (i > 0) p.text += ", ";
        p.text += nameIn(p, node, node.names[i] ?? "", i);
      }
      return;
    }
    case "Match":
      printMatch(p, node);
      return;
    case "TypeAlias":
      printTypeAlias(p, node);
      return;
    case "Pass":
      startLine(p, "pass");
      return;
    case "Break":
      startLine(p, "break");
      return;
    case "Continue":
      startLine(p, "continue");
      return;
  }
}

/** Begins a line with `text`; the first line has no line break before it. */
function startLine(p: Printer, text: string): void {
  p.text += p.text.length === 0 ? text : p.lineStart + text;
}

/** Prints a statement's block: the colon and the indented statements. */
function printBlock(p: Printer, body: readonly Statement[]): void {
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  for (const statement of body) printStatement(p, statement);
  p.lineStart = lineStart;
}

/** As `printBlock`, for what may begin with a docstring. */
function printDocumentedBlock(p: Printer, body: readonly Statement[]): void {
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  printDocumented(p, body);
  p.lineStart = lineStart;
}

/** Statements of which the first may be a docstring, which is printed in triple quotes. */
export function printDocumented(p: Printer, body: readonly Statement[]): void {
  const docstring = docstringOf(body);
  let from = 0;
  if (docstring !== null) {
    const prefix = p.naming === null ? (docstring.prefix ?? "") : "";
    startLine(p, prefix + docstringText(docstring.value));
    from = 1;
  }
  for (let i = from; i < body.length; i += 1) {
    const statement = body[i];
    if (statement !== undefined) printStatement(p, statement);
  }
}

function docstringOf(body: readonly Statement[]): StringConstant | null {
  const first = body[0];
  if (first === undefined || first.kind !== "Expr") return null;
  const value = first.value;
  return value.kind === "Constant" && value.type === "str" ? value : null;
}

/** `else`, `finally`: nothing where the block is empty. */
function printClause(p: Printer, keyword: string, body: readonly Statement[]): void {
  if (body.length === 0) return;
  startLine(p, keyword);
  printBlock(p, body);
}

function printAfter(p: Printer, before: string, node: Expression | null): void {
  if (node === null) return;
  p.text += before;
  printExpression(p, node, TEST);
}

// --- simple statements -----------------------------------------------------------

/** Assign(expr* targets, expr value) */
function printAssignment(p: Printer, node: Assign): void {
  startLine(p, "");
  for (const target of node.targets) {
    printExpression(p, target, TUPLE);
    p.text += " = ";
  }
  printExpression(p, node.value, TEST);
}

/** AnnAssign(expr target, expr annotation, expr? value, int simple) */
function printAnnotated(p: Printer, node: AnnAssign): void {
  const parenthesized = node.simple === 0 && node.target.kind === "Name";
  startLine(p, parenthesized ? "(" : "");
  printExpression(p, node.target, TEST);
  p.text += parenthesized ? "): " : ": ";
  printExpression(p, node.annotation, TEST);
  printAfter(p, " = ", node.value);
}

/** ImportFrom(identifier? module, alias* names, int? level) */
function printImportFrom(p: Printer, node: ImportFrom): void {
  startLine(p, `from ${".".repeat(node.level)}${node.module ?? ""} import `);
  printAliases(p, node.names);
}

function printAliases(p: Printer, names: readonly Alias[]): void {
  let separator = "";
  for (const alias of names) {
    p.text += separator;
    separator = ", ";
    printAlias(p, alias);
  }
}

/** alias(identifier name, identifier? asname) */
export function printAlias(p: Printer, node: Alias): void {
  p.text += node.name;
  if (node.asname !== null) p.text += ` as ${nameIn(p, node, node.asname)}`;
}

/** TypeAlias(expr name, type_param* type_params, expr value) */
function printTypeAlias(p: Printer, node: TypeAlias): void {
  startLine(p, "type ");
  printExpression(p, node.name, TEST);
  printTypeParameters(p, node.type_params);
  p.text += " = ";
  printExpression(p, node.value, TEST);
}

// --- definitions -------------------------------------------------------------------

function printDecorators(p: Printer, decorators: readonly Expression[]): void {
  for (const decorator of decorators) {
    startLine(p, "@");
    printExpression(p, decorator, TEST);
  }
}

/** A line break before a definition, so that a blank line sets it off. */
function setOff(p: Printer): void {
  if (p.text.length > 0) p.text += "\n";
}

/**
 * FunctionDef, AsyncFunctionDef(identifier name, arguments args, stmt* body,
 * expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)
 */
function printFunction(p: Printer, node: FunctionDef | AsyncFunctionDef, keyword: string): void {
  setOff(p);
  printDecorators(p, node.decorator_list);
  startLine(p, keyword);
  p.text += nameIn(p, node, node.name);
  printTypeParameters(p, node.type_params);
  p.text += "(";
  printParameters(p, node.args, "");
  p.text += ")";
  printAfter(p, " -> ", node.returns);
  printDocumentedBlock(p, node.body);
}

/**
 * ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body,
 * expr* decorator_list, type_param* type_params)
 */
function printClass(p: Printer, node: ClassDef): void {
  setOff(p);
  printDecorators(p, node.decorator_list);
  startLine(p, "class ");
  p.text += nameIn(p, node, node.name);
  printTypeParameters(p, node.type_params);
  if (node.bases.length > 0 || node.keywords.length > 0) {
    p.text += "(";
    printArguments(p, node.bases, node.keywords);
    p.text += ")";
  }
  printDocumentedBlock(p, node.body);
}

function printTypeParameters(p: Printer, parameters: readonly TypeParameter[]): void {
  if (parameters.length === 0) return;
  let separator = "[";
  for (const parameter of parameters) {
    p.text += separator;
    separator = ", ";
    printTypeParameter(p, parameter);
  }
  p.text += "]";
}

/**
 * TypeVar(identifier name, expr? bound, expr? default_value),
 * ParamSpec, TypeVarTuple(identifier name, expr? default_value)
 */
export function printTypeParameter(p: Printer, node: TypeParameter): void {
  if (node.kind === "ParamSpec") p.text += "**";
  else if (node.kind === "TypeVarTuple") p.text += "*";
  p.text += nameIn(p, node, node.name);
  if (node.kind === "TypeVar") printAfter(p, ": ", node.bound);
  printAfter(p, " = ", node.default_value);
}

// --- compound statements -------------------------------------------------------------

/** If(expr test, stmt* body, stmt* orelse): a lone `if` in the `else` is an `elif`. */
function printIf(p: Printer, node: If): void {
  let at = node;
  let keyword = "if ";
  for (;;) {
    startLine(p, keyword);
    printExpression(p, at.test, TEST);
    printBlock(p, at.body);
    const next: Statement | undefined = at.orelse.length === 1 ? at.orelse[0] : undefined;
    if (next === undefined || next.kind !== "If") break;
    at = next;
    keyword = "elif ";
  }
  printClause(p, "else", at.orelse);
}

/** For, AsyncFor(expr target, expr iter, stmt* body, stmt* orelse) */
function printFor(p: Printer, node: For | AsyncFor, keyword: string): void {
  startLine(p, keyword);
  printExpression(p, node.target, TUPLE);
  p.text += " in ";
  printExpression(p, node.iter, TEST);
  printBlock(p, node.body);
  printClause(p, "else", node.orelse);
}

/** While(expr test, stmt* body, stmt* orelse) */
function printWhile(p: Printer, node: While): void {
  startLine(p, "while ");
  printExpression(p, node.test, TEST);
  printBlock(p, node.body);
  printClause(p, "else", node.orelse);
}

/** With, AsyncWith(withitem* items, stmt* body) */
function printWith(p: Printer, node: With | AsyncWith, keyword: string): void {
  startLine(p, keyword);
  let separator = "";
  for (const item of node.items) {
    p.text += separator;
    separator = ", ";
    printWithItem(p, item);
  }
  printBlock(p, node.body);
}

/** withitem(expr context_expr, expr? optional_vars) */
export function printWithItem(p: Printer, node: WithItem): void {
  printExpression(p, node.context_expr, TEST);
  printAfter(p, " as ", node.optional_vars);
}

/** Try, TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) */
function printTry(p: Printer, node: Try | TryStar, keyword: string): void {
  startLine(p, "try");
  printBlock(p, node.body);
  for (const handler of node.handlers) printHandler(p, handler, keyword);
  printClause(p, "else", node.orelse);
  printClause(p, "finally", node.finalbody);
}

/** ExceptHandler(expr? type, identifier? name, stmt* body) */
export function printHandler(p: Printer, node: ExceptHandler, keyword: string): void {
  startLine(p, keyword);
  printAfter(p, " ", node.type);
  if (node.name !== null) p.text += ` as ${nameIn(p, node, node.name)}`;
  printBlock(p, node.body);
}

/** Match(expr subject, match_case* cases) */
function printMatch(p: Printer, node: Match): void {
  startLine(p, "match ");
  printExpression(p, node.subject, TEST);
  p.text += ":";
  const lineStart = p.lineStart;
  p.lineStart = `${lineStart}    `;
  for (const matchCase of node.cases) printCase(p, matchCase);
  p.lineStart = lineStart;
}

/** match_case(pattern pattern, expr? guard, stmt* body) */
export function printCase(p: Printer, node: MatchCase): void {
  startLine(p, "case ");
  printPattern(p, node.pattern, TEST);
  printAfter(p, " if ", node.guard);
  printBlock(p, node.body);
}
