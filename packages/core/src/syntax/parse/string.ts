/** String, f-string and t-string expressions, and what stands side by side as one. (Python's grammar: strings, fstring, tstring.) */

import type { Refusal } from "../../refusal.js";
import type {
  Constant,
  Expression,
  FormattedValue,
  Interpolation,
  JoinedStr,
  StringConstant,
  Text,
} from "../ast.js";
import { decodeBytes, decodeMiddle, decodeString, joinTexts } from "../literal.js";
import { StringFlag, T } from "../tokens.js";
import { failFieldEnd, failFieldStart } from "./diagnose.js";
import { parseYieldOrStarExpressions, startsExpression } from "./expression.js";
import {
  accept,
  advance,
  descend,
  failAt,
  failHere,
  failToken,
  is,
  lastEnd,
  ParseFailure,
  type Parser,
  startOf,
  tokenText,
} from "./state.js";

type Part = StringConstant | FormattedValue | Interpolation;

/** The parts of a template so far. Text is kept apart until a field or the end comes. */
interface Parts {
  readonly done: Part[];
  readonly texts: Text[];
  textStart: number;
  textEnd: number;
  prefix: "u" | null;
}

function createParts(): Parts {
  return { done: [], texts: [], textStart: 0, textEnd: 0, prefix: null };
}

function addText(parts: Parts, start: number, end: number, text: Text, prefix: "u" | null): void {
  if (parts.texts.length === 0) {
    parts.textStart = start;
    parts.prefix = prefix;
  }
  parts.texts.push(text);
  parts.textEnd = end;
}

/** Makes one constant of the texts since the last field. */
function flushText(parts: Parts): StringConstant | null {
  if (parts.texts.length === 0) return null;
  const { textStart: start, textEnd: end, prefix } = parts;
  const value = joinTexts(parts.texts);
  parts.texts.length = 0;
  return { kind: "Constant", start, end, type: "str", value, prefix };
}

function addPart(parts: Parts, part: Part): void {
  const text = flushText(parts);
  if (text !== null && text.value.length > 0) parts.done.push(text);
  parts.done.push(part);
}

function finishParts(parts: Parts): Part[] {
  const text = flushText(parts);
  if (text !== null && text.value.length > 0) parts.done.push(text);
  return parts.done;
}

/** strings: (fstring | tstring | STRING)+ */
export function parseStrings(p: Parser): Expression {
  const start = startOf(p);
  if (is(p, T.String) && !isStringStart(p.kinds[p.at + 1])) return parsePlainString(p);
  const parts = createParts();
  let formatted = false;
  let interpolated = false;
  let plain = false;
  let bytes: string | null = null;
  while (isStringStart(p.kind)) {
    if (is(p, T.TemplateStart)) {
      const isInterpolated = ((p.data[p.at] ?? 0) & StringFlag.Interpolated) !== 0;
      if (isInterpolated) interpolated = true;
      else formatted = true;
      parseTemplate(p, parts, isInterpolated ? "t-string" : "f-string");
    } else {
      const literal = parsePlainString(p);
      if (literal.type === "bytes") bytes = (bytes ?? "") + literal.value;
      else if (literal.type === "str") {
        plain = true;
        addText(parts, literal.start, literal.end, literal.value, literal.prefix);
      }
    }
  }
  const end = lastEnd(p);
  if (bytes !== null) {
    if (plain || formatted || interpolated) failAt("mixed-bytes", { start, end });
    return { kind: "Constant", start, end, type: "bytes", value: bytes, prefix: null };
  }
  if (interpolated) {
    if (plain || formatted) failAt("mixed-templates", { start, end });
    const values = finishParts(parts).filter((part) => part.kind !== "FormattedValue");
    return { kind: "TemplateStr", start, end, values };
  }
  if (formatted) {
    const values = finishParts(parts).filter((part) => part.kind !== "Interpolation");
    return { kind: "JoinedStr", start, end, values };
  }
  const text = flushText(parts);
  const prefix = text?.prefix ?? null;
  return { kind: "Constant", start, end, type: "str", value: text?.value ?? "", prefix };
}

function isStringStart(kind: T | undefined): boolean {
  return kind === T.String || kind === T.TemplateStart;
}

function parsePlainString(p: Parser): Constant {
  const start = startOf(p);
  const end = p.ends[p.at] ?? 0;
  const data = p.data[p.at] ?? 0;
  if (data & StringFlag.Bytes) {
    const decoded = decodeBytes(p.source, start, end, data);
    if (!decoded.ok) return failRefusal(decoded.fault, start, end);
    advance(p);
    return { kind: "Constant", start, end, type: "bytes", value: decoded.value, prefix: null };
  }
  const decoded = decodeString(p.source, start, end, data);
  if (!decoded.ok) return failRefusal(decoded.fault, start, end);
  advance(p);
  const prefix = data & StringFlag.Unicode ? "u" : null;
  return { kind: "Constant", start, end, type: "str", value: decoded.value, prefix };
}

