/** What a user is told although the result stands (docs/normal-form.md, "Names": warnings). */
import type { Binding } from "../names/scope.js";
import type { FormattedValue, Interpolation, Node, Range } from "../syntax/ast.js";
import { spanOf, spansOf } from "../syntax/position.js";
import { unparse } from "../syntax/print/unparse.js";
import { docstringOf } from "./docstring.js";
import type { Warning, WarningCode, WarningDataByCode } from "./form.js";
import { knownCallee } from "./keywords.js";
import { referencedHash } from "./pool-reference.js";
import type { Program } from "./program.js";
import type { Renaming } from "./rename.js";
import { roleOf } from "./role.js";

/** A warning whose place is still a range. */
type Finding = {
  readonly [C in WarningCode]: {
    readonly code: C;
    readonly data: WarningDataByCode[C];
    readonly at: Range;
  };
}[WarningCode];

/** Gives the warnings about a program, in the order of the source. */
export function findWarnings(program: Program, renaming: Renaming): Warning[] {
  const findings: Finding[] = [
    ...dynamicNames(program),
    ...dynamicKeywords(program),
    ...debugFields(program),
    ...innerDocstrings(program),
    ...unusedImports(program),
    ...templateExpressions(program, renaming),
  ];
  if (findings.length === 0) return [];
  findings.sort((a, b) => a.at.start - b.at.start);
  const places = findings.map(({ at }) => at);
  const spans = spansOf(program.source, places);
  return findings.map(({ at, ...finding }, i): Warning => {
    return { ...finding, span: spans[i] ?? spanOf(program.source, at) };
  });
}

/** `locals()`, `vars()`, `dir()`, `globals()`; `eval` and `exec`, also where they are passed on. */
function dynamicNames({ free, inventory }: Program): Finding[] {
  const found = free.filter(({ id }) => id === "eval" || id === "exec");
  const seeing = new Set<Node>(free.filter(({ id }) => SEES_ITS_CALLER.has(id)));
  for (const { func, args, keywords } of seeing.size === 0 ? [] : inventory.calls) {
    const isBare = args.length === 0 && keywords.length === 0;
    if (isBare && func.kind === "Name" && seeing.has(func)) found.push(func);
  }
  return found.map((at) => ({ code: "dynamic-names", data: { name: at.id }, at }));
}

const SEES_ITS_CALLER = new Set(["locals", "vars", "dir", "globals"]);

/**
 * `**` in a call to the function itself; a keyword that equals a renamed parameter
 * while the callee is not known.
 */
function dynamicKeywords(program: Program): Finding[] {
  const findings: Finding[] = [];
  let parameters: ReadonlySet<string> | null = null;
  for (const { func, keywords } of program.inventory.calls) {
    if (keywords.length === 0 || referencedHash(func, program) !== null) continue;
    const callee = knownCallee(func, program);
    for (const keyword of keywords) {
      if (keyword.arg === null) {
        if (callee === program.definition) {
          findings.push({ code: "dynamic-keywords", data: { keyword: "**" }, at: keyword });
        }
      } else if (callee === null) {
        parameters ??= renamedParameters(program);
        if (parameters.has(keyword.arg)) {
          findings.push({ code: "dynamic-keywords", data: { keyword: keyword.arg }, at: keyword });
        }
      }
    }
  }
  return findings;
}

function renamedParameters(program: Program): ReadonlySet<string> {
  const parameters = new Set<string>();
  for (const node of program.inventory.binders) {
    if (node.kind !== "arg") continue;
    const binding = program.names.bindingAt(node);
    if (binding !== null && roleOf(binding, program) === "local") parameters.add(node.arg);
  }
  return parameters;
}

/** `f"{x=}"`: the spelling of the expression is text. */
function debugFields({ inventory, source }: Program): Finding[] {
  return inventory.fields
    .filter((field) => isDebugField(field, source))
    .map((field) => {
      const text = source.slice(field.value.start, field.value.end);
      return { code: "debug-f-string", data: { text }, at: field };
    });
}

/** The tree does not tell `{x=}` from `x={x!r}`: in the source, a `=` stands after the expression. */
function isDebugField({ value, end }: FormattedValue | Interpolation, source: string): boolean {
  for (let at = value.end; at < end; at += 1) {
    const char = source.charAt(at);
    if (char === "#") at = endOfLine(source, at);
    else if (!AFTER_EXPRESSION.includes(char)) return char === "=";
  }
  return false;
}

/** What may stand between an expression and its `=`. */
const AFTER_EXPRESSION = " \t\f\r\n\\),";

function endOfLine(source: string, start: number): number {
  let at = start;
  while (at < source.length && source[at] !== "\n" && source[at] !== "\r") at += 1;
  return at;
}

/** Human language that is part of the code, and hashed. */
function innerDocstrings({ inventory, definition }: Program): Finding[] {
  return inventory.definitions.flatMap((node): Finding[] => {
    const docstring = node === definition ? null : docstringOf(node.body);
    if (docstring === null) return [];
    return [{ code: "inner-docstring", data: { name: node.name }, at: docstring }];
  });
}

/** An import, at the top or inside the function, that binds a name which nothing refers to. */
function unusedImports({ names, inventory }: Program): Finding[] {
  if (inventory.imports.length === 0) return [];
  /** By the index of the binding. */
  const used: boolean[] = [];
  names.forEach((node, binding) => {
    if (node.kind === "Name" && node.ctx === "Load" && binding !== null) used[binding.index] = true;
  });
  for (const { target } of inventory.augmented) {
    const binding = target.kind === "Name" ? names.bindingAt(target) : null;
    if (binding !== null) used[binding.index] = true;
  }
  const elsewhere: (boolean | undefined)[] = [];
  return inventory.imports.flatMap((statement) => {
    if (statement.kind === "ImportFrom" && statement.module === "__future__") return [];
    return statement.names.flatMap((node): Finding[] => {
      const binding = names.bindingAt(node);
      // A class body's is an attribute; what is declared `global` is for others.
      if (binding === null || used[binding.index]) return [];
      elsewhere[binding.index] ??= isSeenElsewhere(binding);
      if (elsewhere[binding.index]) return [];
      return [{ code: "unused-import", data: { name: binding.name }, at: node }];
    });
  });
}

function isSeenElsewhere({ scope, definitions }: Binding): boolean {
  return scope.kind === "class" || definitions.some(({ form }) => form === "global");
}

/** A t-string remembers the renamed text of its expressions instead of the text in the source. */
function templateExpressions({ inventory }: Program, renaming: Renaming): Finding[] {
  return inventory.fields.flatMap((node): Finding[] => {
    if (node.kind !== "Interpolation") return [];
    if (unparse(node.value, renaming) === node.str) return [];
    return [{ code: "template-expression", data: { text: node.str }, at: node }];
  });
}
