/** The names that a normal form keeps: of attributes, keywords, imports, globals and class bodies. */
import { isReservedName } from "../canonical/pool-name.js";
import type { Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";

/** Gives every name that is written in a tree, but for the numbered ones and `object_<hash>`. */
export function namesInCode(tree: Node): ReadonlySet<string> {
  const found = new Set<string>();
  walk(tree, (node) => {
    for (const name of namesOf(node)) {
      if (name !== null && !isReservedName(name)) found.add(name);
    }
  });
  return found;
}

function namesOf(node: Node): readonly (string | null)[] {
  switch (node.kind) {
    case "Name":
      return [node.id];
    case "Attribute":
      return [node.attr];
    case "arg":
    case "keyword":
      return [node.arg];
    case "alias":
      return [...node.name.split("."), node.asname];
    case "ImportFrom":
      return node.module?.split(".") ?? [];
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
    case "ExceptHandler":
    case "MatchAs":
    case "MatchStar":
    case "TypeVar":
    case "TypeVarTuple":
    case "ParamSpec":
      return [node.name];
    case "MatchMapping":
      return [node.rest];
    case "MatchClass":
      return node.kwd_attrs;
    case "Global":
    case "Nonlocal":
      return node.names;
    default:
      return [];
  }
}
