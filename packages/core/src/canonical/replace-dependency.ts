/**
 * One function of the pool in the place of another that a function imports
 * (`refactor`): a new function, and the mappings of the old one carried over.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import { spanOf } from "../syntax/position.js";
import { anyCallee } from "./callee.js";
import { requireCanonical } from "./canonical-code.js";
import { carryMapping } from "./carry-mapping.js";
import type { CalleeSource, DenormalizeOptions, Mapping, Warning } from "./form.js";
import { hash } from "./hash.js";
import { normalizeProgram } from "./normalize.js";
import { isHash, isReservedName } from "./pool-name.js";
import { referencedHash } from "./pool-reference.js";
import { type Program, readProgram } from "./program.js";
import { type Signature, signatureOf } from "./signature.js";
import { type Substitute, substituteDependencies } from "./substitute.js";

/** A function in its normal form, and mappings of it. */
export interface MappedFunction {
  readonly code: string;
  readonly mappings: readonly Mapping[];
}

export interface Replacement {
  readonly code: string;
  readonly hash: string;
  /** Sorted. */
  readonly dependencies: readonly string[];
  readonly warnings: readonly Warning[];
  /** In the order in which they came; `null` is one that cannot be carried over. */
  readonly mappings: readonly (Mapping | null)[];
  readonly findings: readonly ReplacementFinding[];
}
/**
 * What the user has to be told: `joined-imports`, `passed-keywords` (in the old
 * text), or why a mapping, by its index, cannot be carried over.
 */
export interface ReplacementFinding {
  readonly fault: Fault;
  readonly mapping: number | null;
}

/**
 * Replaces the dependency `from` by `to`. A keyword in a call of the old function
 * becomes that of the new one's parameter in the same place, for which both have to be
 * at hand.
 *
 * @returns the new function; or the faults of `normalize`, `not-canonical`,
 * `malformed-hash`, `invalid-replacement`, `unresolved-keyword`.
 */
export function replaceDependency(
  { code, mappings }: MappedFunction,
  from: string,
  to: string,
  { callee }: DenormalizeOptions = {},
): Result<Replacement, Fault> {
  const program = readProgram(code);
  if (!program.ok) return program;
  const options = { callee: anyCallee };
  const canonical = requireCanonical(code, normalizeProgram(program.value, options));
  if (!canonical.ok) return canonical;
  const { dependencies } = canonical.value;
  const invalid = checkReplacement(code, dependencies, from, to);
  if (invalid !== null) return err(invalid);

  const substitute = substituteFor(from, to, callee);
  const normal = substituteDependencies(program.value, (one) => (one === from ? substitute : null));
  if (!normal.ok) return normal;
  const findings = replacementFindings(program.value, dependencies, from, to);
  const carried = mappings.map((mapping, index) => {
    const now = carryMapping(mapping, normal.value, (one) => (one === from ? to : one));
    if (now.ok) return now.value;
    findings.push({ fault: now.fault, mapping: index });
    return null;
  });
  const { mapping: _, ...rest } = normal.value;
  return ok({ ...rest, mappings: carried, findings });
}

function checkReplacement(
  code: string,
  dependencies: readonly string[],
  from: string,
  to: string,
): Fault | null {
  for (const name of [from, to]) {
    if (!isHash(name)) return { code: "malformed-hash", data: { name }, span: null };
  }
  const reason = !dependencies.includes(from)
    ? "not-imported"
    : from === to
      ? "same"
      : hash(code) === to
        ? "itself"
        : null;
  if (reason === null) return null;
  const data = { reason, hash: reason === "not-imported" ? from : to } as const;
  return { code: "invalid-replacement", data, span: null };
}

function substituteFor(from: string, to: string, callee: CalleeSource | undefined): Substitute {
  const signatures = [from, to].map((one) => {
    const found = callee?.(one);
    return found === undefined ? null : signatureOf(found.code);
  });
  const [before = null, after = null] = signatures;
  return {
    hash: to,
    keyword: (name) => {
      if (before === null) return err(from);
      const now = after === null ? null : keywordInPlace(name, before, after);
      return now === null ? err(to) : ok(now);
    },
  };
}

/** The keyword of the parameter in the same place; what `**` takes stays as it is. */
function keywordInPlace(name: string, before: Signature, after: Signature): string | null {
  if (before.keywords.has(name)) {
    const now = after.places[before.places.indexOf(name)];
    return now !== undefined && after.keywords.has(now) ? now : null;
  }
  const isTaken = before.takesAny && (after.takesAny || after.keywords.has(name));
  return isTaken && !isReservedName(name) ? name : null;
}

function replacementFindings(
  program: Program,
  dependencies: readonly string[],
  from: string,
  to: string,
): ReplacementFinding[] {
  const data = { hash: to };
  const findings: ReplacementFinding[] = [];
  if (dependencies.includes(to)) {
    findings.push({ fault: { code: "joined-imports", data, span: null }, mapping: null });
  }
  for (const { func, keywords } of program.inventory.calls) {
    const passed = keywords.find(({ arg }) => arg === null);
    if (passed === undefined || referencedHash(func, program) !== from) continue;
    const span = spanOf(program.source, passed);
    findings.push({ fault: { code: "passed-keywords", data, span }, mapping: null });
  }
  return findings;
}
