/** Random statements of Python (see program.ts). */

import type { Identifier, Line, Piece, Scope } from "./program.js";
import {
  expression,
  type ParameterList,
  parameterList,
  pattern,
  reference,
  target,
  written,
} from "./program-expression.js";
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

const EXCEPTIONS = ["ValueError", "KeyError", "(OSError, TypeError)", "Exception"];
interface Definition {
  readonly decorators: Line[];
  readonly head: Piece[];
  readonly body: Line[];
}

/** A function, bound to `name`: its own scope, around it that of its type parameters. */
export function definition(
  g: Generation,
  place: Place,
  name: Identifier,
  kind: "function" | "method",
  isOnlyBinding: boolean,
): Definition {
  const decorators = several(g, 0, chance(g, 3) ? 1 : 0, () =>
    simple("@", ...expression(g, { ...place, walrus: null })),
  );
  const isAsync = chance(g, 4);
  const generics = typeParameters(g, place);
  const scope: Scope = { parent: generics.place.scope };
  const list: ParameterList = parameterList(
    g,
    place,
    scope,
    kind === "method" ? "kept" : "local",
    true,
    generics.place,
  );
  if (kind === "function" && isOnlyBinding) g.keywords.set(name, list.keywords);
  const returns = chance(g, 4) ? [" -> ", ...expression(g, annotationPlace(generics.place))] : [];
  const inner = functionPlace(g, generics.place, scope, list.parameters, isAsync);
  const head = [
    isAsync ? "async def " : "def ",
    refer(place, name),
    ...generics.pieces,
    "(",
    ...list.pieces,
    ")",
    ...returns,
  ];
  return { decorators, head, body: [...declarations(g, inner), ...block(g, inner)] };
}

function annotationPlace(place: Place): Place {
  return { ...place, walrus: null, isAsync: false, isGenerator: false };
}

function functionPlace(
  g: Generation,
  around: Place,
  scope: Scope,
  parameters: readonly Identifier[],
  isAsync: boolean,
): Place {
  const reads = [...around.innerReads, ...parameters];
  const writes = [...parameters];
  const bind = (): Identifier => {
    const identifier = newIdentifier(g, scope, "local", "local");
    reads.push(identifier);
    writes.push(identifier);
    return identifier;
  };
  return {
    scope,
    reads,
    innerReads: reads,
    writes,
    bind,
    walrus: () => (writes.length > 0 && chance(g, 2) ? pick(g, writes) : bind()),
    inIterable: false,
    isAsync,
    isGenerator: chance(g, 4),
    isClass: false,
    inLoop: false,
    canLeave: true,
    depth: around.depth + 1,
  };
}

/** `global` and `nonlocal` stand before what they declare is used. */
function declarations(g: Generation, place: Place): Line[] {
  const lines: Line[] = [];
  if (chance(g, 6)) {
    const old = g.globals.length > 0 && chance(g, 2) ? pick(g, g.globals) : null;
    const name = old ?? newIdentifier(g, g.module, "kept", `global${g.identifiers.length}`);
    if (old === null) g.globals.push(name);
    lines.push(simple("global ", refer(place, name)));
    place.writes.push(name);
  }
  const outer = place.reads.filter((identifier) => isRebindable(g, identifier, place.scope));
  if (outer.length > 0 && chance(g, 2)) {
    const name = pick(g, outer);
    lines.push(simple("nonlocal ", refer(place, name)));
    place.writes.push(name);
  }
  return lines;
}

const REBINDABLE = /^(?:param|local)/;

function isRebindable(g: Generation, identifier: Identifier, scope: Scope): boolean {
  return (
    identifier.scope !== scope && REBINDABLE.test(identifier.name) && !g.keywords.has(identifier)
  );
}

interface Generics {
  readonly pieces: readonly Piece[];
  readonly place: Place;
}

/** PEP 695 and 696: their own scope, which bounds, defaults and annotations see. */
function typeParameters(g: Generation, place: Place): Generics {
  const { version } = g.options;
  if (version < 12 || !chance(g, 3)) return { pieces: [], place };
  const scope: Scope = { parent: place.scope };
  const names = several(g, 1, 3, () => newIdentifier(g, scope, "local", "Type"));
  const own = {
    ...inside(place, scope, names),
    reads: [...place.reads, ...names],
    innerReads: [...place.innerReads, ...names],
    walrus: null,
  };
  const list = names.map((name, index): Piece[] => {
    const star = pick(g, ["", "*", "**"]);
    const bound = star === "" && chance(g, 2) ? [": ", ...expression(g, own)] : [];
    const value =
      version >= 13 && index === names.length - 1 && chance(g, 3)
        ? [" = ", ...expression(g, own)]
        : [];
    return [star, name, ...bound, ...value];
  });
  return { pieces: ["[", ...separated(list, ", "), "]"], place: own };
}

export function simple(...pieces: Piece[]): Line {
  return { pieces, body: null };
}

function compound(pieces: readonly Piece[], body: readonly Line[]): Line {
  return { pieces, body };
}

