/**
 * What IPython adds to Python: lines for the shell and for magics, help with `?`, and
 * cells that begin with `%%`. They are taken out so that lines and columns stay where
 * they are, and those that may reach the pool are told.
 */
import type { Span } from "../result.js";
import type { Range } from "../syntax/ast.js";
import { parse } from "../syntax/parse/module.js";
import { spansOf } from "../syntax/position.js";
import { endOfLine, logicalLines } from "./logical-lines.js";

export interface PlainCell {
  /** The Python of the cell, at its own lines and columns. */
  readonly text: string;
  readonly magics: readonly Magic[];
  /** How many columns of indentation were taken off each line. */
  readonly indentation: number;
}
/** A magic that names the pool, and is no Python that can be read. */
export interface Magic {
  /** `!`, or the magic with its `%` or `%%`. */
  readonly name: string;
  readonly span: Span;
}

/** Takes the magics out of the source of a cell. */
export function takeMagics(source: string): PlainCell {
  // IPython takes the indentation of the first line off all lines.
  const [, indentation = ""] = /^\s*?([ \t]*)(?=\S)/.exec(source) ?? [];
  const text = indentation === "" ? source : withoutIndentation(source, indentation);
  const { text: python, magics } = takeFlush(text);
  const spans = spansOf(text, magics);
  return {
    text: python,
    magics: magics.flatMap(({ name }, index) => {
      const span = spans[index];
      return span === undefined ? [] : [{ name, span }];
    }),
    indentation: indentation.length,
  };
}

function withoutIndentation(source: string, indentation: string): string {
  return source
    .split(/(\r\n?|\n)/)
    .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
    .join("");
}

interface Taken {
  readonly text: string;
  readonly magics: readonly TakenMagic[];
}
interface TakenMagic extends Range {
  readonly name: string;
}

function takeFlush(source: string): Taken {
  const head = /^\s*(%%[\w!]*)/.exec(source);
  if (head !== null) return takeCellMagic(source, head[0].length, head[1] ?? "%%");
  return parse(source).ok ? { text: source, magics: [] } : takeLineMagics(source);
}

/** What these are given, or the cell below them, is Python that is read. */
const PYTHON = /^%%?(?:time|timeit|capture|prun|debug|memit|mprun|lprun|python[23]?|pypy)$/;
/** These show the cell, and run nothing. */
const SHOWN = /^%%(?:html|HTML|markdown|latex|svg|SVG)$/;

/** `headEnd` is where the name of the magic ends. */
function takeCellMagic(source: string, headEnd: number, name: string): Taken {
  if (SHOWN.test(name)) return { text: "", magics: [] };
  const start = headEnd - name.length;
  const lineEnd = endOfLine(source, headEnd);
  const line = source.slice(start, lineEnd);
  const rest = takeMagicsBelow(source, lineEnd);
  const python = PYTHON.test(name) ? pythonAfter(line, name.length) : null;
  if (python !== null && parse(python).ok) {
    return { text: blank(source.slice(0, start)) + python + rest.text, magics: rest.magics };
  }
  const magics = reachesPool(name, line.slice(name.length)) ? [{ name, start, end: lineEnd }] : [];
  const isPython = PYTHON.test(name) || parse(rest.text).ok;
  if (isPython) {
    const text = blank(source.slice(0, lineEnd)) + rest.text;
    return { text, magics: [...magics, ...rest.magics] };
  }
  const reaches = reachesPool(name, source.slice(headEnd));
  return { text: "", magics: reaches ? [{ name, start, end: source.length }] : [] };
}

/** A cell of Python below a line with `%%` may have magics of its own. */
function takeMagicsBelow(source: string, start: number): Taken {
  const padded = blank(source.slice(0, start)) + source.slice(start);
  const { text, magics } = parse(padded).ok ? { text: padded, magics: [] } : takeLineMagics(padded);
  return { text: text.slice(start), magics };
}

function takeLineMagics(source: string): Taken {
  const magics: TakenMagic[] = [];
  let text = "";
  let done = 0;
  for (const { start, end } of logicalLines(source)) {
    const line = source.slice(start, end);
    const taken = takeLine(line);
    if (taken === null) continue;
    text += source.slice(done, start) + taken.text;
    done = end;
    if (taken.name !== null) {
      const indentation = line.length - line.trimStart().length;
      magics.push({ name: taken.name, start: start + indentation, end });
    }
  }
  return { text: text + source.slice(done), magics };
}

/** The Python that stands for a line; `null` where the line is Python itself. */
function takeLine(line: string): { text: string; name: string | null } | null {
  const [, indentation = "", target = "", rest = ""] = LINE.exec(line) ?? [];
  const head = ESCAPE.exec(rest)?.[0];
  if (head === undefined) {
    const isHelp = target === "" && HELP.test(rest);
    return isHelp ? { text: `${indentation}pass${lineEndsOf(line)}`, name: null } : null;
  }
  if (target !== "" && !/^[%!]/.test(head)) return null;
  if (PYTHON.test(head) && target === "") {
    const python = pythonAfter(rest, head.length);
    if (python !== null && parse(python).ok) return { text: indentation + python, name: null };
  }
  const name = head.startsWith("!") ? "!" : head;
  return {
    text: `${indentation}${target}${target === "" ? "pass" : "0"}${lineEndsOf(rest)}`,
    name: reachesPool(name, rest.slice(head.length)) ? name : null,
  };
}

/** A line: its indentation, `names =` where it keeps what a magic gives, and the rest. */
const LINE = /^([ \t\f]*)((?:[^=#%!]+=[ \t]*(?=[%!](?!=)))?)(.*)$/s;
const ESCAPE = /^(?:%%?\w+|%|!!?|\?\??|[,;/](?=\S))/;
const HELP = /^%{0,2}[\w.*\\[\]]+\?\??\s*(?:#.*)?$/;

/** What follows a magic, at its column, behind a statement that does nothing; `null` where nothing does. */
function pythonAfter(line: string, nameEnd: number): string | null {
  const [options = ""] = /^(?:\s+-\w+(?:\s+\d+)?)*\s*/.exec(line.slice(nameEnd)) ?? [];
  const from = nameEnd + options.length;
  if (line.slice(from).trim() === "" || /[\r\n]/.test(options)) return null;
  return `0${" ".repeat(Math.max(0, from - 2))};${line.slice(from)}`;
}

/** All but line ends become spaces. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

/** The line ends within a line of several. */
function lineEndsOf(line: string): string {
  return line.replace(/[^\r\n]/g, "");
}

/** May what a magic is given reach the pool? `pip install ouverture` does not. */
function reachesPool(name: string, text: string): boolean {
  if (name.startsWith("?")) return false;
  if (REACHES.test(text)) return true;
  if (!text.includes("ouverture")) return false;
  return CALLS.test(name) || RUNS_PYTHON.test(text) || (LOADS.test(name) && MODULE.test(text));
}
const REACHES = /\bouverture\s*\.\s*pool\b|\b(?:from|import)\s+ouverture\b|\bobject_[0-9a-f]{64}\b/;
/** `;f x` calls `f("x")`. */
const CALLS = /^[,;/]/;
const RUNS_PYTHON = /\bpy(?:thon|py)?[\d.]*\s[^\n|;&]*-\w*[cm]\b/;
/** These run or import what they are given by name. */
const LOADS = /^%%?(?:run|load|loadpy|load_ext|reload_ext|aimport)$/;
const MODULE = /(?:^|\s)ouverture(?:\.\w+)*(?=\s|$)/;
