/** `global` and `nonlocal` (Python's reference, "The global statement", "The nonlocal statement"). */
import type { Global, Nonlocal } from "../syntax/ast.js";
import { refuse } from "../syntax/legality/refused.js";
import { type Collection, type Entry, entryHere, Flag, identifierOf } from "./table.js";

export function declare(c: Collection, node: Global | Nonlocal): void {
  const isGlobal = node.kind === "Global";
  const entries: Entry[] = [];
  c.declared ??= new Map();
  c.declarations ??= new Map();
  const { declared, declarations } = c;
  for (const name of node.names) {
    const entry = entryHere(c, identifierOf(c, name));
    checkDeclared(c, node, entry, isGlobal ? "global" : "nonlocal");
    entry.flags |= isGlobal ? Flag.Global : Flag.Nonlocal;
    if (isGlobal && c.frame.scope.kind === "class") {
      c.frame.globals ??= new Set();
      c.frame.globals.add(entry.identifier);
    }
    if ((entry.flags & Flag.Elsewhere) === Flag.Elsewhere) {
      refuse(c, "declared-twice", node, entry.identifier.name);
    }
    if (!declarations.has(entry)) declarations.set(entry, node);
    entries.push(entry);
  }
  if (!isGlobal && c.frame.scope.kind === "module") refuse(c, "nonlocal-at-module-level", node);
  declared.set(node, entries);
}

/** The declaration comes before every use. */
function checkDeclared(
  c: Collection,
  node: Global | Nonlocal,
  { flags, identifier: { name } }: Entry,
  word: string,
): void {
  if ((flags & Flag.Parameter) !== 0) refuse(c, "declared-parameter", node, name, word);
  else if ((flags & Flag.Used) !== 0) refuse(c, "declared-after-use", node, name, word);
  else if ((flags & Flag.Annotated) !== 0) refuse(c, "declared-annotation", node, name, word);
  else if ((flags & Flag.Local) !== 0) refuse(c, "declared-after-assignment", node, name, word);
}
