/** Functions, classes and their decorators. (Python's grammar: decorators, class_def, function_def.) */
import type { Expression, Keyword, Statement } from "../ast.js";
import { T } from "../tokens.js";
import { lastTokenEnd } from "./compound.js";
import { failParameter } from "./diagnose.js";
import { parseExpression, parseNamedExpression } from "./expression.js";
import { parseParameters, parseTypeParameters } from "./parameters.js";
import { parseArguments } from "./primary.js";
import {
  accept,
  advance,
  expect,
  failHere,
  failToken,
  is,
  type Parser,
  parseIdentifier,
  startOf,
} from "./state.js";
import { parseColonBlock } from "./statement.js";

/** decorators: ('@' named_expression NEWLINE)+, and what they decorate. */
export function parseDecorated(p: Parser): Statement {
  const decorators: Expression[] = [];
  while (accept(p, T.At)) {
    decorators.push(parseNamedExpression(p));
    expect(p, T.Newline);
  }
  const start = startOf(p);
  if (is(p, T.Class)) return parseClass(p, decorators);
  const isAsync = accept(p, T.Async);
  if (!is(p, T.Def)) failHere(p);
  return parseFunction(p, decorators, start, isAsync);
}

/** function_def_raw: ['async'] 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' block */
export function parseFunction(
  p: Parser,
  decorator_list: readonly Expression[],
  start: number,
  isAsync: boolean,
): Statement {
  const keyword = startOf(p);
  advance(p);
  const name = parseIdentifier(p);
  const type_params = parseTypeParameters(p);
  if (!is(p, T.LeftParen)) failToken(p, "expected-parenthesis");
  advance(p);
  const args = parseParameters(p, T.RightParen, true);
  if (!is(p, T.RightParen)) failParameter(p, true);
  advance(p);
  const returns = accept(p, T.Arrow) ? parseExpression(p) : null;
  const body = parseColonBlock(p, "function definition", keyword);
  const end = lastTokenEnd(p);
  return isAsync
    ? {
        kind: "AsyncFunctionDef",
        start,
        end,
        name,
        args,
        body,
        decorator_list,
        returns,
        type_params,
      }
    : { kind: "FunctionDef", start, end, name, args, body, decorator_list, returns, type_params };
}

/** class_def_raw: 'class' NAME [type_params] ['(' [arguments] ')'] ':' block */
export function parseClass(p: Parser, decorator_list: readonly Expression[]): Statement {
  const start = startOf(p);
  advance(p);
  const name = parseIdentifier(p);
  const type_params = parseTypeParameters(p);
  const bases: Expression[] = [];
  const keywords: Keyword[] = [];
  if (is(p, T.LeftParen)) parseArguments(p, bases, keywords);
  const body = parseColonBlock(p, "class definition", start);
  const end = lastTokenEnd(p);
  return { kind: "ClassDef", start, end, name, bases, keywords, body, decorator_list, type_params };
}
