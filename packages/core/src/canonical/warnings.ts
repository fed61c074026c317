/** What a user is told although the result stands (docs/normal-form.md, "Names": warnings). */
import type { Binding } from "../names/scope.js";
import type { FormattedValue, Interpolation, Name, Node, Range } from "../syntax/ast.js";
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
interface Finding {
  readonly warning: {
    readonly [C in WarningCode]: { readonly code: C; readonly data: WarningDataByCode[C] };
  }[WarningCode];
  readonly at: Range;
}

/** Gives the warnings about a program, in the order of the source. */
export function findWarnings(program: Program, renaming: Renaming): Warning[] {
  const findings: Finding[] = [];
  dynamicNames(program, findings);
  dynamicKeywords(program, findings);
  debugFields(program, findings);
  innerDocstrings(program, findings);
  unusedImports(program, findings);
  templateExpressions(program, renaming, findings);
  if (findings.length === 0) return [];
  findings.sort((a, b) => a.at.start - b.at.start);
  const places = findings.map(({ at }) => at);
  const spans = spansOf(program.source, places);
  return findings.map(({ warning, at }, i) =>
    Object.assign(warning, { span: spans[i] ?? spanOf(program.source, at) }),
  );
}

/** `locals()`, `vars()`, `dir()`, `globals()`; `eval` and `exec`, also where they are passed on. */
function dynamicNames({ free, inventory }: Program, findings: Finding[]): void {
  const found: Name[] = [];
  const seeing: Node[] = [];
  for (const node of free) {
    if (node.id === "eval" || node.id === "exec") found.push(node);
    else if (SEES_ITS_CALLER.has(node.id)) seeing.push(node);
  }
  if (seeing.length > 0) {
    const known = new Set(seeing);
    for (const { func, args, keywords } of inventory.calls) {
      const isBare = args.length === 0 && keywords.length === 0;
      if (isBare && func.kind === "Name" && known.has(func)) found.push(func);
    }
  }
  for (const at of found) {
    findings.push({ warning: { code: "dynamic-names", data: { name: at.id } }, at });
  }
}

const SEES_ITS_CALLER = new Set(["locals", "vars", "dir", "globals"]);

/**
 * `**` in a call to the function itself; a keyword that equals a renamed parameter
 * while the callee is not known.
 */
function dynamicKeywords(program: Program, findings: Finding[]): void {
  let parameters: ReadonlySet<string> | null = null;
  for (const { func, keywords } of program.inventory.calls) {
    if (keywords.length === 0 || referencedHash(func, program) !== null) continue;
    const callee = knownCallee(func, program);
    for (const at of keywords) {
      let keyword: string | null = null;
      if (at.arg === null) {
        if (callee === program.definition) keyword = "**";
      } else if (callee === null) {
        parameters ??= renamedParameters(program);
        if (parameters.has(at.arg)) keyword = at.arg;
      }
      if (keyword !== null) {
        findings.push({ warning: { code: "dynamic-keywords", data: { keyword } }, at });
      }
    }
  }
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
function debugFields({ inventory, source }: Program, findings: Finding[]): void {
  for (const at of inventory.fields) {
    if (!isDebugField(at, source)) continue;
    const text = source.slice(at.value.start, at.value.end);
    findings.push({ warning: { code: "debug-f-string", data: { text } }, at });
  }
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
function innerDocstrings({ inventory, definition }: Program, findings: Finding[]): void {
  for (const node of inventory.definitions) {
    const at = node === definition ? null : docstringOf(node.body);
    if (at === null) continue;
    findings.push({ warning: { code: "inner-docstring", data: { name: node.name } }, at });
  }
}

/** An import, at the top or inside the function, that binds a name which nothing refers to. */
function unusedImports({ names, inventory }: Program, findings: Finding[]): void {
  if (inventory.imports.length === 0) return;
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
  for (const statement of inventory.imports) {
    if (statement.kind === "ImportFrom" && statement.module === "__future__") continue;
    for (const at of statement.names) {
      const binding = names.bindingAt(at);
      // A class body's is an attribute; what is declared `global` is for others.
      if (binding === null || used[binding.index]) continue;
      elsewhere[binding.index] ??= isSeenElsewhere(binding);
      if (elsewhere[binding.index]) continue;
      findings.push({ warning: { code: "unused-import", data: { name: binding.name } }, at });
    }
  }
}

function isSeenElsewhere({ scope, definitions }: Binding): boolean {
  return scope.kind === "class" || definitions.some(({ form }) => form === "global");
}

/** A t-string remembers the renamed text of its expressions instead of the text in the source. */
function templateExpressions(
  { inventory }: Program,
  renaming: Renaming,
  findings: Finding[],
): void {
  for (const at of inventory.fields) {
    if (at.kind !== "Interpolation" || unparse(at.value, renaming) === at.str) continue;
    findings.push({ warning: { code: "template-expression", data: { text: at.str } }, at });
  }
}
