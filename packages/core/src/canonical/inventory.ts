/**
 * One walk over a tree that puts every node which a rule of the normal form asks
 * for into the list of its kind, in the order of the printed text.
 */
import type {
  Attribute,
  AugAssign,
  Call,
  ClassDef,
  FormattedValue,
  IntegerConstant,
  Interpolation,
  Keyword,
  MatchClass,
  Name,
  NamedNode,
  Node,
} from "../syntax/ast.js";
import { visitChildren } from "../syntax/children.js";
import type { FunctionDefinition, ImportStatement } from "./unit.js";

/** What carries identifiers that are bound or refer to a binding, but names and keywords. */
export type Binder = Exclude<NamedNode, Name | Keyword>;

export interface Inventory {
  readonly names: readonly Name[];
  readonly binders: readonly Binder[];
  readonly attributes: readonly Attribute[];
  readonly calls: readonly Call[];
  readonly imports: readonly ImportStatement[];
  readonly definitions: readonly (FunctionDefinition | ClassDef)[];
  readonly augmented: readonly AugAssign[];
  readonly classPatterns: readonly MatchClass[];
  readonly fields: readonly (FormattedValue | Interpolation)[];
  /** The integers that no `number` holds. */
  readonly integers: readonly IntegerConstant[];
  /** What is evaluated in an annotation scope, which sees both a class body and what is around it. */
  readonly deferred: readonly Node[];
}

/** An inventory that is being taken. */
type Lists = { [L in keyof Inventory]: Inventory[L][number][] };

export function takeInventory(root: Node): Inventory {
  const lists: Lists = {
    names: [],
    binders: [],
    attributes: [],
    calls: [],
    imports: [],
    definitions: [],
    augmented: [],
    classPatterns: [],
    fields: [],
    integers: [],
    deferred: [],
  };
  enter(lists, root);
  return lists;
}

/** Lists `node` and all below it. */
function enter(lists: Lists, node: Node): void {
  switch (node.kind) {
    case "Name":
      lists.names.push(node);
      return;
    case "Constant":
      if (node.type === "int" && typeof node.value === "bigint") lists.integers.push(node);
      return;
    // Most nodes are one of these; what follows would do the same more slowly.
    case "Attribute":
      lists.attributes.push(node);
      return enter(lists, node.value);
    case "Expr":
    case "keyword":
      return enter(lists, node.value);
    case "Call":
      lists.calls.push(node);
      break;
    case "Assign":
    case "If":
    case "Compare":
    case "Return":
    case "BinOp":
    case "Subscript":
      break;
    case "FunctionDef":
    case "AsyncFunctionDef":
      defer(lists, node.returns);
      lists.definitions.push(node);
      lists.binders.push(node);
      break;
    case "ClassDef":
      if (node.type_params.length > 0) lists.deferred.push(...node.bases, ...node.keywords);
      lists.definitions.push(node);
      lists.binders.push(node);
      break;
    case "arg":
      defer(lists, node.annotation);
      lists.binders.push(node);
      break;
    case "AnnAssign":
      defer(lists, node.annotation);
      break;
    case "TypeAlias":
      defer(lists, node.value);
      break;
    case "TypeVar":
      defer(lists, node.bound);
      defer(lists, node.default_value);
      lists.binders.push(node);
      break;
    case "ParamSpec":
    case "TypeVarTuple":
      defer(lists, node.default_value);
      lists.binders.push(node);
      break;
    case "alias":
    case "Global":
    case "Nonlocal":
    case "ExceptHandler":
    case "MatchStar":
    case "MatchAs":
    case "MatchMapping":
      lists.binders.push(node);
      break;
    case "Import":
    case "ImportFrom":
      lists.imports.push(node);
      break;
    case "AugAssign":
      lists.augmented.push(node);
      break;
    case "MatchClass":
      lists.classPatterns.push(node);
      break;
    case "FormattedValue":
    case "Interpolation":
      lists.fields.push(node);
      break;
  }
  visitChildren(lists, node, enter);
}

function defer({ deferred }: Lists, node: Node | null): void {
  if (node !== null) deferred.push(node);
}

/** Is a class defined in it? */
export function hasClass({ definitions }: Inventory): boolean {
  return definitions.some(({ kind }) => kind === "ClassDef");
}

/**
 * The identifier of a binder at an index; `undefined` past the last. Of an import
 * it is what it binds, or begins with.
 */
export function identifierAt(node: Binder, index: number): string | undefined {
  if (node.kind === "Global" || node.kind === "Nonlocal") return node.names[index];
  if (index > 0) return undefined;
  switch (node.kind) {
    case "arg":
      return node.arg;
    case "alias":
      return node.asname ?? node.name;
    case "MatchMapping":
      return node.rest ?? undefined;
    default:
      return node.name ?? undefined;
  }
}
