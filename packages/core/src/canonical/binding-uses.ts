/** Where each name of a normal form stands: for people who give it names in their language. */
import type { Binding, BindingForm } from "../names/scope.js";
import { err, type Fault, ok, type Result, type Span } from "../result.js";
import type { NamedNode, Range } from "../syntax/ast.js";
import { spansOf } from "../syntax/position.js";
import { anyCallee } from "./callee.js";
import { requireCanonical } from "./canonical-code.js";
import { resolveKeywords } from "./keywords.js";
import { normalizeProgram } from "./normalize.js";
import { isReservedName } from "./pool-name.js";
import { readProgram } from "./program.js";

export interface BindingUse {
  /** `_ouverture_v_3`: what stands at each of the `uses`. */
  readonly number: string;
  /** How it is bound first: as a `parameter`, by an `assignment`, as a `function` ... */
  readonly form: BindingForm;
  /** In the order of the text; the first is where it appears first. */
  readonly uses: readonly Span[];
}

/**
 * Finds the uses of every number of a normal form, in the order of the numbers. The
 * keywords of calls to the function itself and to nested functions are among them,
 * those of calls to the pool are not: they are the callee's.
 *
 * @returns the uses; or the faults of `normalize`, and `not-canonical`.
 */
export function bindingUses(code: string): Result<readonly BindingUse[], Fault> {
  const program = readProgram(code);
  if (!program.ok) return program;
  const options = { callee: anyCallee };
  const canonical = requireCanonical(code, normalizeProgram(program.value, options));
  if (!canonical.ok) return canonical;
  const keywords = resolveKeywords(program.value, anyCallee);
  if (!keywords.ok) return err(keywords.fault);

  const { names, inventory } = program.value;
  const places = new Map<string, { form: BindingForm; at: Range[] }>();
  /** Enters the first place of the binding's name from `start` on, and gives its end. */
  function enter(binding: Binding | null, start: number): number {
    if (binding === null || !isReservedName(binding.name)) return start;
    const place = placeOfName(code, binding.name, start);
    const known = places.get(binding.name);
    if (known !== undefined) known.at.push(place);
    else places.set(binding.name, { form: formOf(binding), at: [place] });
    return place.end;
  }
  names.forEach((node, binding) => {
    enter(binding, startOfName(node));
  });
  for (const node of inventory.binders) {
    if (node.kind !== "Global" && node.kind !== "Nonlocal") continue;
    let { start } = node;
    for (const index of node.names.keys()) start = enter(names.bindingAt(node, index), start);
  }
  for (const [{ start }, target] of keywords.value) {
    if (typeof target !== "string") enter(target, start);
  }
  return ok(
    Object.keys(canonical.value.mapping.name_mapping).flatMap((number): BindingUse[] => {
      const found = places.get(number);
      if (found === undefined) return [];
      const at = found.at.toSorted((a, b) => a.start - b.start);
      return [{ number, form: found.form, uses: spansOf(code, at) }];
    }),
  );
}

function formOf({ definitions }: Binding): BindingForm {
  return definitions.find(({ form }) => form !== "global")?.form ?? "assignment";
}

/** From where on the name of a node is the first: what stands before it may hold the same. */
function startOfName(node: NamedNode): number {
  switch (node.kind) {
    case "ExceptHandler":
      return node.type?.end ?? node.start;
    case "MatchAs":
      return node.pattern?.end ?? node.start;
    case "MatchMapping":
      return node.patterns.at(-1)?.end ?? node.start;
    default:
      return node.start;
  }
}

/** The next place of a name that is all of a name. */
function placeOfName(code: string, name: string, from: number): Range {
  let start = code.indexOf(name, from);
  while (
    start >= 0 &&
    (isInName(code.charAt(start - 1)) || isInName(code.charAt(start + name.length)))
  ) {
    start = code.indexOf(name, start + 1);
  }
  return { start, end: start + name.length };
}

function isInName(character: string): boolean {
  return /[\w\u0080-\uffff]/.test(character);
}
