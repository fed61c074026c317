/** What the compiler refuses, on its way to a fault: the first one counts, the rest of the tree is still walked. */
import type { Refusal } from "../../refusal.js";
import type { Fault } from "../../result.js";
import type { Range } from "../ast.js";
import { spanOf } from "../position.js";

interface Refused {
  readonly reason: Refusal["reason"];
  readonly args: readonly string[];
  readonly place: Range;
}

/** What a walk carries along; `null` until something is refused. */
export interface Refusing {
  refused: Refused | null;
}

export function refuse(
  walk: Refusing,
  reason: Refusal["reason"],
  place: Range,
  ...args: string[]
): void {
  walk.refused ??= { reason, args, place };
}

/** The fault, if there is one. */
export function faultOfRefused({ refused }: Refusing, source: string): Fault | null {
  if (refused === null) return null;
  const { reason, args, place } = refused;
  return { code: "syntax-error", data: { reason, args }, span: spanOf(source, place) };
}
