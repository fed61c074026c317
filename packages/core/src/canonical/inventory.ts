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
import { walk } from "../syntax/children.js";
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

export function takeInventory(root: Node): Inventory {
  const names: Name[] = [];
  const binders: Binder[] = [];
  const attributes: Attribute[] = [];
  const calls: Call[] = [];
  const imports: ImportStatement[] = [];
  const definitions: (FunctionDefinition | ClassDef)[] = [];
  const augmented: AugAssign[] = [];
  const classPatterns: MatchClass[] = [];
  const fields: (FormattedValue | Interpolation)[] = [];
  const integers: IntegerConstant[] = [];
  const deferred: Node[] = [];
  const defer = (node: Node | null): void => {
    if (node !== null) deferred.push(node);
  };
  walk(root, (node) => {
    switch (node.kind) {
      case "Name":
        names.push(node);
        break;
      case "Attribute":
        attributes.push(node);
        break;
      case "Call":
        calls.push(node);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        defer(node.returns);
        definitions.push(node);
        binders.push(node);
        break;
      case "ClassDef":
        if (node.type_params.length > 0) deferred.push(...node.bases, ...node.keywords);
        definitions.push(node);
        binders.push(node);
        break;
      case "arg":
        defer(node.annotation);
        binders.push(node);
        break;
      case "AnnAssign":
        defer(node.annotation);
        break;
      case "TypeAlias":
        defer(node.value);
        break;
      case "TypeVar":
        defer(node.bound);
        defer(node.default_value);
        binders.push(node);
        break;
      case "ParamSpec":
      case "TypeVarTuple":
        defer(node.default_value);
        binders.push(node);
        break;
      case "alias":
      case "Global":
      case "Nonlocal":
      case "ExceptHandler":
      case "MatchStar":
      case "MatchAs":
      case "MatchMapping":
        binders.push(node);
        break;
      case "Import":
      case "ImportFrom":
        imports.push(node);
        break;
      case "AugAssign":
        augmented.push(node);
        break;
      case "MatchClass":
        classPatterns.push(node);
        break;
      case "Constant":
        if (node.type === "int" && typeof node.value === "bigint") integers.push(node);
        break;
      case "FormattedValue":
      case "Interpolation":
        fields.push(node);
        break;
      default:
    }
  });
  return {
    names,
    binders,
    attributes,
    calls,
    imports,
    definitions,
    augmented,
    classPatterns,
    fields,
    integers,
    deferred,
  };
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
