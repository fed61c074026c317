/** Mappings that somebody has spoilt: most are refused, and some are odd but sound. */
import type { Mapping } from "../../src/canonical/form.js";
import type { Choose } from "./program.js";

const ODD_NAMES = ["_", "__", "__x", "__class__", "__debug__", "super", "match", "case", "type"];
const BAD_NAMES = ["", "1a", "a b", "if", "None", "_ouverture_v_1", "ﬁle", "a\n", "__proto__"];
const GOOD_NAMES = ["len", "x", "somme", "名前", "größe", "print", "locals", "n", "f"];
const DOCSTRINGS = [
  "",
  "The mean.",
  "L'élément de la liste.\n\n    Et le reste.\n\nFin",
  "  indented",
  "first\n  second\n   third",
  "first\n\n   \nlast",
  "a\tb",
  'it says "so"',
  'it says """so"""',
  "it says '''so''' and \"so\".",
  "a \\ b",
  "a \\N{DIGIT ONE}",
  "\u202eturned",
  "\u2028apart\u0085",
  "carriage\rreturn",
  "nul\u0000",
  "high \u{1f600} \u{e0041}",
  "\n",
  "trailing\n",
  " ",
];

/** Any of a list. */
export function one<T>(choose: Choose, list: readonly T[]): T {
  const chosen = list[choose(list.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
}

/** A mapping with fresh names, of which some are spoilt. */
export function hostileMapping(code: string, from: Mapping, choose: Choose): Mapping {
  const words = code.match(/[\w\u0080-\uffff]+/g) ?? [];
  const names = Object.keys(from.name_mapping).map((_, index) => `fresh_${index}`);
  const other = (): string => {
    const pools = [GOOD_NAMES, GOOD_NAMES, words, names, ODD_NAMES, BAD_NAMES];
    return one(choose, one(choose, pools));
  };
  for (let spoilt = choose(4); spoilt > 0; spoilt -= 1) names[choose(names.length)] = other();
  // As people name them: one word in several scopes, of which some are inside one another.
  for (let shared = choose(3) * choose(4); shared > 0; shared -= 1) {
    names[choose(names.length)] = one(choose, names);
  }
  const hashes = code.match(/(?<=import object_)[0-9a-f]{64}/g) ?? [];
  const aliases = hashes
    .filter(() => choose(2) === 0)
    .map((hash, index) => [hash, choose(3) === 0 ? other() : `alias_${index}`]);
  const entries = names.map((name, number) => [`_ouverture_v_${number}`, name]);
  if (choose(20) === 0) entries.pop();
  if (choose(20) === 0) entries.push([`_ouverture_v_${entries.length}`, "surplus"]);
  return {
    docstring: one(choose, DOCSTRINGS),
    name_mapping: Object.fromEntries(entries),
    alias_mapping: Object.fromEntries(aliases),
    comment: one(choose, ["", "mine"]),
  };
}
