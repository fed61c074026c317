/**
 * Why a text is refused, once the parser knows that it is: the reasons that are
 * better than "invalid syntax". Each function here gives up. (The `invalid_...`
 * situations that CPython's messages tell apart.)
 */

import type { Expression, Statement } from "../ast.js";
import { T } from "../tokens.js";
import { parseExpression, startsExpression } from "./expression.js";
import {
  failAt,
  failHere,
  failToken,
  is,
  lastEnd,
  moveTo,
  ParseFailure,
  type Parser,
  peek,
  startOf,
  tokenText,
} from "./state.js";
import type { BlockOwner } from "./statement.js";
import type { TargetUse } from "./target.js";

/** What CPython calls an expression where it cannot be assigned to. */
export function describeExpression(expression: Expression): string {
  switch (expression.kind) {
    case "Attribute":
    case "Subscript":
    case "Starred":
    case "Name":
    case "List":
    case "Tuple":
    case "Lambda":
    case "Slice":
      return expression.kind.toLowerCase();
    case "Call":
      return "function call";
    case "BoolOp":
    case "BinOp":
    case "UnaryOp":
      return "expression";
    case "GeneratorExp":
      return "generator expression";
    case "Yield":
    case "YieldFrom":
      return "yield expression";
    case "Await":
      return "await expression";
    case "ListComp":
      return "list comprehension";
    case "SetComp":
      return "set comprehension";
    case "DictComp":
      return "dict comprehension";
    case "Dict":
      return "dict literal";
    case "Set":
      return "set display";
    case "JoinedStr":
    case "FormattedValue":
      return "f-string expression";
    case "TemplateStr":
    case "Interpolation":
      return "t-string expression";
    case "Constant":
      switch (expression.type) {
        case "None":
        case "True":
        case "False":
          return expression.type;
        case "Ellipsis":
          return "ellipsis";
        default:
          return "literal";
      }
    case "Compare":
      return "comparison";
    case "IfExp":
      return "conditional expression";
    case "NamedExpr":
      return "named expression";
  }
}

function isSingleton(expression: Expression): boolean {
  return (
    expression.kind === "Constant" && expression.value === null && expression.type !== "Ellipsis"
  );
}

/** `expression` was to be a target, and `invalid` in it cannot be one. */
export function failTarget(
  p: Parser,
  expression: Expression,
  invalid: Expression,
  use: TargetUse,
): never {
  const what = describeExpression(invalid);
  if (use === "delete") return failAt("cannot-delete", invalid, what);
  if (invalid.kind === "Yield" || invalid.kind === "YieldFrom") {
    if (invalid === expression && use !== "loop") return failAt("assignment-to-yield", invalid);
  }
  if (use === "assign" && suggestsEquality(p, expression)) {
    return failAt("cannot-assign-here", invalid, what);
  }
  if (use === "loop" && !is(p, T.In)) return failHere(p);
  return failAt("cannot-assign", invalid, what);
}

/** Whether `a = b` may have been meant as `a == b`: where `a` is one operand, without commas. */
function suggestsEquality(p: Parser, expression: Expression): boolean {
  switch (expression.kind) {
    case "List":
    case "Tuple":
    case "GeneratorExp":
    case "Starred":
    case "Compare":
    case "BoolOp":
    case "Lambda":
      return false;
    case "UnaryOp":
      return expression.op !== "Not";
    case "IfExp":
    case "NamedExpr":
      return p.source.charCodeAt(expression.start - 1) === 40;
    default:
      return !isSingleton(expression);
  }
}

/** After a named expression, at `:=` or `=`. */
export function failNamed(p: Parser, start: number, expression: Expression): never {
  if (is(p, T.Walrus)) {
    return failAt("walrus-target", { start, end: lastEnd(p) }, describeExpression(expression));
  }
  if (!startsExpression(peek(p, 1))) return failHere(p);
  if (expression.kind === "Name") {
    return failAt("assignment-for-equality", { start, end: rangeEnd(p) });
  }
  if (suggestsEquality(p, expression)) {
    return failAt("cannot-assign-here", expression, describeExpression(expression));
  }
  return failHere(p);
}

function rangeEnd(p: Parser): number {
  return p.ends[p.at] ?? lastEnd(p);
}

/** A positional argument after a keyword. */
export function failArgument(p: Parser, start: number, afterUnpacking: boolean): never {
  const range = { start, end: lastEnd(p) };
  return afterUnpacking
    ? failAt("positional-after-unpacking", range)
    : failAt("positional-after-keyword", range);
}

/** An `=` after what cannot be the name of an argument. `unpacking` names `*` or `**`. */
export function failAssignedKeyword(p: Parser, start: number, unpacking: string | null): never {
  const range = { start, end: rangeEnd(p) };
  if (unpacking !== null) return failAt("cannot-assign", range, unpacking);
  const text = p.source.slice(start, lastEnd(p));
  if (text === "True" || text === "False" || text === "None") {
    return failAt("cannot-assign", range, text);
  }
  return failAt("assignment-in-argument", range);
}

