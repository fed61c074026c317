/** Parameters of functions and lambdas, and type parameters. (Python's grammar: parameters, lambda_parameters, type_params.) */
import type { Argument, Arguments, Expression, Lambda, TypeParameter } from "../ast.js";
import { T } from "../tokens.js";
import { failParameter } from "./diagnose.js";
import { parseExpression, parseStarred } from "./expression.js";
import {
  accept,
  advance,
  descend,
  expect,
  failAt,
  failToken,
  is,
  lastEnd,
  nameAt,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
} from "./state.js";

/** lambdef: 'lambda' [lambda_params] ':' expression */
export function parseLambda(p: Parser): Lambda {
  descend(p);
  const start = startOf(p);
  advance(p);
  const args = parseParameters(p, T.Colon, false);
  if (!is(p, T.Colon)) failToken(p, "expected-colon");
  advance(p);
  if (is(p, T.TemplateMiddle)) failAt("template-lambda", { start, end: lastEnd(p) }, "f-string");
  const body = parseExpression(p);
  p.depth--;
  return { kind: "Lambda", start, end: lastEnd(p), args, body };
}

/** What has been read of a list of parameters. */
interface ParameterLists {
  posonlyargs: Argument[];
  args: Argument[];
  readonly kwonlyargs: Argument[];
  readonly kw_defaults: (Expression | null)[];
  readonly defaults: Expression[];
}

/** parameters, up to and without `close`. Those of a lambda have no annotations. */
export function parseParameters(p: Parser, close: T, annotated: boolean): Arguments {
  const start = startOf(p);
  const lists: ParameterLists = {
    posonlyargs: [],
    args: [],
    kwonlyargs: [],
    kw_defaults: [],
    defaults: [],
  };
  let vararg: Argument | null = null;
  let kwarg: Argument | null = null;
  let starSeen = false;
  let slashSeen = false;
  while (!is(p, close)) {
    if (kwarg !== null) failToken(p, "parameter-after-kwargs");
    if (is(p, T.Name)) {
      parsePlainParameter(p, close, annotated, lists, starSeen);
    } else if (is(p, T.Star)) {
      if (starSeen) failToken(p, "star-twice");
      starSeen = true;
      advance(p);
      vararg = parseStarParameter(p, close, annotated);
    } else if (accept(p, T.DoubleStar)) {
      kwarg = parseParameter(p, annotated, false);
      if (is(p, T.Assign)) failToken(p, "kwargs-default");
    } else if (is(p, T.Slash)) {
      parseSlash(p, lists, starSeen, slashSeen);
      slashSeen = true;
    } else failParameter(p, annotated);
    if (!accept(p, T.Comma)) break;
  }
  const { posonlyargs, args, kwonlyargs, kw_defaults, defaults } = lists;
  const end = Math.max(start, lastEnd(p));
  return {
    kind: "arguments",
    start,
    end,
    posonlyargs,
    args,
    vararg,
    kwonlyargs,
    kw_defaults,
    kwarg,
    defaults,
  };
}

/** param_no_default, param_with_default and param_maybe_default */
function parsePlainParameter(
  p: Parser,
  close: T,
  annotated: boolean,
  lists: ParameterLists,
  isKeywordOnly: boolean,
): void {
  const start = startOf(p);
  const parameter = parseParameter(p, annotated, false);
  const hasDefault = accept(p, T.Assign);
  if (hasDefault && (is(p, close) || is(p, T.Comma))) failToken(p, "expected-default");
  const value = hasDefault ? parseExpression(p) : null;
  if (isKeywordOnly) {
    lists.kwonlyargs.push(parameter);
    lists.kw_defaults.push(value);
    return;
  }
  lists.args.push(parameter);
  if (value !== null) lists.defaults.push(value);
  else if (lists.defaults.length > 0) {
    failAt("parameter-without-default", { start, end: lastEnd(p) });
  }
}

/** '*' alone, or with the parameter that takes the other positional arguments. */
function parseStarParameter(p: Parser, close: T, annotated: boolean): Argument | null {
  if (is(p, T.Name)) {
    const parameter = parseParameter(p, annotated, true);
    if (is(p, T.Assign)) failToken(p, "args-default");
    return parameter;
  }
  const next = peek(p, 1);
  if (is(p, close) || (is(p, T.Comma) && (next === close || next === T.DoubleStar))) {
    failToken(p, "bare-star");
  }
  if (!is(p, T.Comma)) failParameter(p, annotated);
  return null;
}

function parseSlash(p: Parser, lists: ParameterLists, starSeen: boolean, slashSeen: boolean): void {
  if (slashSeen) failToken(p, "slash-twice");
  if (starSeen) failToken(p, "slash-after-star");
  if (lists.args.length === 0) failToken(p, "slash-first");
  advance(p);
  if (is(p, T.Star)) failToken(p, "expected-comma-after-slash");
  lists.posonlyargs = lists.args;
  lists.args = [];
}

/** param: NAME [annotation];  param_no_default_star_annotation: NAME ':' star_expression */
function parseParameter(p: Parser, annotated: boolean, starred: boolean): Argument {
  if (!is(p, T.Name)) failParameter(p, annotated);
  const start = startOf(p);
  const arg = nameAt(p, p.at);
  advance(p);
  let annotation: Expression | null = null;
  if (annotated && accept(p, T.Colon)) {
    annotation = starred && is(p, T.Star) ? parseStarred(p) : parseExpression(p);
  }
  return { kind: "arg", start, end: lastEnd(p), arg, annotation };
}

/** type_params: '[' type_param_seq ']' */
export function parseTypeParameters(p: Parser): TypeParameter[] {
  if (!is(p, T.LeftBracket)) return [];
  advance(p);
  if (is(p, T.RightBracket)) failToken(p, "empty-type-parameters");
  const parameters: TypeParameter[] = [];
  while (!is(p, T.RightBracket)) {
    parameters.push(parseTypeParameter(p));
    if (!accept(p, T.Comma)) break;
  }
  expect(p, T.RightBracket);
  return parameters;
}

/** type_param: NAME [':' expression] [default] | '*' NAME [default] | '**' NAME [default] */
function parseTypeParameter(p: Parser): TypeParameter {
  const start = startOf(p);
  if (accept(p, T.Star)) {
    const name = parseIdentifier(p);
    if (is(p, T.Colon)) failBound(p, "TypeVarTuple");
    const default_value = accept(p, T.Assign) ? parseStarredDefault(p) : null;
    return { kind: "TypeVarTuple", start, end: lastEnd(p), name, default_value };
  }
  if (accept(p, T.DoubleStar)) {
    const name = parseIdentifier(p);
    if (is(p, T.Colon)) failBound(p, "ParamSpec");
    const default_value = accept(p, T.Assign) ? parseExpression(p) : null;
    return { kind: "ParamSpec", start, end: lastEnd(p), name, default_value };
  }
  const name = parseIdentifier(p);
  const bound = accept(p, T.Colon) ? parseExpression(p) : null;
  const default_value = accept(p, T.Assign) ? parseExpression(p) : null;
  return { kind: "TypeVar", start, end: lastEnd(p), name, bound, default_value };
}

function parseStarredDefault(p: Parser): Expression {
  return is(p, T.Star) ? parseStarred(p) : parseExpression(p);
}

function failBound(p: Parser, kind: string): never {
  advance(p);
  const constrained = parseExpression(p).kind === "Tuple";
  return failToken(p, constrained ? "type-parameter-constraints" : "type-parameter-bound", kind);
}