function block(g: Generation, place: Place): Line[] {
  if (place.depth > 7 || g.fuel <= 0) return [simple("pass")];
  const deeper = { ...place, depth: place.depth + 1 };
  return several(g, 1, 4, () => statement(g, deeper)).flat();
}

function statement(g: Generation, place: Place): Line[] {
  g.fuel -= 1;
  if (g.fuel <= 0) return [simple("pass")];
  return pick(g, place.isClass ? IN_CLASS : IN_FUNCTION)(g, place);
}

type Make = (g: Generation, place: Place) => Line[];

const ANYWHERE: readonly Make[] = [
  assignment,
  assignment,
  assignment,
  (g, place) => [simple(...expression(g, place))],
  (g, place) => [simple({ text: "a string in the way" }), ...block(g, { ...place, depth: 8 })],
  (g, place) => [simple("assert ", ...expression(g, place), ", ", ...expression(g, place))],
  (g, place) => [simple("raise ", ...expression(g, place), " from ", ...expression(g, place))],
  (g, place) =>
    place.writes.length === 0 ? [simple("pass")] : [simple("del ", deletable(g, place))],
  branch,
  loop,
  loop,
  withBlock,
  tryBlock,
  matchBlock,
  importStatement,
  nested,
  nested,
  classBlock,
  typeAlias,
];
const IN_CLASS = [...ANYWHERE, method, method, privateAttribute];
const IN_FUNCTION = [...ANYWHERE, leave, yields];

function deletable(g: Generation, place: Place): Identifier {
  const names = place.writes.filter((identifier) => !g.keywords.has(identifier));
  return refer(place, names.length > 0 ? pick(g, names) : place.bind());
}

function assignment(g: Generation, place: Place): Line[] {
  switch (g.choose(6)) {
    case 0:
      return [
        simple(written(g, place), ` ${pick(g, ["+", "**", "//"])}= `, ...expression(g, place)),
      ];
    case 1:
      return annotated(g, place);
    case 2:
      return [
        simple(...target(g, place), " = ", ...target(g, place), " = ", ...expression(g, place)),
      ];
    case 3:
      return [
        simple(
          written(g, place),
          ", ",
          written(g, place),
          " = *",
          ...reference(g, place, pick(g, place.reads)),
          ", 1",
        ),
      ];
    default:
      return [simple(written(g, place), " = ", ...expression(g, place))];
  }
}

/** A name that is declared `global` or `nonlocal` may not be annotated. */
function annotated(g: Generation, place: Place): Line[] {
  const annotation = expression(g, annotationPlace(place));
  const hasValue = chance(g, 2);
  const value = hasValue ? [" = ", ...expression(g, place)] : [];
  const name = place.bind();
  // In parentheses and without a value, nothing would be bound.
  if (hasValue && chance(g, 4)) return [simple("(", name, "): ", ...annotation, ...value)];
  return [simple(name, ": ", ...annotation, ...value)];
}

function branch(g: Generation, place: Place): Line[] {
  const lines = [compound(["if ", ...expression(g, place)], block(g, place))];
  if (chance(g, 3)) lines.push(compound(["elif ", ...expression(g, place)], block(g, place)));
  if (chance(g, 2)) lines.push(compound(["else"], block(g, place)));
  return lines;
}

function loop(g: Generation, place: Place): Line[] {
  const body = (): Line[] => block(g, { ...place, inLoop: true });
  const async = place.isAsync && chance(g, 2) ? "async " : "";
  const lines = chance(g, 3)
    ? [compound(["while ", ...expression(g, place)], body())]
    : [compound([`${async}for `, ...target(g, place), " in ", ...expression(g, place)], body())];
  if (chance(g, 4)) lines.push(compound(["else"], block(g, place)));
  return lines;
}

function withBlock(g: Generation, place: Place): Line[] {
  const items = several(g, 1, 2, (): Piece[] => {
    const context = ["(", ...expression(g, place), ").value"];
    return chance(g, 3) ? context : [...context, " as ", ...target(g, place)];
  });
  const async = place.isAsync && chance(g, 2) ? "async " : "";
  return [compound([`${async}with `, ...separated(items, ", ")], block(g, place))];
}

function tryBlock(g: Generation, place: Place): Line[] {
  const star = chance(g, 3) ? "*" : "";
  const inHandler = star === "" ? place : { ...place, canLeave: false, inLoop: false };
  const lines = [compound(["try"], block(g, place))];
  const handlers = several(g, 0, 2, () => {
    const name = chance(g, 3) ? [] : [" as ", written(g, place)];
    return compound([`except${star} ${pick(g, EXCEPTIONS)}`, ...name], block(g, inHandler));
  });
  lines.push(...handlers);
  if (handlers.length > 0 && chance(g, 3)) lines.push(compound(["else"], block(g, place)));
  // Python 3.14 warns where `finally` is left.
  const inFinally = { ...place, canLeave: false, inLoop: false };
  if (handlers.length === 0 || chance(g, 3)) lines.push(compound(["finally"], block(g, inFinally)));
  return lines;
}

