/** The names that a normal form keeps: of attributes, keywords, imports, globals and class bodies. */
import { isReservedName } from "../canonical/pool-name.js";
import type { Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";

/** Gives every name that is written in a tree, but for the numbered ones and `object_<hash>`. */
export function namesInCode(tree: Node): ReadonlySet<string> {
  const found = new Set<string>();
  walk(tree, (node) => addNames(found, node));
  return found;
}

function addNames(found: Set<string>, node: Node): void {
  switch (node.kind) {
    case "Name":
      return add(found, node.id);
    case "Attribute":
      return add(found, node.attr);
    case "arg":
    case "keyword":
      return add(found, node.arg);
    case "alias":
      addAll(found, node.name.split("."));
      return add(found, node.asname);
    case "ImportFrom":
      return addAll(found, node.module?.split(".") ?? []);
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "ExceptHandler":
    case "MatchAs":
    case "MatchStar":
    case "TypeVar":
    case "TypeVarTuple":
    case "ParamSpec":
      return add(found, node.name);
    case "MatchMapping":
      return add(found, node.rest);
    case "MatchClass":
      return addAll(found, node.kwd_attrs);
    case "Global":
    case "Nonlocal":
      return addAll(found, node.names);
    default:
  }
}

function add(found: Set<string>, name: string | null): void {
  if (name !== null && !isReservedName(name)) found.add(name);
}

function addAll(found: Set<string>, names: readonly string[]): void {
  for (const name of names) add(found, name);
}
