/**
 * Our trees as Python's `ast.dump` writes them, to compare a parser with
 * CPython's. The fields are those of CPython's abstract grammar, in its order.
 */
import type { Constant, Module, Node, Range } from "../../src/syntax/ast.js";
import { floatText, imaginaryText } from "../../src/syntax/print/number.js";
import { reprBytes, reprText } from "../../src/syntax/print/string.js";

export interface DumpOptions {
  /** The minor version of the Python to compare with: 11 if not given. */
  readonly minor?: number;
  /** The source of the tree; gives positions, as `include_attributes=True` does. */
  readonly source?: string;
}

/** The fields of each kind. One with `?` is left out where it is null. */
const FIELDS: Readonly<Record<Exclude<Node["kind"], "Constant" | "MatchSingleton">, string>> = {
  Module: "body",
  FunctionDef: "name args body decorator_list returns? type_params",
  AsyncFunctionDef: "name args body decorator_list returns? type_params",
  ClassDef: "name bases keywords body decorator_list type_params",
  Return: "value?",
  Delete: "targets",
  Assign: "targets value",
  TypeAlias: "name type_params value",
  AugAssign: "target op value",
  AnnAssign: "target annotation value? simple",
  For: "target iter body orelse",
  AsyncFor: "target iter body orelse",
  While: "test body orelse",
  If: "test body orelse",
  With: "items body",
  AsyncWith: "items body",
  Match: "subject cases",
  Raise: "exc? cause?",
  Try: "body handlers orelse finalbody",
  TryStar: "body handlers orelse finalbody",
  Assert: "test msg?",
  Import: "names",
  ImportFrom: "module? names level",
  Global: "names",
  Nonlocal: "names",
  Expr: "value",
  Pass: "",
  Break: "",
  Continue: "",
  BoolOp: "op values",
  NamedExpr: "target value",
  BinOp: "left op right",
  UnaryOp: "op operand",
  Lambda: "args body",
  IfExp: "test body orelse",
  Dict: "keys values",
  Set: "elts",
  ListComp: "elt generators",
  SetComp: "elt generators",
  DictComp: "key value generators",
  GeneratorExp: "elt generators",
  Await: "value",
  Yield: "value?",
  YieldFrom: "value",
  Compare: "left ops comparators",
  Call: "func args keywords",
  FormattedValue: "value conversion format_spec?",
  Interpolation: "value str conversion format_spec?",
  JoinedStr: "values",
  TemplateStr: "values",
  Attribute: "value attr ctx",
  Subscript: "value slice ctx",
  Starred: "value ctx",
  Name: "id ctx",
  List: "elts ctx",
  Tuple: "elts ctx",
  Slice: "lower? upper? step?",
  comprehension: "target iter ifs is_async",
  ExceptHandler: "type? name? body",
  arguments: "posonlyargs args vararg? kwonlyargs kw_defaults kwarg? defaults",
  arg: "arg annotation?",
  keyword: "arg? value",
  alias: "name asname?",
  withitem: "context_expr optional_vars?",
  match_case: "pattern guard? body",
  MatchValue: "value",
  MatchSequence: "patterns",
  MatchMapping: "keys patterns rest?",
  MatchClass: "cls patterns kwd_attrs kwd_patterns",
  MatchStar: "name?",
  MatchAs: "pattern? name?",
  MatchOr: "patterns",
  TypeVar: "name bound? default_value?",
  ParamSpec: "name default_value?",
  TypeVarTuple: "name default_value?",
};

/** The kinds to which CPython gives no position. */
const WITHOUT_POSITION = new Set<Node["kind"]>([
  "Module",
  "comprehension",
  "arguments",
  "withitem",
  "match_case",
]);
/** The fields that hold operators and contexts, which are nodes in CPython. */
const SYMBOLS = new Set(["op", "ops", "ctx"]);

interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly symbol: boolean;
}
const fieldsByKind = new Map<string, readonly Field[]>(
  Object.entries(FIELDS).map(([kind, names]) => [
    kind,
    names
      .split(" ")
      .filter((name) => name !== "")
      .map((name) => {
        const plain = name.replace("?", "");
        return { name: plain, optional: plain !== name, symbol: SYMBOLS.has(plain) };
      }),
  ]),
);

/** `ast.dump(module)`, or with `source` `ast.dump(module, include_attributes=True)`. */
export function dumpTree(module: Module, options: DumpOptions = {}): string {
  const positions = options.source === undefined ? null : columnsOf(options.source);
  const hidden = new Set<string>();
  if ((options.minor ?? 11) < 12) hidden.add("type_params");
  if ((options.minor ?? 11) < 13) hidden.add("default_value");

  function dumpNode(node: Node): string {
    let text = `${node.kind}(${fieldsOf(node)}`;
    if (positions !== null && !WITHOUT_POSITION.has(node.kind)) {
      text += `${text.endsWith("(") ? "" : ", "}${positions(node)}`;
    }
    return `${text})`;
  }

  function fieldsOf(node: Node): string {
    if (node.kind === "Constant") {
      return `value=${constantText(node)}${node.prefix === null ? "" : `, kind='${node.prefix}'`}`;
    }
    if (node.kind === "MatchSingleton") return `value=${node.value}`;
    let text = "";
    for (const field of fieldsByKind.get(node.kind) ?? []) {
      const value: unknown = Reflect.get(node, field.name);
      if (hidden.has(field.name) || (field.optional && value === null)) continue;
      if (text !== "") text += ", ";
      text += `${field.name}=${dumpValue(value, field.symbol)}`;
    }
    if (node.kind === "Module") text += ", type_ignores=[]";
    return text;
  }

  function dumpValue(value: unknown, symbol: boolean): string {
    if (Array.isArray(value)) {
      return `[${value.map((item) => dumpValue(item, symbol)).join(", ")}]`;
    }
    if (value === null) return "None";
    if (typeof value === "string") return symbol ? `${value}()` : reprText(value);
    if (typeof value === "object") return dumpNode(value as Node);
    return String(value);
  }

  return dumpNode(module);
}

function constantText(node: Constant): string {
  switch (node.type) {
    case "str":
      return reprText(node.value);
    case "bytes":
      return reprBytes(node.value);
    case "int":
      return String(node.value);
    case "float":
      return node.value === Infinity ? "inf" : floatText(node.value);
    case "complex":
      return node.value === Infinity ? "infj" : imaginaryText(node.value);
    default:
      return node.type;
  }
}

/** Ranges to Python's positions: lines from 1, columns in bytes of UTF-8, without the byte order mark. */
function columnsOf(source: string): (range: Range) => string {
  const lineOf = new Int32Array(source.length + 1);
  const columnOf = new Int32Array(source.length + 1);
  let line = 1;
  let column = 0;
  for (let i = 0; i <= source.length; i += 1) {
    lineOf[i] = line;
    columnOf[i] = column;
    const code = source.charCodeAt(i);
    const next = source.charCodeAt(i + 1);
    if (code === 0x0a || (code === 0x0d && next !== 0x0a)) {
      line += 1;
      column = 0;
    } else if (i > 0 || code !== 0xfeff) {
      // Each half of a surrogate pair counts two of its four bytes.
      const half = code >= 0xd800 && code < 0xe000;
      column += code < 0x80 ? 1 : code < 0x800 || half ? 2 : 3;
    }
  }
  return ({ start, end }) =>
    `lineno=${lineOf[start]}, col_offset=${columnOf[start]}, ` +
    `end_lineno=${lineOf[end]}, end_col_offset=${columnOf[end]}`;
}
