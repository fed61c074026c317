/**
 * What is compiled as a piece, and what the statements and expressions in it ask
 * of it: `return` of a function, `await` of an async one, `break` of a loop.
 */
import type { CompileReason } from "../../refusal.js";
import type { Range, Return } from "../ast.js";
import { type Refusing, refuse } from "./refused.js";

/** `comprehension` is one of a list, set or dict; `annotation` an annotation scope (PEP 649, 695). */
export type UnitKind =
  | "module"
  | "class"
  | "function"
  | "async-function"
  | "lambda"
  | "comprehension"
  | "generator"
  | "annotation";

export interface Unit {
  readonly kind: UnitKind;
  /** Of a comprehension: whether it awaits. */
  awaits: boolean;
  yields: boolean;
  /** The first `return` with a value. */
  returned: Return | null;
  /** How many blocks are open. */
  blocks: number;
  /** The first place with as many blocks as a unit may have that is neither generator nor coroutine. */
  deepest: Range | null;
  /** The nearest thing that `break` leaves, or may not leave. */
  leaves: "loop" | "except-star" | null;
  /** How many `except*` blocks are open. */
  exceptStars: number;
}

export interface Legality extends Refusing {
  readonly source: string;
  /** `from __future__ import annotations`: no annotation is evaluated. */
  readonly postponed: boolean;
  unit: Unit;
  /** Whether the code is compiled at all: annotations of local variables are not. */
  compiled: boolean;
}

export function createUnit(kind: UnitKind): Unit {
  return {
    kind,
    awaits: false,
    yields: false,
    returned: null,
    blocks: 0,
    deepest: null,
    leaves: null,
    exceptStars: 0,
  };
}

/** Refuses what only the compiler sees, not the symbol table. */
export function refuseCompiled(
  l: Legality,
  reason: CompileReason,
  place: Range,
  ...args: string[]
): void {
  if (l.compiled) refuse(l, reason, place, ...args);
}

/** CPython's limit for statically nested blocks; a generator or coroutine is a block itself. */
const MAX_BLOCKS = 21;

/** Opens `count` blocks at `place`; the caller takes them off `blocks` again. */
export function openBlocks(l: Legality, place: Range, count: number): void {
  const { unit } = l;
  unit.blocks += count;
  if (unit.blocks > MAX_BLOCKS) refuseCompiled(l, "too-many-nested-blocks", place);
  if (unit.blocks === MAX_BLOCKS) unit.deepest ??= place;
}

/** Checks what depends on all that a function holds. */
export function checkUnit(l: Legality): void {
  const { kind, yields, returned, deepest } = l.unit;
  const isAsync = kind === "async-function";
  if (isAsync && yields && returned !== null) refuse(l, "return-in-async-generator", returned);
  if ((isAsync || yields || kind === "generator") && deepest !== null) {
    refuseCompiled(l, "too-many-nested-blocks", deepest);
  }
}
