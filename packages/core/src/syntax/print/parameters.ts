/** The parameters of functions and lambdas. */
import type { Argument, Arguments, Lambda } from "../ast.js";
import { printExpression } from "./expression.js";
import { TEST } from "./precedence.js";
import { nameIn, type Printer } from "./printer.js";

/** Lambda(arguments args, expr body) */
export function printLambda(p: Printer, node: Lambda, required: number): void {
  if (required > TEST) p.text += "(";
  p.text += "lambda";
  printParameters(p, node.args, " ");
  p.text += ": ";
  printExpression(p, node.body, TEST);
  if (required > TEST) p.text += ")";
}

/**
 * arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults,
 * arg? kwarg, expr* defaults), after `before` if there are any.
 */
export function printParameters(p: Printer, node: Arguments, before: string): void {
  const { posonlyargs, args, defaults, kwonlyargs } = node;
  const undefaulted = posonlyargs.length + args.length - defaults.length;
  let separator = before;
  for (let i = 0; i < posonlyargs.length + args.length; i += 1) {
    const parameter = i < posonlyargs.length ? posonlyargs[i] : args[i - posonlyargs.length];
    const value = defaults[i - undefaulted];
    if (parameter === undefined) break;
    p.text += separator;
    separator = ", ";
    printParameter(p, parameter);
    if (value !== undefined) {
      p.text += "=";
      printExpression(p, value, TEST);
    }
    if (i + 1 === posonlyargs.length) p.text += ", /";
  }
  if (node.vararg !== null || kwonlyargs.length > 0) {
    p.text += `${separator}*`;
    separator = ", ";
    if (node.vararg !== null) printParameter(p, node.vararg);
  }
  for (let i = 0; i < kwonlyargs.length; i += 1) {
    const parameter = kwonlyargs[i];
    const value = node.kw_defaults[i] ?? null;
    if (parameter === undefined) break;
    p.text += separator;
    printParameter(p, parameter);
    if (value !== null) {
      p.text += "=";
      printExpression(p, value, TEST);
    }
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
    printExpression(p, node.annotation, TEST);
  }
}
