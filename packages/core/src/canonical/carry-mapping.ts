/**
 * A mapping of a text that is numbered otherwise: of the older form
 * (docs/normal-form.md), or of a function that was changed. The numbers of the old
 * text are names in it, and its normal form says what becomes of them.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import { compareByCodePoint } from "./code-points.js";
import { denormalize } from "./denormalize.js";
import type { Mapping, NormalForm } from "./form.js";
import { entryOf, invalidMapping, isMapping } from "./mapping.js";
import { isReservedName } from "./pool-name.js";

/**
 * Gives a mapping the numbers of the normal form, and its aliases to what the imports
 * became, so that the function reads as before.
 *
 * @param normal what `normalize` made of the old text.
 * @param newHash by its old hash, what each import became.
 * @returns the mapping, for which law 5 holds; or `invalid-mapping`.
 */
export function carryMapping(
  mapping: Mapping,
  normal: NormalForm,
  newHash: (hash: string) => string = (hash) => hash,
): Result<Mapping, Fault> {
  if (!isMapping(mapping)) return err(invalidMapping("no-mapping", "mapping"));
  const names = renumber(mapping, normal);
  if (!names.ok) return names;
  const alias_mapping = aliasesFor(mapping, newHash);
  const carried = { ...mapping, name_mapping: names.value, alias_mapping };
  const written = denormalize(normal.code, carried);
  return written.ok ? ok(carried) : written;
}

/** The Python tool numbered spellings: several numbers may now have one name. */
function renumber(mapping: Mapping, normal: NormalForm): Result<Record<string, string>, Fault> {
  const names: Record<string, string> = {};
  const left = new Set(Object.keys(mapping.name_mapping));
  for (const [number, old] of Object.entries(normal.mapping.name_mapping)) {
    // What is spelled as a builtin it left alone.
    const name = entryOf(mapping.name_mapping, old) ?? (isReservedName(old) ? undefined : old);
    if (name === undefined) return err(invalidMapping("missing-name", old));
    names[number] = name;
    left.delete(old);
  }
  const [surplus] = left;
  return surplus === undefined ? ok(names) : err(invalidMapping("unknown-number", surplus));
}

/** Where two imports became one, the alias that it had before stays. */
function aliasesFor(
  { alias_mapping }: Mapping,
  newHash: (hash: string) => string,
): Record<string, string> {
  const aliases = new Map<string, string>();
  for (const [hash, alias] of Object.entries(alias_mapping)) {
    const now = newHash(hash);
    if (now === hash || !aliases.has(now)) aliases.set(now, alias);
  }
  return Object.fromEntries([...aliases].sort(([a], [b]) => compareByCodePoint(a, b)));
}
