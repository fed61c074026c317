/**
 * Scopes and bindings, as in Python's reference, "Execution model: Naming and
 * binding". A binding is a name in a scope; analyze.ts says which binding each
 * name of a tree means.
 */
import type { NamedNode, Node } from "../syntax/ast.js";

/**
 * `type-parameters` is the scope around a generic definition or alias (PEP 695). The
 * other annotation scopes (annotations, aliases, bounds, defaults) bind nothing, so
 * what stands in them belongs to the scope around: in a class it sees the class.
 */
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
  /** By name, after private name mangling. The implicit cells of a class are not among them. */
  readonly bindings: ReadonlyMap<string, Binding>;
}

/**
 * How a name is bound. `global` is a name declared global and bound in no statement
 * of the module; `class-cell` is `__class__` or its like, which a class binds by itself
 * for the functions and annotations in its body.
 */
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
  /** One of 0, 1, 2 ... for each binding of the file. */
  readonly index: number;
  readonly scope: Scope;
  /** After private name mangling. */
  readonly name: string;
  /**
   * Where it is bound, in the order of the source: also by statements in other scopes,
   * where the name is declared `global` or `nonlocal`, and in comprehensions by `:=`.
   */
  readonly definitions: readonly Definition[];
}

/** Which binding each name of a tree means. */
export interface Names {
  readonly module: Scope;
  /**
   * The binding that the identifier of `node` names; `null` where nothing in the
   * file binds it (a builtin, or nothing). `index` is that of the name in the
   * `names` of a `global` or `nonlocal` statement. A keyword argument, a pattern
   * without a name and the `*` of an import name no binding.
   */
  bindingAt(node: NamedNode, index?: number): Binding | null;
  /** Calls `visit` with each node that names one thing (so no `global` statement), and what it means. */
  forEach(visit: (node: NamedNode, binding: Binding | null) => void): void;
  /** Calls `visit` for each scope and each binding that is bound, read or declared in it, inner scopes not counted. */
  forEachMention(visit: (binding: Binding, scope: Scope) => void): void;
  /** The scope that `node` opens (of a generic definition, the inner one: its type parameters are around it). */
  scopeOf(node: Node): Scope | null;
}
