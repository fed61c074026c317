/** What the schema of a configuration is made of: each says what it takes, and what to do else. */
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";

export function text<A extends v.PipeItem<string, string, v.BaseIssue<unknown>>>(action: A) {
  return v.pipe(v.string("has to be text. Write it in quotes."), action);
}

export function list<S extends v.GenericSchema>(item: S, example: string) {
  return v.array(item, `has to be a list, as in ${example}.`);
}

/** Keys and values. A key that is missing, or not known, is reported under itself. */
export function section<E extends v.ObjectEntries>(entries: E) {
  const schema = v.strictObject(entries, ({ expected, path }) => {
    if (expected !== "never") return "is missing.";
    return `is not known. ${suggestionOf(String(path?.[0].key), Object.keys(entries))}`;
  });
  return v.pipe(v.custom<object>(isPlain, "has to be a section of keys and values."), schema);
}

/** A list is no section, and neither is a date. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What there is to choose from, and before it what was probably meant. */
export function suggestionOf(
  key: string,
  known: readonly string[],
  title = "The keys here are",
): string {
  const all = `${title} ${known.join(", ")}.`;
  if (key.length > 40) return all;
  const nearest = closest(key.toLowerCase().replaceAll("-", "_"), known);
  return distance(key, nearest) <= 1 + nearest.length / 3 ? `Did you mean ${nearest}? ${all}` : all;
}
