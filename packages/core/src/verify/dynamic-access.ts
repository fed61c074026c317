/**
 * What imports by a name that is computed: `importlib` and its like, `__import__`,
 * `exec` and `eval`, `sys.modules`. Reading cannot tell what they import; it can
 * tell that the file holds the name of the pool.
 */
import { POOL_PACKAGE } from "../canonical/pool-name.js";
import type { Expression, Keyword, Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";

const IMPORTING_MODULES = ["importlib", "runpy", "pkgutil", "imp"];
/** Parts of `importlib` that read what is installed, and import nothing. */
const READING_MODULES = ["metadata", "resources"];
const IMPORTING_BUILTINS = ["__import__", "exec", "eval", "compile"];

/** May a name with this path lead to something that imports by name? */
export function isDynamicModule(path: readonly string[]): boolean {
  const [first = "", second] = path;
  if (IMPORTING_MODULES.includes(first)) return !READING_MODULES.includes(second ?? "");
  if (first === "sys") return second === undefined || second === "modules";
  return first === "builtins" && (second === undefined || IMPORTING_BUILTINS.includes(second));
}

/** Is the thing at this path one that imports by name? */
export function isDynamicImporter(path: readonly string[]): boolean {
  return isDynamicModule(path) && path.length > 1;
}

/** Methods that run what they are given as text, whatever they are methods of: of IPython's shell. */
const RUNNERS: ReadonlySet<string> = new Set([
  "ev",
  "ex",
  "getoutput",
  "magic",
  "run_cell",
  "run_cell_async",
  "run_cell_magic",
  "run_code",
  "run_line_magic",
  "runcode",
  "runsource",
  "system",
]);
export function isRunner(attribute: string): boolean {
  return RUNNERS.has(attribute);
}

/** Is there a text among the arguments that would reach the pool? */
export function hasPoolText(args: readonly (Expression | Keyword)[]): boolean {
  let has = false;
  for (const argument of args) {
    walk(argument, (node) => {
      has ||= node.kind === "Constant" && typeof node.value === "string" && RUN.test(node.value);
    });
  }
  return has;
}
const RUN = /\bouverture\s*\.\s*pool\b|\b(?:from|import)\s+ouverture\b/;

/** How a text would reach the pool as the name of a module, or as code. */
const REACHES = /\bouverture(?:\.pool\b|\s+import\b)|^ouverture$/;

/** Are there strings, other than docstrings, that would reach the pool? */
export function holdsPoolPath(tree: Node): boolean {
  const documentation = new Set<Node>();
  let holds = false;
  walk(tree, (node) => {
    if (node.kind === "Expr") documentation.add(node.value);
    else if (node.kind === "Constant" && typeof node.value === "string") {
      holds ||= !documentation.has(node) && REACHES.test(node.value);
    }
  });
  return holds;
}

/** What is said of arguments: they name the pool, are computed, or are known and something else. */
export function argumentsNamePool(
  args: readonly (Expression | Keyword)[],
): "yes" | "computed" | "no" {
  let text = "";
  let isComputed = false;
  for (const argument of args) {
    walk(argument, (node) => {
      if (node.kind === "Constant") text += typeof node.value === "string" ? node.value : "";
      else if (node.kind !== "keyword") isComputed = true;
    });
  }
  if (text.includes(POOL_PACKAGE)) return "yes";
  return isComputed ? "computed" : "no";
}
