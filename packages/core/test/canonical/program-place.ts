/** Where the generator of programs is: what can be named, bound and done at a place. */
import type { Choose, Identifier, Piece, ProgramOptions, Scope } from "./program.js";

/** What all of one generation shares. */
export interface Generation {
  readonly choose: Choose;
  readonly options: Required<ProgramOptions>;
  readonly identifiers: Identifier[];
  readonly builtins: readonly Identifier[];
  readonly module: Scope;
  /** The names that some function declares `global`. */
  readonly globals: Identifier[];
  /** Of the functions that are their name's only binding, what a keyword argument can name. */
  readonly keywords: Map<Identifier, readonly Identifier[]>;
  /** How much may still be generated. */
  fuel: number;
}

export interface Place {
  readonly scope: Scope;
  /** What a name can mean here, and in a scope inside. */
  readonly reads: readonly Identifier[];
  readonly innerReads: readonly Identifier[];
  /** What an assignment can bind here again. */
  readonly writes: Identifier[];
  /** Makes a binding of this scope. */
  readonly bind: () => Identifier;
  /** Gives what `:=` binds here; `null` where it may not stand. */
  readonly walrus: (() => Identifier) | null;
  /** In an iterable of a comprehension, where no walrus may stand, not even in a lambda. */
  readonly inIterable: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isClass: boolean;
  readonly inLoop: boolean;
  /** May `return`, `break` and `continue` leave this block? */
  readonly canLeave: boolean;
  readonly depth: number;
}

export function newIdentifier(
  g: Generation,
  scope: Scope,
  role: Identifier["role"],
  stem: string,
  isMember = false,
): Identifier {
  const name = role === "kept" ? stem : `${stem}${g.identifiers.length}`;
  const identifier = { scope, role, name, isMember, through: new Set<Scope>() };
  g.identifiers.push(identifier);
  return identifier;
}

/** A reference at a place. */
export function refer(place: Place, identifier: Identifier): Identifier {
  for (
    let scope: Scope | null = place.scope;
    scope !== null && (identifier.isMember || scope !== identifier.scope);
    scope = scope.parent
  ) {
    if (scope !== identifier.scope) identifier.through.add(scope);
  }
  return identifier;
}

export function pick<T>(g: Generation, items: readonly T[]): T {
  const item = items[g.choose(items.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

export function chance(g: Generation, oneIn: number): boolean {
  return g.choose(oneIn) === 0;
}

/** Some of what `make` makes, from `least` to `most` times. */
export function several<T>(g: Generation, least: number, most: number, make: () => T): T[] {
  return Array.from({ length: least + g.choose(most - least + 1) }, make);
}

export function separated(items: readonly (readonly Piece[])[], separator: string): Piece[] {
  return items.flatMap((pieces, index) => (index === 0 ? pieces : [separator, ...pieces]));
}

/** A place for the expressions of a lambda, a comprehension or an annotation scope. */
export function inside(place: Place, scope: Scope, own: readonly Identifier[]): Place {
  const reads = [...place.innerReads, ...own];
  return {
    ...place,
    scope,
    reads,
    innerReads: reads,
    writes: [],
    isAsync: false,
    isGenerator: false,
    isClass: false,
    depth: place.depth + 1,
  };
}
