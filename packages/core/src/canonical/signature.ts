/** The parameters of a function of the pool, in the words of its own text. */
import { parse } from "../syntax/parse/module.js";
import { takeUnit } from "./unit.js";

export interface Signature {
  /** The names of the parameters but `*` and `**`, in their order. */
  readonly places: readonly string[];
  /** Those that a keyword reaches. */
  readonly keywords: ReadonlySet<string>;
  /** Has it a parameter `**`? */
  readonly takesAny: boolean;
}

/** Reads the signature of a function; `null` where the text is no function file. */
export function signatureOf(code: string): Signature | null {
  const parsed = parse(code);
  const unit = parsed.ok ? takeUnit(parsed.value, code) : parsed;
  if (!unit.ok) return null;
  const { posonlyargs, args, kwonlyargs, kwarg } = unit.value.definition.args;
  const byKeyword = [...args, ...kwonlyargs].map(({ arg }) => arg);
  return {
    places: [...posonlyargs.map(({ arg }) => arg), ...byKeyword],
    keywords: new Set(byKeyword),
    takesAny: kwarg !== null,
  };
}