type TemplateName = "f-string" | "t-string";

/** fstring: FSTRING_START fstring_middle* FSTRING_END, and the same of tstring. */
function parseTemplate(p: Parser, parts: Parts, name: TemplateName): void {
  advance(p);
  parseMiddles(p, parts, name, false);
  if (!is(p, T.TemplateEnd)) failHere(p);
  advance(p);
}

/** fstring_middle*: FSTRING_MIDDLE | fstring_replacement_field */
function parseMiddles(p: Parser, parts: Parts, name: TemplateName, inFormat: boolean): void {
  for (;;) {
    if (is(p, T.TemplateMiddle)) {
      const start = startOf(p);
      const end = p.ends[p.at] ?? 0;
      const decoded = decodeMiddle(p.source, start, end, p.data[p.at] ?? 0);
      if (!decoded.ok) failRefusal(decoded.fault, start, end);
      else addText(parts, start, end, decoded.value, null);
      advance(p);
    } else if (is(p, T.LeftBrace)) parseField(p, parts, name, inFormat);
    else return;
  }
}

/** fstring_replacement_field: '{' annotated_rhs ['='] ['!' NAME] [':' format_spec] '}' */
function parseField(p: Parser, parts: Parts, name: TemplateName, inFormat: boolean): void {
  descend(p);
  const start = startOf(p);
  advance(p);
  const first = p.at;
  if (!startsExpression(p.kind) && !is(p, T.Yield)) failFieldStart(p, name);
  const value = parseYieldOrStarExpressions(p);
  const expressionEnd = startOf(p);
  const debug = accept(p, T.Assign);
  if (debug) addText(parts, start + 1, startOf(p), debugText(p, first, p.at), null);
  let conversion = is(p, T.Exclamation) ? parseConversion(p, name) : -1;
  const format_spec = is(p, T.Colon) ? parseFormatSpecification(p, name) : null;
  if (!is(p, T.RightBrace)) failFieldEnd(p, name, debug, conversion !== -1);
  advance(p);
  const end = lastEnd(p);
  if (debug && conversion === -1 && format_spec === null) conversion = 114;
  if (name === "t-string" && !inFormat) {
    const str = p.source.slice(start + 1, expressionEnd).trimEnd();
    addPart(parts, { kind: "Interpolation", start, end, value, str, conversion, format_spec });
  } else {
    addPart(parts, { kind: "FormattedValue", start, end, value, conversion, format_spec });
  }
  p.depth--;
}

/**
 * The text of a field from its `{` to the token `last`, with its white space but
 * without its comments: what `=` puts before the value.
 */
function debugText(p: Parser, first: number, last: number): string {
  const start = (p.starts[first - 1] ?? 0) + 1;
  const whole = p.source.slice(start, p.starts[last]);
  if (!whole.includes("#")) return whole.replace(/\r\n?/g, "\n");
  let text = "";
  let end = start;
  for (let index = first; index <= last; index++) {
    const gap = p.source.slice(end, p.starts[index]);
    text += gap.replace(/#[^\r\n]*/g, "");
    if (index < last) text += p.source.slice(p.starts[index], p.ends[index]);
    end = p.ends[index] ?? end;
  }
  return text.replace(/\r\n?/g, "\n");
}

/** fstring_conversion: '!' NAME, at once after the mark. */
function parseConversion(p: Parser, name: TemplateName): number {
  const mark = p.ends[p.at] ?? 0;
  advance(p);
  if (is(p, T.RightBrace) || is(p, T.Colon)) {
    failToken(p, "template-missing-conversion", name);
  }
  if (startOf(p) !== mark) failToken(p, "template-conversion-space", name);
  const text = tokenText(p);
  if (!is(p, T.Name) || (text !== "s" && text !== "r" && text !== "a")) {
    failToken(p, "template-invalid-conversion", name, text);
  }
  advance(p);
  return text.charCodeAt(0);
}

/** ':' fstring_format_spec* */
function parseFormatSpecification(p: Parser, name: TemplateName): JoinedStr {
  const start = startOf(p);
  advance(p);
  const parts = createParts();
  parseMiddles(p, parts, name, true);
  const values = finishParts(parts).filter((part) => part.kind !== "Interpolation");
  return { kind: "JoinedStr", start, end: lastEnd(p), values };
}

function failRefusal(refusal: Refusal, start: number, end: number): never {
  throw new ParseFailure(refusal.reason, refusal.args, start, end);
}