function matchBlock(g: Generation, place: Place): Line[] {
  const cases = several(g, 1, 3, () => {
    const captured = new Set<Identifier>();
    const capture = (): Identifier => {
      const old = chance(g, 2) ? written(g, place) : null;
      const identifier = old === null || captured.has(old) ? place.bind() : old;
      captured.add(identifier);
      return identifier;
    };
    const pieces = pattern(g, place, capture);
    return compound(["case ", ...pieces, " if ", ...expression(g, place)], block(g, place));
  });
  if (chance(g, 2)) cases.push(compound(["case ", written(g, place)], block(g, place)));
  return [compound(["match ", ...expression(g, place)], cases)];
}

/** What an import binds inside is kept, even if it is assigned as well. */
function importStatement(g: Generation, place: Place): Line[] {
  const alias = newIdentifier(g, place.scope, "kept", `module${g.identifiers.length}`);
  if (place.reads === place.innerReads && !place.isClass) {
    place.writes.push(alias);
  }
  const statement = pick(g, [
    "import math as ",
    "import os.path as ",
    "from json import dumps as ",
  ]);
  return [simple(statement, alias), simple(alias, " = ", alias, ".value")];
}

/** A nested function; one that is its name's only binding can be called with keywords. */
function nested(g: Generation, place: Place): Line[] {
  const count = g.identifiers.length;
  const name = chance(g, 3) ? written(g, place) : place.bind();
  const isOnlyBinding = g.identifiers.length > count && !place.isClass;
  if (isOnlyBinding) place.writes.splice(place.writes.indexOf(name), 1);
  const kind = place.isClass ? "method" : "function";
  const made = definition(g, place, name, kind, isOnlyBinding);
  return [...made.decorators, compound(made.head, documented(g, made.body))];
}

function documented(g: Generation, body: readonly Line[]): readonly Line[] {
  return chance(g, 4) ? [simple({ text: "Human language." }), ...body] : body;
}

function method(g: Generation, place: Place): Line[] {
  const made = definition(g, place, place.bind(), "method", false);
  return [...made.decorators, compound(made.head, documented(g, made.body))];
}

function classBlock(g: Generation, place: Place): Line[] {
  const name = written(g, place);
  const decorator = chance(g, 4) ? [simple("@", ...expression(g, { ...place, walrus: null }))] : [];
  const generics = typeParameters(g, place);
  const base = chance(g, 2) ? expression(g, annotationPlace(generics.place)) : null;
  const keyword = chance(g, 3)
    ? ["metaclass=", ...expression(g, annotationPlace(generics.place))]
    : null;
  const bases = [base, keyword].filter((pieces) => pieces !== null);
  const scope: Scope = { parent: generics.place.scope };
  const own: Identifier[] = [];
  const reads = [...generics.place.innerReads];
  const bind = (): Identifier => {
    const identifier = newIdentifier(g, scope, "kept", `member${g.identifiers.length}`, true);
    own.push(identifier);
    reads.push(identifier);
    return identifier;
  };
  const body: Place = {
    ...generics.place,
    scope,
    reads,
    writes: own,
    bind,
    walrus: () => (own.length > 0 && chance(g, 2) ? pick(g, own) : bind()),
    isAsync: false,
    isGenerator: false,
    isClass: true,
    inLoop: false,
    canLeave: false,
    depth: place.depth + 1,
  };
  const head = [
    "class ",
    name,
    ...generics.pieces,
    ...(bases.length === 0 ? [] : ["(", ...separated(bases, ", "), ")"]),
  ];
  return [...decorator, compound(head, documented(g, block(g, body)))];
}

/** A private name, which Python mangles with the name of the class. */
function privateAttribute(g: Generation, place: Place): Line[] {
  const key = g.identifiers.length;
  const self = newIdentifier(g, { parent: place.scope }, "kept", `self${key}`);
  return [
    simple(`__private${key} = 1`),
    compound([`def method${key}(`, self, ")"], [simple("return ", self, `.__private${key}`)]),
  ];
}

function typeAlias(g: Generation, place: Place): Line[] {
  if (g.options.version < 12) return [simple("pass")];
  const name = written(g, place);
  const generics = typeParameters(g, place);
  const scope: Scope = { parent: generics.place.scope };
  const value = { ...annotationPlace(generics.place), scope };
  return [simple("type ", name, ...generics.pieces, " = ", ...expression(g, value))];
}

function leave(g: Generation, place: Place): Line[] {
  if (!place.canLeave) return [simple("pass")];
  if (place.inLoop && chance(g, 2)) return [simple(pick(g, ["break", "continue"]))];
  const isBare = place.isAsync && place.isGenerator;
  return [isBare ? simple("return") : simple("return ", ...expression(g, place))];
}

function yields(g: Generation, place: Place): Line[] {
  if (!place.isGenerator) return [simple("pass")];
  const kind = place.isAsync ? "yield " : pick(g, ["yield ", "yield from "]);
  return chance(g, 2)
    ? [simple(kind, ...expression(g, place))]
    : [simple(written(g, place), " = ", kind, ...reference(g, place, pick(g, place.reads)))];
}
