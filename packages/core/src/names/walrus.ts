/**
 * What may not stand everywhere: `:=` in a comprehension (PEP 572), and `:=`,
 * `yield` and `await` in annotation scopes (PEP 649, 695) and comprehensions.
 */
import type { Await, Name, NamedExpr, Yield, YieldFrom } from "../syntax/ast.js";
import { refuse } from "../syntax/legality/refused.js";
import {
  addDefinition,
  type Collection,
  type Entry,
  entryHere,
  entryIn,
  Flag,
  type Frame,
  identifierOf,
} from "./table.js";

const GENERIC = "the definition of a generic";

/** The annotation scope that `frame` is at this place, in CPython's words. */
function annotationOf(frame: Frame): string | null {
  return frame.annotation ?? (frame.scope.kind === "type-parameters" ? GENERIC : null);
}

export function checkAnnotationScope(
  c: Collection,
  node: Await | NamedExpr | Yield | YieldFrom,
): void {
  const where = annotationOf(c.frame);
  if (where === null) return;
  const what = { Await: "await", NamedExpr: "named", Yield: "yield", YieldFrom: "yield" }[
    node.kind
  ];
  refuse(c, "expression-in-annotation-scope", node, what, where);
}

export function checkYield(c: Collection, node: Yield | YieldFrom): void {
  checkAnnotationScope(c, node);
  const { kind, node: around } = c.frame.scope;
  if (kind !== "comprehension") return;
  const what = COMPREHENSIONS[around.kind] ?? "";
  refuse(c, "yield-in-comprehension", node, what);
}

const COMPREHENSIONS: Readonly<Record<string, string>> = {
  ListComp: "list comprehension",
  SetComp: "set comprehension",
  DictComp: "dict comprehension",
  GeneratorExp: "generator expression",
};

export function checkWalrus(c: Collection, node: NamedExpr): void {
  checkAnnotationScope(c, node);
  if (c.iterables > 0) refuse(c, "walrus-in-iterable", node);
}

/** Binds the target of a walrus, which stands in a comprehension, in the scope around it. */
export function extendWalrus(c: Collection, node: Name): void {
  const { frame } = c;
  const home = frame.home ?? frame;
  const identifier = identifierOf(c, node.id);
  for (let entry = identifier.innermost; isInside(entry, home); entry = entry.outer) {
    if ((entry.flags & Flag.Iteration) !== 0 && (entry.flags & REBOUND) !== 0) {
      refuse(c, "walrus-rebinds-iteration-variable", node, identifier.name);
    }
  }
  const barrier = barrierOf(home);
  if (barrier !== null) refuse(c, "walrus-in-comprehension", node, barrier);

  const isModule = home.scope.kind === "module";
  const bound = entryIn(identifier, home);
  const isGlobal = isModule || (bound.flags & Flag.Global) !== 0;
  bound.flags |= isModule ? Flag.Walrus : Flag.Local;
  addDefinition(bound, "walrus", node);
  entryHere(c, identifier).flags |= isGlobal ? Flag.Global : Flag.Nonlocal;
}

const REBOUND = Flag.Local | Flag.Global;

function isInside(entry: Entry | null, home: Frame): entry is Entry {
  return entry !== null && entry.frame.depth > home.depth;
}

/** Why a comprehension in `home` may not bind there. Variable annotations stand in nobody's way. */
function barrierOf({ annotation, scope }: Frame): string | null {
  if (annotation !== null && annotation !== "an annotation") {
    return annotation === "a type alias" ? "in a type alias" : "in a TypeVar bound";
  }
  if (scope.kind === "type-parameters") return `within ${GENERIC}`;
  return scope.kind === "class" ? "in a class body" : null;
}
