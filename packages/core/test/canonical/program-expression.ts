/** Random expressions and patterns of Python (see program.ts). */
import type { Identifier, Piece, Scope, TemplatePart } from "./program.js";
import {
  chance,
  type Generation,
  inside,
  newIdentifier,
  type Place,
  pick,
  refer,
  separated,
  several,
} from "./program-place.js";

const TEXTS = [
  "",
  "total",
  "it's",
  'say "hi"',
  "a\nb",
  "tab\there",
  "back\\slash",
  "\u00e9\u{1f600}",
  "{x}",
  "\u0000\u007f",
  "'''\"\"\"",
];
const ATTRIBUTES = ["items", "value", "name", "__doc__", "f1"];
const BINARY = ["+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^"];
const COMPARISONS = ["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"];
const LITERALS = ["None", "True", "...", "1.5", "2j", "1e100", "0xff", "1_000", "b'x\\x00'"];

type Make = (g: Generation, place: Place) => Piece[];

/** An expression of any kind, but no `yield` and nothing starred. */
export function expression(g: Generation, place: Place): Piece[] {
  g.fuel -= 1;
  if (g.fuel <= 0 || place.depth > 6 || chance(g, 3)) return atom(g, place);
  const made = pick(g, EXPRESSIONS)(g, { ...place, depth: place.depth + 1 });
  return chance(g, 6) ? [{ wrap: made }] : made;
}

/** An expression that needs no parentheses around it. */
function operand(g: Generation, place: Place): Piece[] {
  return chance(g, 2) ? atom(g, place) : ["(", ...expression(g, place), ")"];
}

/** What an attribute, a subscript or a call can stand after. */
function primary(g: Generation, place: Place): Piece[] {
  if (chance(g, 4)) return ["(", ...expression(g, place), ")"];
  return reference(g, place, pick(g, place.reads));
}

function atom(g: Generation, place: Place): Piece[] {
  switch (g.choose(8)) {
    case 0:
      return [{ integer: g.choose(1000) }];
    case 1:
      return [{ text: pick(g, TEXTS) }];
    case 2:
      return [pick(g, LITERALS)];
    default:
      return reference(g, place, pick(g, place.reads));
  }
}

export function reference(g: Generation, place: Place, identifier: Identifier): Piece[] {
  const piece = refer(place, identifier);
  const isPool = identifier.scope === g.module && identifier.name.startsWith("object_");
  const isWrittenOut = identifier.role === "pool" || isPool;
  return isWrittenOut && g.options.poolWrittenOut ? [piece, "._ouverture_v_0"] : [piece];
}

const EXPRESSIONS: readonly Make[] = [
  atom,
  (g, place) => [...operand(g, place), ` ${pick(g, BINARY)} `, ...operand(g, place)],
  (g, place) => [pick(g, ["-", "+", "~", "not "]), ...operand(g, place)],
  (g, place) =>
    separated(
      several(g, 2, 3, () => operand(g, place)),
      pick(g, [" and ", " or "]),
    ),
  (g, place) =>
    separated(
      several(g, 2, 3, () => operand(g, place)),
      ` ${pick(g, COMPARISONS)} `,
    ),
  (g, place) => [
    ...operand(g, place),
    " if ",
    ...operand(g, place),
    " else ",
    ...operand(g, place),
  ],
  (g, place) => [...primary(g, place), ".", pick(g, ATTRIBUTES)],
  (g, place) => [...primary(g, place), "[", ...subscript(g, place), "]"],
  call,
  call,
  display,
  comprehension,
  comprehension,
  lambda,
  lambda,
  walrus,
  (g, place) => (place.isAsync ? ["await ", ...operand(g, place)] : atom(g, place)),
  template,
];

function subscript(g: Generation, place: Place): Piece[] {
  switch (g.choose(4)) {
    case 0:
      return [...operand(g, place), ":", ...operand(g, place)];
    case 1:
      return ["::", ...operand(g, place), ", ", ...operand(g, place)];
    case 2:
      return ["*", ...operand(g, place), ", ", ...operand(g, place)];
    default:
      return expression(g, place);
  }
}