export function failGeneratorArgument(p: Parser, start: number): never {
  return failAt("generator-without-parentheses", { start, end: lastEnd(p) });
}

/**
 * Where a bracket should close, after the element that starts at `last`: another
 * expression says that a comma is missing.
 */
export function failComma(p: Parser, last: number): never {
  const start = p.at;
  const afterName = p.kinds[start - 1] === T.Name && is(p, T.String);
  if (!startsExpression(p.kind) || is(p, T.Star) || afterName) return failHere(p);
  if (!canParseExpression(p)) moveTo(p, start);
  else if (!is(p, T.Failure)) failAt("missing-comma", { start: last, end: lastEnd(p) });
  return failHere(p);
}

function canParseExpression(p: Parser): boolean {
  try {
    parseExpression(p);
    return true;
  } catch (failure) {
    if (failure instanceof ParseFailure) return false;
    throw failure;
  }
}

/** In a dictionary, after a key. */
export function failDictionary(p: Parser, key: Expression): never {
  if (is(p, T.RightBrace) || is(p, T.Comma)) return failToken(p, "expected-dict-colon");
  return failComma(p, key.start);
}

export function failStarredGroup(starred: Expression): never {
  return failAt("starred-here", starred);
}

/** A starred element before the 'for' of a comprehension. */
export function failUnpacking(starred: Expression): never {
  return failAt("unpacking-in-comprehension", starred);
}

/** Where a parameter should be. */
export function failParameter(p: Parser, annotated: boolean): never {
  if (is(p, T.LeftParen) && peek(p, 1) === T.Name) {
    return failToken(p, annotated ? "parenthesized-parameter" : "parenthesized-lambda-parameter");
  }
  return failHere(p);
}

/** At a 'not' that is the operand of something else than 'not', 'and' and 'or'. */
export function failNot(p: Parser, inArithmetic: boolean): never {
  return inArithmetic ? failToken(p, "not-after-operator") : failHere(p);
}

/** After the `{` of a template, before what is no expression. */
export function failFieldStart(p: Parser, name: string): never {
  switch (p.kind) {
    case T.RightBrace:
    case T.Exclamation:
    case T.Colon:
    case T.Assign:
      return failToken(p, "template-empty-field", name, tokenText(p));
    default:
      return failToken(p, "template-invalid-field", name);
  }
}

/** Where a replacement field should end. */
export function failFieldEnd(p: Parser, name: string, debug: boolean, converted: boolean): never {
  if (is(p, T.Failure)) return failHere(p);
  const range = { start: startOf(p), end: rangeEnd(p) };
  if (converted) return failAt("template-expecting-colon", range, name);
  return failAt(debug ? "template-expecting-after-debug" : "template-expecting-end", range, name);
}

/** A colon after what cannot be annotated. */
export function failAnnotated(p: Parser, target: Expression): never {
  if (!startsExpression(peek(p, 1))) return failHere(p);
  if (target.kind === "List" || target.kind === "Tuple") {
    return failAt("annotated-sequence", target, target.kind.toLowerCase());
  }
  return failAt("annotated-target", target);
}

export function failAugmented(target: Expression): never {
  return failAt("augmented-target", target, describeExpression(target));
}

/** Where the block of `owner`, which starts at `start`, should be. */
export function failExpectedBlock(p: Parser, owner: BlockOwner, start: number): never {
  if (is(p, T.Failure)) return failHere(p);
  return failToken(p, "expected-block", owner, start);
}

/** After a simple statement, where its line should end. */
export function failStatement(p: Parser, statement: Statement): never {
  if (statement.kind !== "Expr") return failHere(p);
  const { value } = statement;
  if (is(p, T.Walrus) && value.kind !== "Name") {
    return failAt("walrus-target", value, describeExpression(value));
  }
  const isCommand = value.kind === "Name" && (value.id === "print" || value.id === "exec");
  if (!isCommand || !startsExpression(p.kind)) return failHere(p);
  const start = p.at;
  if (canParseExpression(p)) {
    return failAt("missing-call-parentheses", { start: value.start, end: lastEnd(p) }, value.id);
  }
  moveTo(p, start);
  return failHere(p);
}

/** After 'as', before what is no single name. */
export function failNameAfterAs(
  p: Parser,
  reason: "import-target" | "except-target" | "except-star-target" | "pattern-target",
): never {
  if (!startsExpression(p.kind)) return failHere(p);
  const target = parseExpression(p);
  if (target.kind === "Name") return failHere(p);
  return failAt(reason, target, describeExpression(target));
}

/** After the block of a `try` that has neither `except` nor `finally`. */
export function failTry(p: Parser): never {
  return failToken(p, "expected-except");
}
