/**
 * The parameters of a function of the pool, in the caller's human language: what
 * a keyword argument names (docs/normal-form.md, "Pool imports").
 */
import { parse } from "../syntax/parse/module.js";
import type { Callee, CalleeSource } from "./form.js";
import { entryOf } from "./mapping.js";
import { takeUnit } from "./unit.js";

export interface CalleeParameters {
  /** By name: what is written in the normal form, `_ouverture_v_k`. */
  readonly numberOf: ReadonlyMap<string, string>;
  /** By what is written in the normal form: the name. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Has it a parameter `**`? */
  readonly takesAny: boolean;
}

/** Gives the parameters of the function under a hash; `null` where it is not at hand. Asks once. */
export function calleeParameters(
  source: CalleeSource | undefined,
): (hash: string) => CalleeParameters | null {
  const known = new Map<string, CalleeParameters | null>();
  return (hash) => {
    let parameters = known.get(hash);
    if (parameters === undefined) {
      const callee = source?.(hash);
      parameters = callee === undefined ? null : parametersOf(callee);
      known.set(hash, parameters);
    }
    return parameters;
  };
}

/**
 * Stands for a function that is not at hand: it takes every keyword as it is. With
 * it, `normalize` leaves the keywords of a normal form alone (law 4).
 */
export function anyCallee(): Callee {
  return ANY_CALLEE;
}
const ANY_CALLEE = { code: "def _ouverture_v_0(**_ouverture_v_1):\n    pass", name_mapping: {} };

/** `null` where the code is no function file. A parameter that is kept has its own name. */
function parametersOf({ code, name_mapping }: Callee): CalleeParameters | null {
  const parsed = parse(code);
  const unit = parsed.ok ? takeUnit(parsed.value, code) : parsed;
  if (!unit.ok) return null;
  const { args, kwonlyargs, kwarg } = unit.value.definition.args;
  const numberOf = new Map<string, string>();
  const nameOf = new Map<string, string>();
  for (const { arg } of [...args, ...kwonlyargs]) {
    const name = entryOf(name_mapping, arg) ?? arg;
    nameOf.set(arg, name);
    if (!numberOf.has(name)) numberOf.set(name, arg);
  }
  return { numberOf, nameOf, takesAny: kwarg !== null };
}
