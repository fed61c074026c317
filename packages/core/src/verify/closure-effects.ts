/**
 * What functions do together with all that they depend on (docs/verify.md, "Effects"):
 * sets of effects as bits, carried from callees to callers. Each function changes at
 * most as often as there are effects, also where forged hashes make a circle.
 */
import type { Closure } from "./closure.js";
import { EFFECT_KINDS, type EffectKind } from "./effect-kinds.js";
import { callersOf } from "./places.js";

/** Of each function its own effects and those of its closure, in the order of the table. */
export function sumEffects(closure: Closure): ReadonlyMap<string, SummedEffects> {
  const own = new Map<string, number>();
  const sums = new Map<string, number>();
  const changed: string[] = [];
  for (const { hash, effects } of closure.values()) {
    const bits = effects.reduce((all, { effect }) => all | bitOf(effect), 0);
    own.set(hash, bits);
    sums.set(hash, bits);
    if (bits !== 0) changed.push(hash);
  }
  const callers = callersOf(closure);
  for (let hash = changed.pop(); hash !== undefined; hash = changed.pop()) {
    const bits = sums.get(hash) ?? 0;
    for (const caller of callers.get(hash) ?? []) {
      const before = sums.get(caller) ?? 0;
      if ((before | bits) === before) continue;
      sums.set(caller, before | bits);
      changed.push(caller);
    }
  }
  return new Map(
    [...sums].map(([hash, bits]) => [
      hash,
      { own: kindsIn(own.get(hash) ?? 0), summed: kindsIn(bits) },
    ]),
  );
}

export interface SummedEffects {
  readonly own: readonly EffectKind[];
  readonly summed: readonly EffectKind[];
}

function bitOf(effect: EffectKind): number {
  return 1 << EFFECT_KINDS.indexOf(effect);
}

/** Equal sets are one list, made once. */
function kindsIn(bits: number): readonly EffectKind[] {
  const known = LISTS[bits] ?? EFFECT_KINDS.filter((_, index) => (bits & (1 << index)) !== 0);
  LISTS[bits] = known;
  return known;
}
const LISTS: (readonly EffectKind[])[] = [];
