/**
 * How tightly each expression binds. A node is printed at the level that its
 * place requires, and in parentheses where its own is lower.
 */
import type { BinaryOperator, BooleanOperator, ComparisonOperator, UnaryOperator } from "../ast.js";

export const TUPLE = 1;
export const YIELD = 2;
/** Conditional expressions and lambdas; also what a place without a rule requires. */
export const TEST = 3;
export const OR = 4;
export const AND = 5;
export const NOT = 6;
export const COMPARISON = 7;
export const BIT_OR = 8;
export const FACTOR = 14;
export const POWER = 15;
export const AWAIT = 16;
export const ATOM = 17;

export const BINARY_SYMBOL: Readonly<Record<BinaryOperator, string>> = {
  Add: " + ",
  Sub: " - ",
  Mult: " * ",
  MatMult: " @ ",
  Div: " / ",
  Mod: " % ",
  Pow: " ** ",
  LShift: " << ",
  RShift: " >> ",
  BitOr: " | ",
  BitXor: " ^ ",
  BitAnd: " & ",
  FloorDiv: " // ",
};

export const BINARY_LEVEL: Readonly<Record<BinaryOperator, number>> = {
  Add: 12,
  Sub: 12,
  Mult: 13,
  MatMult: 13,
  Div: 13,
  Mod: 13,
  Pow: POWER,
  LShift: 11,
  RShift: 11,
  BitOr: BIT_OR,
  BitXor: 9,
  BitAnd: 10,
  FloorDiv: 13,
};

export const BOOLEAN_SYMBOL: Readonly<Record<BooleanOperator, string>> = {
  And: " and ",
  Or: " or ",
};

export const UNARY_SYMBOL: Readonly<Record<UnaryOperator, string>> = {
  Invert: "~",
  Not: "not ",
  UAdd: "+",
  USub: "-",
};

export const COMPARISON_SYMBOL: Readonly<Record<ComparisonOperator, string>> = {
  Eq: " == ",
  NotEq: " != ",
  Lt: " < ",
  LtE: " <= ",
  Gt: " > ",
  GtE: " >= ",
  Is: " is ",
  IsNot: " is not ",
  In: " in ",
  NotIn: " not in ",
};
