/**
 * f-strings and t-strings. Every part is printed first; then the first quote
 * style that no part holds is taken. Where all are taken, fields share the
 * quotes around them (PEP 701).
 */
import type { FormattedValue, Interpolation, StringConstant, Text } from "../ast.js";
import { printExpression } from "./expression.js";
import { TEST } from "./precedence.js";
import type { Printer } from "./printer.js";
import {
  ALL_STYLES,
  escapeCharacter,
  fitQuotes,
  MARK_LINE_BREAK,
  marksOf,
  QUOTES,
  type Styles,
  TRIPLE_STYLES,
  tripleSingleText,
} from "./string.js";

type Field = FormattedValue | Interpolation;
type Part = StringConstant | Field;

/** A literal part (its text with doubled braces), or a field as it is printed and its marks. */
type PrintedPart =
  | { readonly literal: Text }
  | { readonly literal: null; readonly text: string; readonly marks: number };

/** JoinedStr(expr* values), TemplateStr(expr* values) */
export function printFormatted(p: Printer, prefix: "f" | "t", values: readonly Part[]): void {
  const outerText = p.text;
  const outerMarks = p.marks;
  const parts: PrintedPart[] = [];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    if (value === undefined) break;
    if (value.kind === "Constant") {
      parts.push({ literal: doubleBraces(value.value) });
    } else {
      p.text = "";
      p.marks = 0;
      printField(p, value);
      parts.push({ literal: null, text: p.text, marks: p.marks });
    }
  }
  p.marks = 0;
  const body = joinParts(p, parts);
  p.text = outerText + prefix + body;
  p.marks |= outerMarks;
}

/** The parts between the quotes that fit them; leaves the marks of it all in `p.marks`. */
function joinParts(p: Printer, parts: readonly PrintedPart[]): string {
  let styles: Styles = ALL_STYLES;
  let text = "";
  for (const part of parts) {
    if (part.literal === null) {
      styles = stylesBeside(part.marks, styles);
      text += part.text;
      p.marks |= part.marks;
    } else {
      const fit = fitQuotes(part.literal, styles, false);
      if (!haveCommon(styles, fit.styles)) return joinInTripleSingle(p, parts);
      styles = fit.styles;
      text += fit.text;
      p.marks |= marksOf(fit.text);
    }
  }
  const quote = QUOTES[styles[0] ?? 0] ?? "";
  p.marks |= marksOf(quote);
  return quote + text + quote;
}

function haveCommon(left: Styles, right: Styles): boolean {
  return left === right || left.some((style) => right.includes(style));
}

/** The styles that can stand around a field; all of them where none is free. */
function stylesBeside(marks: number, styles: Styles): Styles {
  if (marks === 0) return styles;
  const fitting =
    (marks & MARK_LINE_BREAK) === 0
      ? styles
      : styles.filter((style) => TRIPLE_STYLES.includes(style));
  const free = fitting.filter((style) => (marks & (1 << style)) === 0);
  return free.length === 0 ? fitting : free;
}

/** The last resort, for literal parts that fit no style in common. */
function joinInTripleSingle(p: Printer, parts: readonly PrintedPart[]): string {
  let text = "";
  for (const part of parts) {
    const printed = part.literal === null ? part.text : tripleSingleText(part.literal);
    text += printed;
    p.marks |= part.literal === null ? part.marks : marksOf(printed);
  }
  p.marks |= marksOf("'''");
  return `'''${text}'''`;
}

/**
 * FormattedValue(expr value, int conversion, expr? format_spec)
 * Interpolation(expr value, constant str, int conversion, expr? format_spec)
 */
export function printField(p: Printer, node: Field): void {
  const outer = p.text;
  p.text = "";
  p.fields += 1;
  if (node.kind === "Interpolation" && p.naming === null) {
    p.text = node.str.startsWith("{") ? ` ${node.str}` : node.str;
    p.marks |= marksOf(node.str);
  } else {
    printExpression(p, node.value, TEST + 1);
  }
  p.fields -= 1;
  p.text = `${outer}{${p.text}`;
  if (node.conversion !== -1) p.text += `!${String.fromCharCode(node.conversion)}`;
  if (node.format_spec !== null) {
    p.text += ":";
    const values = node.format_spec.values;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i];
      if (value === undefined) break;
      if (value.kind === "Constant") printSpecification(p, value.value);
      else printField(p, value);
    }
  }
  p.text += "}";
}

/** The opening brace of a display, set off from the brace of a field that it begins. */
export function openBrace(p: Printer): string {
  return p.fields > 0 && p.text.length === 0 ? " {" : "{";
}

/**
 * A literal part of a format specification: quotes, backslashes and line breaks
 * are escaped. So is what CPython prints as it is but cannot read there: braces
 * (which it doubles), carriage returns, NUL and surrogates.
 */
function printSpecification(p: Printer, value: Text): void {
  const codes = typeof value === "string" ? Array.from(value, codeOf) : value;
  let text = "";
  for (const code of codes) {
    const character = String.fromCodePoint(code);
    text += NEEDS_ESCAPE.test(character) ? escapeCharacter(code) : character;
  }
  p.text += text;
  p.marks |= marksOf(text);
}

const NEEDS_ESCAPE = /^[\\'"\n\r\0{}\ud800-\udfff]$/u;

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function doubleBraces(value: Text): Text {
  if (typeof value === "string") return value.replaceAll("{", "{{").replaceAll("}", "}}");
  return value.flatMap((code) => (code === 0x7b || code === 0x7d ? [code, code] : code));
}