/** Keywords of a known callee name its parameters; of another, they are just names. */
function call(g: Generation, place: Place): Piece[] {
  const known = place.reads.filter((identifier) => g.keywords.has(identifier));
  const callee = known.length > 0 && chance(g, 2) ? pick(g, known) : null;
  const parameters = callee === null ? [] : (g.keywords.get(callee) ?? []);
  const func = callee === null ? primary(g, place) : reference(g, place, callee);
  const args: Piece[][] = several(g, 0, 2, () => expression(g, place));
  if (chance(g, 4)) args.push(["*", ...operand(g, place)]);
  for (const parameter of parameters) {
    if (chance(g, 2)) args.push([parameter, "=", ...expression(g, place)]);
  }
  if (chance(g, 3)) args.push(["unknown_keyword=", ...expression(g, place)]);
  if (chance(g, 5)) args.push(["**", ...operand(g, place)]);
  return [...func, "(", ...separated(args, ", "), ")"];
}

function display(g: Generation, place: Place): Piece[] {
  const item = (): Piece[] => (chance(g, 4) ? ["*", ...operand(g, place)] : expression(g, place));
  const entry = (): Piece[] =>
    chance(g, 4)
      ? ["**", ...operand(g, place)]
      : [...expression(g, place), ": ", ...expression(g, place)];
  switch (g.choose(4)) {
    case 0:
      return ["(", ...separated(several(g, 1, 3, item), ", "), ",)"];
    case 1:
      return ["[", ...separated(several(g, 0, 3, item), ", "), "]"];
    case 2:
      return ["{", ...separated(several(g, 1, 3, item), ", "), "}"];
    default:
      return ["{", ...separated(several(g, 0, 2, entry), ", "), "}"];
  }
}

/** The first iterable belongs to the place around; no iterable may hold a walrus. */
function comprehension(g: Generation, place: Place): Piece[] {
  const scope: Scope = { parent: place.scope };
  const targets = several(g, 1, 3, () => newIdentifier(g, scope, "local", "item"));
  const own = { ...inside(place, scope, targets), walrus: place.isClass ? null : place.walrus };
  const iterable = { walrus: null, inIterable: true };
  const outermost = { ...place, ...iterable };
  const [first, ...others] = targets;
  const clauses: Piece[] = [" for ", first ?? "_", " in ", ...operand(g, outermost)];
  for (const target of others) {
    clauses.push(" for ", "(", target, ",)", " in ", ...operand(g, { ...own, ...iterable }));
  }
  if (chance(g, 2)) clauses.push(" if ", ...operand(g, own));
  const element = operand(g, own);
  const [open, close] = pick(g, [
    ["[", "]"],
    ["{", "}"],
    ["(", ")"],
    ["{", "}"],
  ]);
  const value = open === "{" && chance(g, 2) ? [": ", ...operand(g, own)] : [];
  return [open, ...element, ...value, ...clauses, close];
}

function lambda(g: Generation, place: Place): Piece[] {
  const scope: Scope = { parent: place.scope };
  const { pieces, parameters } = parameterList(g, place, scope, "local", false);
  const bound: Identifier[] = [];
  const bind = (): Identifier => {
    const identifier = newIdentifier(g, scope, "local", "walrus");
    bound.push(identifier);
    return identifier;
  };
  const own = { ...inside(place, scope, parameters), walrus: place.inIterable ? null : bind };
  return ["(lambda ", ...pieces, ": ", ...expression(g, own), ")"];
}

function walrus(g: Generation, place: Place): Piece[] {
  if (place.walrus === null) return atom(g, place);
  const target = refer(place, place.walrus());
  return ["(", target, " := ", ...expression(g, place), ")"];
}

/** An f-string or t-string; before Python 3.12 a field holds neither quotes nor backslashes. */
function template(g: Generation, place: Place): Piece[] {
  const { version } = g.options;
  const kind = version >= 14 && chance(g, 2) ? "t" : "f";
  // What a t-string remembers of its fields differs by their parentheses.
  const canBeLong = version >= 12 && !(kind === "t" && g.options.poolWrittenOut);
  const field = (): Piece[] =>
    canBeLong && chance(g, 2) ? ["(", ...expression(g, place), ")"] : plainName(g, place);
  const parts = several(g, 0, 3, (): TemplatePart => {
    if (chance(g, 2)) return pick(g, TEXTS);
    const conversion = pick(g, ["", "!r", "!s", "!a"]);
    const specification = chance(g, 3) ? [":>{", ...plainName(g, place), "}"] : [];
    return { field: field(), conversion, specification };
  });
  return [{ template: kind, parts }];
}

