/**
 * The state of one printing: the text so far, and what the printers of the node
 * kinds have to tell one another. Text is appended piece by piece (V8 keeps such
 * a string as a tree of its pieces, so that appending and nesting cost nothing).
 */
import type { Attribute, BinOp, Call, NamedNode, Subscript } from "../ast.js";
import type { Naming } from "./naming.js";

export interface Printer {
  text: string;
  readonly naming: Naming | null;
  /** The line break and indentation that begin a statement. */
  lineStart: string;
  /** How many fields of f-strings are open; the text is then that of the innermost. */
  fields: number;
  /** What the text of the innermost open field holds: the bits of `marksOf`. */
  marks: number;
  /** The left spines being printed, so that long chains need no recursion. */
  readonly operations: BinOp[];
  readonly trailers: (Attribute | Call | Subscript)[];
}

export function newPrinter(naming: Naming | null): Printer {
  return {
    text: "",
    naming,
    lineStart: "\n",
    fields: 0,
    marks: 0,
    operations: [],
    trailers: [],
  };
}

/** The identifier `spelled` of `node`, as the naming has it. */
export function nameIn(p: Printer, node: NamedNode, spelled: string, index = 0): string {
  return p.naming === null ? spelled : p.naming.name(node, spelled, index);
}
