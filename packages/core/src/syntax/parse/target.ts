/** Targets: expressions that can be assigned to or deleted. (Python's grammar: star_targets, del_targets.) */
import type { Expression, ExpressionContext } from "../ast.js";
import { T } from "../tokens.js";
import { failTarget } from "./diagnose.js";
import { Precedence, parseOperators, parseStarred, startsExpression } from "./expression.js";
import { accept, is, lastEnd, type Parser, startOf } from "./state.js";

/** How a target is used: first in an assignment, elsewhere in one or after 'as', deleted, or in a loop. */
export type TargetUse = "assign" | "again" | "delete" | "loop";

/** star_targets: one target, or with commas a tuple. Stops before 'in'. */
export function parseTargets(p: Parser): Expression {
  const start = startOf(p);
  const first = parseTargetElement(p);
  let target = first;
  if (is(p, T.Comma)) {
    const elts = [first];
    while (accept(p, T.Comma)) {
      if (!startsExpression(p.kind)) break;
      elts.push(parseTargetElement(p));
    }
    target = { kind: "Tuple", start, end: lastEnd(p), elts, ctx: "Load" };
  }
  toTarget(p, target, "Store", "loop");
  return target;
}

/** star_target: '*' (!'*' star_target) | target_with_star_atom */
function parseTargetElement(p: Parser): Expression {
  return is(p, T.Star) ? parseStarred(p) : parseOperators(p, Precedence.BitOr);
}

/** star_target, after 'as'. */
export function parseWithTarget(p: Parser): Expression {
  const target = parseTargetElement(p);
  toTarget(p, target, "Store", "again");
  return target;
}

/**
 * Makes a target of what was read as an expression. The tree is still the
 * parser's own here, so that its contexts may be set in place.
 */
export function toTarget(
  p: Parser,
  expression: Expression,
  ctx: ExpressionContext,
  use: TargetUse,
): void {
  const invalid = invalidTarget(expression, ctx);
  if (invalid !== null) failTarget(p, expression, invalid, use);
}

/** Sets the context of a target and of its elements; gives the first that can be none. */
function invalidTarget(expression: Expression, ctx: ExpressionContext): Expression | null {
  switch (expression.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
      setContext(expression, ctx);
      return null;
    case "Starred":
      if (ctx === "Del") return expression;
      setContext(expression, ctx);
      return expression.value.kind === "Starred"
        ? expression.value
        : invalidTarget(expression.value, ctx);
    case "List":
    case "Tuple":
      setContext(expression, ctx);
      for (const element of expression.elts) {
        const invalid = invalidTarget(element, ctx);
        if (invalid !== null) return invalid;
      }
      return null;
    default:
      return expression;
  }
}

function setContext(node: { ctx: ExpressionContext }, ctx: ExpressionContext): void {
  node.ctx = ctx;
}
