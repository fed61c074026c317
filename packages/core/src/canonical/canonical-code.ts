/** Is a text its own normal form? (docs/normal-form.md, law 4) */
import { err, type Fault, type FaultOf, type Result } from "../result.js";
import type { UnhashedForm } from "./form.js";

/** Gives what `normalize` made of `code` where that is `code` again; else `not-canonical`. */
export function requireCanonical(
  code: string,
  normal: Result<UnhashedForm, Fault>,
): Result<UnhashedForm, FaultOf<"not-canonical">> {
  if (!normal.ok) {
    const data = { line: normal.fault.span?.line ?? 1, refused: normal.fault };
    return err({ code: "not-canonical", data, span: null });
  }
  if (normal.value.code === code) return normal;
  const before = code.slice(0, firstDifference(code, normal.value.code));
  const data = { line: before.split("\n").length };
  return err({ code: "not-canonical", data, span: null });
}

/** The offset of the first code unit in which two texts differ. */
export function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}
