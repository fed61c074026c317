/**
 * Law 5 (docs/normal-form.md) without a trial. Names that nothing else in the code
 * has, and of which none hides another where that is mentioned, are read back as they
 * were written: scopes tell names apart by nothing but whether they are the same.
 * Almost every mapping is like that; the others have to be tried (denormalize.ts).
 */
import type { Scope } from "../names/scope.js";
import { indentDocstring } from "./docstring.js";
import type { Mapping, UnhashedForm } from "./form.js";
import { hasClass } from "./inventory.js";
import { knownCallee } from "./keywords.js";
import { checkMapping, entryOf } from "./mapping.js";
import { isReservedName } from "./pool-name.js";
import type { Program } from "./program.js";

/** What a mapping of a function has to keep to; small, so that it can be kept beside the function. */
export interface NamingRules {
  readonly numbers: readonly string[];
  readonly hashes: readonly string[];
  /** The names that the code has besides; `null` where more than these would have to be looked at. */
  readonly taken: ReadonlySet<string> | null;
  /** In the order of `numbers`. */
  readonly bindings: readonly BindingPlace[];
}

/** Where a binding is seen; each scope is one of 0, 1, 2 ... */
interface BindingPlace {
  readonly scope: number;
  /** The scopes inside that, as far as one that mentions the binding is in them, or is one of them. */
  readonly through: ReadonlySet<number>;
}

/** Gives the rules for a program that is its own normal form, `normal`. */
export function namingRules(program: Program, normal: UnhashedForm): NamingRules {
  const numbers = Object.keys(normal.mapping.name_mapping);
  const taken = isPlain(program) ? takenNames(program) : null;
  return { numbers, hashes: normal.dependencies, taken, bindings: placesOf(numbers, program) };
}

/** In a class names are mangled and are attributes; a t-string remembers names as text. */
function isPlain({ inventory }: Program): boolean {
  return !hasClass(inventory) && inventory.fields.every(({ kind }) => kind === "FormattedValue");
}

function takenNames(program: Program): Set<string> {
  const { names, inventory } = program;
  const taken = new Set<string>();
  function take(name: string): void {
    if (!isReservedName(name)) taken.add(name);
  }
  for (const name of names.module.bindings.keys()) take(name);
  names.forEach((node, binding) => {
    if (binding !== null) take(binding.name);
    else if (node.kind === "Name") take(node.id);
  });
  for (const { func, keywords } of inventory.calls) {
    // A keyword of a known function would be taken for a parameter of its name.
    if (keywords.length === 0 || knownCallee(func, program) === null) continue;
    for (const { arg } of keywords) if (arg !== null) take(arg);
  }
  return taken;
}

function placesOf(numbers: readonly string[], { names }: Program): BindingPlace[] {
  const indices = new Map<Scope, number>();
  function indexOf(scope: Scope): number {
    const index = indices.get(scope) ?? indices.size;
    indices.set(scope, index);
    return index;
  }
  const places = new Map<string, { scope: number; through: Set<number> }>();
  names.forEachMention(({ name, scope }, mentioning) => {
    if (!isReservedName(name)) return;
    const place = places.get(name) ?? { scope: indexOf(scope), through: NONE };
    places.set(name, place);
    for (let at: Scope | null = mentioning; at !== null && at !== scope; at = at.parent) {
      const index = indexOf(at);
      if (place.through.has(index)) break;
      if (place.through === NONE) place.through = new Set();
      place.through.add(index);
    }
  });
  return numbers.map((number) => places.get(number) ?? { scope: 0, through: NONE });
}

/** Most bindings are mentioned in their own scope alone. */
const NONE: Set<number> = new Set();

/**
 * Does law 5 hold for a mapping, for no other reason than that its names are fresh
 * and its docstring is plain? Where the answer is no, it may hold all the same.
 */
export function isFresh(mapping: Mapping, rules: NamingRules): boolean {
  const { numbers, hashes, taken, bindings } = rules;
  if (taken === null || checkMapping(mapping, numbers, hashes) !== null) return false;
  const { name_mapping, alias_mapping, docstring } = mapping;
  const given = new Map<string, BindingPlace>();
  /** The places of the names that several bindings have. */
  const shared = new Map<string, BindingPlace[]>();
  for (const [at, place] of bindings.entries()) {
    const name = entryOf(name_mapping, numbers[at] ?? "") ?? "";
    if (taken.has(name) || SPECIAL.test(name)) return false;
    const first = given.get(name);
    if (first === undefined) {
      given.set(name, place);
      continue;
    }
    const places = shared.get(name);
    if (places === undefined) shared.set(name, [first, place]);
    else places.push(place);
  }
  for (const places of shared.values()) if (!areApart(places)) return false;
  const aliases = new Set<string>();
  for (const alias of Object.values(alias_mapping)) {
    if (given.has(alias) || aliases.has(alias)) return false;
    if (taken.has(alias) || SPECIAL.test(alias)) return false;
    aliases.add(alias);
  }
  return isPlainDocstring(docstring);
}

/** May these bindings have one name: does none stand where it would hide another that is mentioned? */
function areApart(places: readonly BindingPlace[]): boolean {
  const scopes = new Set(places.map(({ scope }) => scope));
  if (scopes.size < places.length) return false;
  return places.every(({ through }) => {
    for (const scope of through) if (scopes.has(scope)) return false;
    return true;
  });
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
