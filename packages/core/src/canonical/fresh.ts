/**
 * Law 5 (docs/normal-form.md) without a trial. Names that are all different, and
 * that nothing else in the code has, are read back as they were written: scopes
 * tell names apart by nothing but whether they are the same. Almost every mapping
 * is like that; the others have to be tried (denormalize.ts).
 */
import { indentDocstring } from "./docstring.js";
import type { Mapping, NormalForm } from "./form.js";
import { hasClass } from "./inventory.js";
import { knownCallee } from "./keywords.js";
import { checkMapping } from "./mapping.js";
import { isReservedName } from "./pool-name.js";
import type { Program } from "./program.js";

/** What a mapping of a function has to keep to; small, so that it can be kept beside the function. */
export interface NamingRules {
  readonly numbers: readonly string[];
  readonly hashes: readonly string[];
  /** The names that the code has besides; `null` where more than these would have to be looked at. */
  readonly taken: ReadonlySet<string> | null;
}

/** Gives the rules for a program that is its own normal form, `normal`. */
export function namingRules(program: Program, normal: NormalForm): NamingRules {
  return {
    numbers: Object.keys(normal.mapping.name_mapping),
    hashes: normal.dependencies,
    taken: isPlain(program) ? takenNames(program) : null,
  };
}

/** In a class names are mangled and are attributes; a t-string remembers names as text. */
function isPlain({ inventory }: Program): boolean {
  return !hasClass(inventory) && inventory.fields.every(({ kind }) => kind === "FormattedValue");
}

function takenNames(program: Program): Set<string> {
  const { names, inventory } = program;
  const taken = new Set(names.module.bindings.keys());
  names.forEach((node, binding) => {
    if (binding !== null) taken.add(binding.name);
    else if (node.kind === "Name") taken.add(node.id);
  });
  for (const name of taken) if (isReservedName(name)) taken.delete(name);
  for (const { func, keywords } of inventory.calls) {
    // A keyword of a known function would be taken for a parameter of its name.
    if (keywords.length === 0 || knownCallee(func, program) === null) continue;
    for (const { arg } of keywords) if (arg !== null && !isReservedName(arg)) taken.add(arg);
  }
  return taken;
}

/**
 * Does law 5 hold for a mapping, for no other reason than that its names are fresh
 * and its docstring is plain? Where the answer is no, it may hold all the same.
 */
export function isFresh(mapping: Mapping, { numbers, hashes, taken }: NamingRules): boolean {
  if (taken === null || checkMapping(mapping, numbers, hashes) !== null) return false;
  const seen = new Set<string>();
  for (const names of [mapping.name_mapping, mapping.alias_mapping]) {
    for (const name of Object.values(names)) {
      if (seen.has(name) || taken.has(name) || SPECIAL.test(name)) return false;
      seen.add(name);
    }
  }
  return isPlainDocstring(mapping.docstring);
}

/** What Python gives a meaning of its own in some place, and what is long. */
const SPECIAL = /^(?:__.*|_|case|match|type|super|.{200,})$/su;

/** Is it printed between three quotes as it is, and read as it is printed? */
function isPlainDocstring(docstring: string): boolean {
  if (docstring === "") return true;
  if (ESCAPED.test(docstring) || docstring.includes('"""') || docstring.endsWith('"')) return false;
  return indentDocstring(docstring, "    ") !== null;
}

/** Backslashes, and all control characters but the line feed. */
const ESCAPED = /[\\]|(?!\n)\p{C}/u;
