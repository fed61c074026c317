/** Where the names of a function are used, as its readers know them: for who translates them. */
import { type BindingUse, bindingUses, faultMessage, type Mapping } from "@ouverture/core";
import { fail } from "./failure.js";

export interface NameUses {
  /** `_ouverture_v_3`. */
  readonly number: string;
  /** In the language that is translated from. */
  readonly name: string;
  readonly form: string;
  /** The lines of the function that have it, in that language. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

/** The names of a function in the order in which they appear. */
export function listNameUses(code: string, { name_mapping }: Mapping): NameUses[] {
  const found = bindingUses(code);
  if (!found.ok) fail(1, faultMessage(found.fault));
  const lines = writeLines(code, found.value, name_mapping);
  return [...found.value].sort(byAppearance).map(({ number, form, uses }) => {
    const numbers = new Set(uses.map(({ line }) => line));
    return {
      number,
      name: name_mapping[number] ?? number,
      form,
      lines: [...numbers].map((line) => ({ number: line, text: lines[line - 1] ?? "" })),
    };
  });
}

function byAppearance(a: BindingUse, b: BindingUse): number {
  return (a.uses[0]?.start ?? 0) - (b.uses[0]?.start ?? 0);
}

/** The code with the names in the places of their numbers. */
function writeLines(
  code: string,
  bindings: readonly BindingUse[],
  names: Readonly<Record<string, string>>,
): string[] {
  const places = bindings
    .flatMap(({ number, uses }) => uses.map(({ start, end }) => ({ start, end, number })))
    .sort((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const { start, end, number } of places) {
    text += code.slice(at, start) + (names[number] ?? number);
    at = end;
  }
  return (text + code.slice(at)).split("\n");
}