function plainName(g: Generation, place: Place): Piece[] {
  return [...reference(g, place, pick(g, place.reads)), pick(g, ["", ".value", "[0]"])];
}

export interface ParameterList {
  readonly pieces: readonly Piece[];
  readonly parameters: readonly Identifier[];
  /** Those that a keyword argument can name. */
  readonly keywords: readonly Identifier[];
}

/** Parameters bound in `scope`; defaults belong to `place`, annotations to `annotated`. */
export function parameterList(
  g: Generation,
  place: Place,
  scope: Scope,
  role: "local" | "kept",
  isAnnotated: boolean,
  annotated: Place = place,
): ParameterList {
  const make = (): Identifier =>
    newIdentifier(g, scope, role, role === "kept" ? `arg${g.identifiers.length}` : "param");
  const positional = several(g, 0, 2, make);
  const both = several(g, 0, 2, make);
  const vararg = several(g, 0, 1, make);
  const keywordOnly = several(g, 0, 1, make);
  const kwarg = several(g, 0, 1, make);
  const defaulted = g.choose(positional.length + both.length + 1);
  const withoutWalrus = { ...place, walrus: null, isAsync: false };
  const declare = (identifier: Identifier, hasDefault: boolean): Piece[] => {
    const annotation =
      isAnnotated && chance(g, 3)
        ? [": ", ...operand(g, { ...annotated, walrus: null, isAsync: false })]
        : [];
    const value = hasDefault ? ["=", ...operand(g, withoutWalrus)] : [];
    return [identifier, ...annotation, ...value];
  };
  const list: Piece[][] = [];
  for (const [index, identifier] of [...positional, ...both].entries()) {
    list.push(declare(identifier, index >= defaulted));
    if (index + 1 === positional.length) list.push(["/"]);
  }
  for (const identifier of vararg) list.push(["*", ...declare(identifier, false)]);
  if (vararg.length === 0 && keywordOnly.length > 0) list.push(["*"]);
  for (const identifier of keywordOnly) list.push(declare(identifier, chance(g, 2)));
  for (const identifier of kwarg) list.push(["**", ...declare(identifier, false)]);
  return {
    pieces: separated(list, ", "),
    parameters: [...positional, ...both, ...vararg, ...keywordOnly, ...kwarg],
    keywords: [...both, ...keywordOnly],
  };
}

/** What an assignment, a `for` or a `with` can bind. */
export function target(g: Generation, place: Place): Piece[] {
  switch (g.choose(7)) {
    case 0:
      return [...primary(g, place), ".", pick(g, ATTRIBUTES)];
    case 1:
      return [...primary(g, place), "[", ...expression(g, place), "]"];
    case 2:
      return ["(", written(g, place), ", *", written(g, place), ")"];
    case 3:
      return ["[", written(g, place), ", ", written(g, place), "]"];
    default:
      return [written(g, place)];
  }
}

/** A binding of the place, an old one or a new one. */
export function written(g: Generation, place: Place): Identifier {
  const identifier = place.writes.length > 0 && chance(g, 2) ? pick(g, place.writes) : place.bind();
  return refer(place, identifier);
}

/** A pattern; `captures` are the bindings that it may still use, each once. */
export function pattern(g: Generation, place: Place, capture: () => Piece, depth = 0): Piece[] {
  const inner = (): Piece[] => pattern(g, place, capture, depth + 1);
  switch (g.choose(depth > 2 ? 4 : 9)) {
    case 0:
      return ["_"];
    case 1:
      return [pick(g, ["1", "-2.5", "'text'", "None", "1 - 2j", "math.pi"])];
    case 2:
    case 3:
      return [capture()];
    case 4:
      return ["[", ...inner(), ", *", chance(g, 2) ? "_" : capture(), "]"];
    case 5:
      return ["{'key': ", ...inner(), ", **", capture(), "}"];
    case 6:
      return ["dict(", ...inner(), ", real=", ...inner(), ")"];
    case 7:
      return ["(1 | 'two' | None)"];
    default:
      return ["[", ...inner(), "] as ", capture()];
  }
}
