/**
 * Law 5 (docs/normal-form.md): `normalize(denormalize(code, mapping))` gives `code`
 * and `mapping` again. Where it does not, the name at fault is looked for.
 */
import type { Fault, Result } from "../result.js";
import { firstDifference } from "./canonical-code.js";
import type { Mapping, NormalForm } from "./form.js";
import { entryOf, invalidMapping } from "./mapping.js";
import { isReservedName } from "./pool-name.js";

/** `text` is what was made of `code` and `mapping`. */
export interface Denormalized {
  readonly code: string;
  readonly mapping: Mapping;
  readonly text: string;
}

/** Compares what `normalize` makes of the text: `invalid-mapping`, or `null`. */
export function checkReturn(sent: Denormalized, back: Result<NormalForm, Fault>): Fault | null {
  if (!back.ok) return faultOfRefused(back.fault, sent);
  const { code, mapping } = back.value;
  if (code !== sent.code) return invalidMapping("other-meaning", nameThatDiffers(sent, back.value));
  if (mapping.docstring !== sent.mapping.docstring) return invalidMapping("docstring", "docstring");
  const name =
    entryThatDiffers(sent.mapping.name_mapping, mapping.name_mapping) ??
    entryThatDiffers(sent.mapping.alias_mapping, mapping.alias_mapping);
  return name === null ? null : invalidMapping("other-meaning", name);
}

/** The name that a fault is about; else the text at its place. */
function faultOfRefused({ code, data, span }: Fault, { text }: Denormalized): Fault {
  if (code === "unpaired-surrogate") return invalidMapping("docstring", "docstring");
  if ("name" in data) return invalidMapping("other-meaning", data.name);
  return invalidMapping("other-meaning", span === null ? "" : text.slice(span.start, span.end));
}

/** The mapping's name for what stands where two texts begin to differ. */
function nameThatDiffers({ code, mapping }: Denormalized, back: NormalForm): string {
  const at = firstDifference(code, back.code);
  const [now, before] = [identifierAt(back.code, at), identifierAt(code, at)];
  if (isReservedName(now)) return entryOf(back.mapping.name_mapping, now) ?? now;
  return entryOf(mapping.name_mapping, before) ?? before;
}

/** What stands around an offset between spaces and punctuation. */
function identifierAt(text: string, at: number): string {
  let start = at;
  let end = at;
  while (start > 0 && !DELIMITER.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && !DELIMITER.test(text.charAt(end))) end += 1;
  return text.slice(start, end);
}
const DELIMITER = /[\s!-/:-@[-^`{-~]/;

function entryThatDiffers(
  sent: Readonly<Record<string, string>>,
  back: Readonly<Record<string, string>>,
): string | null {
  const keys = [...Object.keys(sent), ...Object.keys(back)];
  const key = keys.find((one) => entryOf(back, one) !== entryOf(sent, one));
  return key === undefined ? null : (entryOf(sent, key) ?? key);
}
