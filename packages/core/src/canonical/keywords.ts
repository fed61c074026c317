/**
 * Keyword arguments that name a parameter which is renamed (docs/normal-form.md,
 * "Names" and "Pool imports"): those of calls to the function itself and to nested
 * functions follow the parameter, those of calls to the pool follow the callee.
 */
import type { Binding } from "../names/scope.js";
import { err, type Fault, ok, type Result } from "../result.js";
import type { Call, Expression, Keyword, NamedNode } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";
import { type CalleeParameters, calleeParameters } from "./callee.js";
import type { CalleeSource } from "./form.js";
import { isReservedName } from "./pool-name.js";
import { referencedHash } from "./pool-reference.js";
import type { Program } from "./program.js";
import type { FunctionDefinition } from "./unit.js";

/** The parameter, or the text, that a keyword argument is written as; others are kept. */
export type KeywordTargets = ReadonlyMap<Keyword, Binding | string>;

/**
 * Finds what the keyword arguments of a program name.
 * Faults: `unresolved-keyword`; `name-clash` where two of a call would be one.
 */
export function resolveKeywords(
  program: Program,
  callee: CalleeSource | undefined,
): Result<KeywordTargets, Fault> {
  const { calls } = program.inventory;
  if (calls.every(({ keywords }) => keywords.length === 0)) return ok(NO_TARGETS);
  const targets = new Map<Keyword, Binding | string>();
  const ofLocal = localParameters(program);
  const ofCallee = calleeParameters(callee);
  for (const call of calls) {
    if (call.keywords.length === 0) continue;
    const hash = referencedHash(call.func, program);
    const fault =
      hash === null
        ? resolveLocalKeywords(call, ofLocal, program, targets)
        : resolvePoolKeywords(call, hash, ofCallee(hash), program, targets);
    if (fault !== null) return err(fault);
  }
  return ok(targets);
}

const NO_TARGETS: KeywordTargets = new Map();

function resolveLocalKeywords(
  call: Call,
  ofLocal: (definition: FunctionDefinition) => ReadonlyMap<string, Binding>,
  program: Program,
  targets: Map<Keyword, Binding | string>,
): Fault | null {
  const definition = knownCallee(call.func, program);
  if (definition === null) return null;
  const parameters = ofLocal(definition);
  for (const keyword of call.keywords) {
    const parameter = keyword.arg === null ? undefined : parameters.get(keyword.arg);
    if (parameter !== undefined) targets.set(keyword, parameter);
  }
  return repeatedTarget(call, targets, program);
}

/**
 * The function that is called, where that is statically known: the name resolves
 * to the function itself, or to a nested `def` that is the name's only binding.
 */
export function knownCallee(callee: Expression, program: Program): FunctionDefinition | null {
  if (callee.kind !== "Name") return null;
  let only: NamedNode | null = null;
  for (const { form, node } of program.names.bindingAt(callee)?.definitions ?? []) {
    if (form === "global") continue;
    if (only !== null) return null;
    only = node;
  }
  return only?.kind === "FunctionDef" || only?.kind === "AsyncFunctionDef" ? only : null;
}

/** By name, the parameters that a keyword reaches: none that is positional-only, `*` or `**`. */
function localParameters(
  program: Program,
): (definition: FunctionDefinition) => ReadonlyMap<string, Binding> {
  const known = new Map<FunctionDefinition, ReadonlyMap<string, Binding>>();
  return (definition) => {
    let parameters = known.get(definition);
    if (parameters === undefined) {
      parameters = parametersOf(definition, program);
      known.set(definition, parameters);
    }
    return parameters;
  };
}

function parametersOf(
  { args: { args, kwonlyargs } }: FunctionDefinition,
  program: Program,
): ReadonlyMap<string, Binding> {
  const parameters = new Map<string, Binding>();
  for (const parameter of [...args, ...kwonlyargs]) {
    const binding = program.names.bindingAt(parameter);
    if (binding !== null) parameters.set(binding.name, binding);
  }
  return parameters;
}

function resolvePoolKeywords(
  call: Call,
  hash: string,
  parameters: CalleeParameters | null,
  program: Program,
  targets: Map<Keyword, Binding | string>,
): Fault | null {
  for (const keyword of call.keywords) {
    if (keyword.arg === null || isReservedName(keyword.arg)) continue;
    const parameter = parameters?.numberOf.get(keyword.arg);
    if (parameter !== undefined) {
      targets.set(keyword, parameter);
    } else if (parameters === null || !parameters.takesAny) {
      const data = { keyword: keyword.arg, hash };
      return { code: "unresolved-keyword", data, span: spanOf(program.source, keyword) };
    }
  }
  return repeatedTarget(call, targets, program);
}

/** Two keywords that name one parameter would be text that Python refuses. */
function repeatedTarget(
  call: Call,
  targets: ReadonlyMap<Keyword, Binding | string>,
  program: Program,
): Fault | null {
  const seen = new Set<Binding | string>();
  for (const keyword of call.keywords) {
    if (keyword.arg === null) continue;
    const target = targets.get(keyword) ?? keyword.arg;
    if (seen.has(target)) {
      const data = { name: keyword.arg };
      return { code: "name-clash", data, span: spanOf(program.source, keyword) };
    }
    seen.add(target);
  }
  return null;
}
