/** Other names for a generated program: renaming consistently, as law 1 means it. */
import type { Choose, Identifier, Program } from "./program.js";

/** What an identifier is written as. */
export type NameOf = (identifier: Identifier) => string;

/** The names that the generator gave, all different. */
export const ownNames: NameOf = (identifier) => identifier.name;

/** Names in several human languages, some also builtins that the generator refers to. */
const NAMES = [
  "x",
  "total",
  "len",
  "list",
  "print",
  "self",
  "match",
  "type",
  "r\u00e9sultat",
  "\u540d\u524d",
  "\u{1d4c1}ength".normalize("NFKC"),
  "item",
  "object",
];

/**
 * Names for all that can be renamed, and the same name for as many as Python's
 * scopes allow: two bindings must differ where one is meant in the scope of the other.
 */
export function chooseNames({ identifiers }: Program, choose: Choose): NameOf {
  const names = new Map<Identifier, string>();
  const holders = new Map<string, Identifier[]>();
  const give = (identifier: Identifier, name: string): void => {
    names.set(identifier, name);
    holders.set(name, [...(holders.get(name) ?? []), identifier]);
  };
  for (const identifier of identifiers) {
    if (identifier.role === "kept") give(identifier, identifier.name);
  }
  for (const identifier of identifiers) {
    if (identifier.role === "kept") continue;
    const offset = choose(NAMES.length);
    const free = NAMES.map((_, index) => NAMES[(index + offset) % NAMES.length] ?? "").find(
      (name) => (holders.get(name) ?? []).every((other) => !areInTheWay(identifier, other)),
    );
    give(identifier, free ?? `another_${names.size}`);
  }
  return (identifier) => names.get(identifier) ?? identifier.name;
}

function areInTheWay(one: Identifier, other: Identifier): boolean {
  return one.scope === other.scope || one.through.has(other.scope) || other.through.has(one.scope);
}
