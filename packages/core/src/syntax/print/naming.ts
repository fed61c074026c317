/** Names as they are printed: the seam between the printer and the numbering of bindings. */
import type { Attribute, NamedNode } from "../ast.js";

export interface Naming {
  /**
   * What is printed for the identifier `spelled` of `node`; for a `Name` it may
   * be a dotted name. `index` is its place in the `names` of a `global` or
   * `nonlocal` statement, otherwise 0. Asked once for each identifier, in the
   * order of the printed text. Not asked: attributes, the keywords of class
   * patterns, what an import imports.
   */
  name(node: NamedNode, spelled: string, index: number): string;
  /** What is printed for all of an attribute, value included; `null` is the attribute itself. */
  attribute?(node: Attribute): string | null;
}
