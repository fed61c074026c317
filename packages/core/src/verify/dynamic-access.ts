/**
 * What imports by a name that is computed: `importlib` and its like, `__import__`,
 * `exec` and `eval`, `sys.modules`. Reading cannot tell what they import; it can
 * tell that the file holds the name of the pool.
 */
import { POOL_PACKAGE } from "../canonical/pool-name.js";
import type { Expression, Keyword, Node } from "../syntax/ast.js";
import { walk } from "../syntax/children.js";
import { joinToPool } from "./joined-name.js";

/** All that these have may import, but for the parts of `importlib` that read what is installed. */
const IMPORTING_MODULES = ["importlib", "runpy", "pkgutil", "imp"];
const READING_MODULES = ["metadata", "resources"];

/** What imports in modules that do other things as well. */
const IMPORTERS: ReadonlySet<string> = new Set([
  "__main__",
  "builtins.__dict__",
  "builtins.__import__",
  "builtins.compile",
  "builtins.eval",
  "builtins.exec",
  "cProfile.run",
  "cProfile.runctx",
  "code.InteractiveConsole",
  "code.InteractiveInterpreter",
  "code.compile_command",
  "code.interact",
  "codeop.compile_command",
  "django.utils.module_loading.import_string",
  "mock.patch",
  "pdb.run",
  "pdb.runeval",
  "profile.run",
  "profile.runctx",
  "pydoc.locate",
  "pydoc.resolve",
  "pydoc.safeimport",
  "pytest.importorskip",
  "sys.modules",
  "timeit.Timer",
  "timeit.repeat",
  "timeit.timeit",
  "unittest.mock.patch",
  "werkzeug.utils.import_string",
  "zipimport.zipimporter",
]);
/** The modules of these, and the packages that these are in. */
const HOLDERS: ReadonlySet<string> = new Set(
  [...IMPORTERS].flatMap((path) => {
    const parts = path.split(".");
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
  }),
);

/** May a name with this path lead to something that imports by name? */
export function isDynamicModule(path: readonly string[]): boolean {
  const [first = "", second = ""] = path;
  if (IMPORTING_MODULES.includes(first)) return !READING_MODULES.includes(second);
  // A star import gives all that the module has.
  const named = path.at(-1) === "*" ? path.slice(0, -1) : path;
  return HOLDERS.has(named.join(".")) || isDynamicImporter(path);
}

/** Is the thing at this path one that imports by name, or something of one? */
export function isDynamicImporter(path: readonly string[]): boolean {
  if (IMPORTING_MODULES.includes(path[0] ?? "")) return path.length > 1 && isDynamicModule(path);
  return path.some((_, index) => IMPORTERS.has(path.slice(0, index + 1).join(".")));
}

/** A text by which something that imports may be looked up: `getattr(module, "__import__")`. */
export function isImporterName(text: string): boolean {
  return IMPORTER_NAMES.has(text);
}
const IMPORTER_NAMES: ReadonlySet<string> = new Set([
  "__builtins__",
  "__import__",
  "import_module",
  "importlib",
]);

/** Does a call with so many arguments read the names of the program, the modules of the pool among them? */
export function isNamespaceReader(path: readonly string[], args: number): boolean {
  const [module, name = ""] = path;
  if (module !== "builtins" || path.length !== 2) return false;
  return args === 0 ? NAMESPACES.includes(name) : RUNNING.includes(name);
}
const NAMESPACES = ["globals", "locals", "vars"];
const RUNNING = ["eval", "exec"];

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

/** How a text would reach the pool as the name of a module, or as code, alone or as the beginning of one. */
const REACHES =
  /\bouverture(?:\.pool\b|\s+import\b)|\bimport\s+ouverture\b|\bfrom\s+ouverture\.?$|^ouverture(?:\.(?:po{0,2})?)?(?:[%{]\S*)?$/;

/** Are there strings, other than docstrings, that would reach the pool, one alone or several together? */
export function holdsPoolPath(tree: Node): boolean {
  const documentation = new Set<Node>();
  const parts: string[] = [];
  let holds = false;
  walk(tree, (node) => {
    if (node.kind === "Expr") documentation.add(node.value);
    else if (node.kind === "Constant" && !documentation.has(node)) {
      if (typeof node.value !== "string") return;
      holds ||= REACHES.test(node.value);
      if (!node.value.includes(POOL_PACKAGE)) parts.push(node.value);
    }
  });
  return holds || joinToPool(parts);
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
