/**
 * Scopes and bindings, as in Python's reference, "Execution model: Naming and
 * binding". A binding is a name in a scope; analyze.ts says which binding each
 * name of a tree means.
 */
import type { NamedNode, Node } from "../syntax/ast.js";

/** `type-parameters` is the annotation scope of PEP 695 around a generic definition, alias, bound or default. */
export type ScopeKind =
  | "module"
  | "function"
  | "lambda"
  | "comprehension"
  | "class"
  | "type-parameters";

export interface Scope {
  readonly kind: ScopeKind;
  /** The module, definition, lambda, comprehension or type alias that opens the scope. */
  readonly node: Node;
  readonly parent: Scope | null;
  /** By name, after private name mangling. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/** How a name is bound. `global` is a name declared global and bound in no statement of the module. */
export type BindingForm =
  | "parameter"
  | "assignment"
  | "loop"
  | "with"
  | "except"
  | "walrus"
  | "capture"
  | "function"
  | "class"
  | "delete"
  | "type-parameter"
  | "type-alias"
  | "import"
  | "global"
  | "class-cell";

export interface Definition {
  readonly form: BindingForm;
  readonly node: NamedNode;
}

export interface Binding {
  readonly scope: Scope;
  /** After private name mangling. */
  readonly name: string;
  /** Where it is bound, in the order of the source. */
  readonly definitions: readonly Definition[];
}

/** Which binding each name of a tree means. */
export interface Names {
  readonly module: Scope;
  /**
   * The binding that the identifier of `node` names; `null` where nothing in the
   * file binds it (a builtin, or nothing). `index` is that of the name in the
   * `names` of a `global` or `nonlocal` statement. A keyword argument, and a
   * pattern without a name, name no binding.
   */
  bindingAt(node: NamedNode, index?: number): Binding | null;
  /** The scope that `node` opens (of a generic definition, the inner one). */
  scopeOf(node: Node): Scope | null;
}
