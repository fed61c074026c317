/**
 * Programs of the generator: valid function files that bind and use names in
 * every way that Python has. A program is a tree of lines whose identifiers are
 * objects, so that it can be written with other names (program-names.ts) and in
 * another presentation (program-text.ts) without the help of what is tested.
 */

/** Gives a number from 0 to `count - 1`: the source of all choices. */
export type Choose = (count: number) => number;

export interface Scope {
  readonly parent: Scope | null;
}

export interface Identifier {
  readonly scope: Scope;
  /** `kept` has this name and no other; the others can be renamed. */
  readonly role: "function" | "pool" | "local" | "kept";
  readonly name: string;
  /** Bound in a class body: where it is not bound yet, its spelling is looked for outside. */
  readonly isMember: boolean;
  /** The scopes from a reference outwards to the binding: none may bind the same name. */
  readonly through: Set<Scope>;
}

export type Piece =
  | string
  | Identifier
  | { readonly text: string }
  | { readonly integer: number }
  /** An expression around which parentheses change nothing. */
  | { readonly wrap: readonly Piece[] }
  | { readonly template: "f" | "t"; readonly parts: readonly TemplatePart[] };

export type TemplatePart =
  | string
  | {
      readonly field: readonly Piece[];
      readonly conversion: string;
      readonly specification: readonly Piece[];
    };

export interface Line {
  readonly pieces: readonly Piece[];
  /** The block below; `null` where it is a simple statement. */
  readonly body: readonly Line[] | null;
}

export interface ImportLine {
  readonly from: string | null;
  readonly name: string;
  /** What stands after `as`. */
  readonly alias: Identifier | null;
}

export interface Program {
  readonly imports: readonly ImportLine[];
  readonly decorators: readonly Line[];
  readonly head: readonly Piece[];
  readonly docstring: string | null;
  readonly body: readonly Line[];
  readonly identifiers: readonly Identifier[];
  /** The hashes of the pool imports. */
  readonly hashes: readonly string[];
}

export interface ProgramOptions {
  /** The syntax of Python 3.11, 3.13 or 3.14. */
  readonly version?: 11 | 13 | 14;
  /** Write references to the pool as `<name>._ouverture_v_0`, which Python can run. */
  readonly poolWrittenOut?: boolean;
  /** About how many statements and expressions. */
  readonly size?: number;
}

/** A mulberry32 generator of choices, for runs that need no shrinking. */
export function chooseFrom(seed: number): Choose {
  let state = seed >>> 0;
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}
