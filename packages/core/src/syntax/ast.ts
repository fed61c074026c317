/**
 * The tree: CPython 3.14's node types and fields (the `ast` module's abstract
 * grammar), as one union on `kind`. Trees are immutable once parsed; whatever is
 * learnt about a node is kept in a table beside the tree, keyed by the node.
 *
 * Differences from CPython: positions are offsets into the source, a constant
 * says its type, and type comments, which are presentation, are not kept.
 */

/** A half-open range of a source text, in UTF-16 code units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The value of a Python string. Nearly always a JavaScript string. Where Python
 * has two surrogates (written as escapes) that a JavaScript string would read as
 * one character, it is the list of code points instead.
 */
export type Text = string | readonly number[];

export type ExpressionContext = "Load" | "Store" | "Del";
export type BooleanOperator = "And" | "Or";
export type BinaryOperator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type ComparisonOperator =
  | "Eq"
  | "NotEq"
  | "Lt"
  | "LtE"
  | "Gt"
  | "GtE"
  | "Is"
  | "IsNot"
  | "In"
  | "NotIn";

// --- module and statements ---------------------------------------------------

export interface Module extends Range {
  readonly kind: "Module";
  readonly body: readonly Statement[];
}

interface FunctionDefinition extends Range {
  readonly name: string;
  readonly args: Arguments;
  readonly body: readonly Statement[];
  readonly decorator_list: readonly Expression[];
  readonly returns: Expression | null;
  readonly type_params: readonly TypeParameter[];
}
export interface FunctionDef extends FunctionDefinition {
  readonly kind: "FunctionDef";
}
export interface AsyncFunctionDef extends FunctionDefinition {
  readonly kind: "AsyncFunctionDef";
}
export interface ClassDef extends Range {
  readonly kind: "ClassDef";
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly decorator_list: readonly Expression[];
  readonly type_params: readonly TypeParameter[];
}
export interface Return extends Range {
  readonly kind: "Return";
  readonly value: Expression | null;
}
export interface Delete extends Range {
  readonly kind: "Delete";
  readonly targets: readonly Expression[];
}
export interface Assign extends Range {
  readonly kind: "Assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface TypeAlias extends Range {
  readonly kind: "TypeAlias";
  readonly name: Name;
  readonly type_params: readonly TypeParameter[];
  readonly value: Expression;
}
export interface AugAssign extends Range {
  readonly kind: "AugAssign";
  readonly target: Name | Attribute | Subscript;
  readonly op: BinaryOperator;
  readonly value: Expression;
}
export interface AnnAssign extends Range {
  readonly kind: "AnnAssign";
  readonly target: Name | Attribute | Subscript;
  readonly annotation: Expression;
  readonly value: Expression | null;
  /** 1 when the target is a name without parentheses. */
  readonly simple: 0 | 1;
}
interface ForLoop extends Range {
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface For extends ForLoop {
  readonly kind: "For";
}
export interface AsyncFor extends ForLoop {
  readonly kind: "AsyncFor";
}
export interface While extends Range {
  readonly kind: "While";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
export interface If extends Range {
  readonly kind: "If";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}
interface WithBlock extends Range {
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
}
export interface With extends WithBlock {
  readonly kind: "With";
}
export interface AsyncWith extends WithBlock {
  readonly kind: "AsyncWith";
}
export interface Match extends Range {
  readonly kind: "Match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface Raise extends Range {
  readonly kind: "Raise";
  readonly exc: Expression | null;
  readonly cause: Expression | null;
}
interface TryBlock extends Range {
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}
export interface Try extends TryBlock {
  readonly kind: "Try";
}
export interface TryStar extends TryBlock {
  readonly kind: "TryStar";
}
export interface Assert extends Range {
  readonly kind: "Assert";
  readonly test: Expression;
  readonly msg: Expression | null;
}
export interface Import extends Range {
  readonly kind: "Import";
  readonly names: readonly Alias[];
}
export interface ImportFrom extends Range {
  readonly kind: "ImportFrom";
  readonly module: string | null;
  readonly names: readonly Alias[];
  /** The number of leading dots; 0 is an absolute import. */
  readonly level: number;
}
export interface Global extends Range {
  readonly kind: "Global";
  readonly names: readonly string[];
}
export interface Nonlocal extends Range {
  readonly kind: "Nonlocal";
  readonly names: readonly string[];
}
export interface Expr extends Range {
  readonly kind: "Expr";
  readonly value: Expression;
}
export interface Pass extends Range {
  readonly kind: "Pass";
}
export interface Break extends Range {
  readonly kind: "Break";
}
export interface Continue extends Range {
  readonly kind: "Continue";
}

export type Statement =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | Expr
  | Pass
  | Break
  | Continue;

// --- expressions --------------------------------------------------------------

export interface BoolOp extends Range {
  readonly kind: "BoolOp";
  readonly op: BooleanOperator;
  readonly values: readonly Expression[];
}
export interface NamedExpr extends Range {
  readonly kind: "NamedExpr";
  readonly target: Name;
  readonly value: Expression;
}
export interface BinOp extends Range {
  readonly kind: "BinOp";
  readonly left: Expression;
  readonly op: BinaryOperator;
  readonly right: Expression;
}
export interface UnaryOp extends Range {
  readonly kind: "UnaryOp";
  readonly op: UnaryOperator;
  readonly operand: Expression;
}
export interface Lambda extends Range {
  readonly kind: "Lambda";
  readonly args: Arguments;
  readonly body: Expression;
}
export interface IfExp extends Range {
  readonly kind: "IfExp";
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}
export interface Dict extends Range {
  readonly kind: "Dict";
  /** `null` stands for the key of `**value`. */
  readonly keys: readonly (Expression | null)[];
  readonly values: readonly Expression[];
}
export interface SetDisplay extends Range {
  readonly kind: "Set";
  readonly elts: readonly Expression[];
}
export interface ListComp extends Range {
  readonly kind: "ListComp";
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface SetComp extends Range {
  readonly kind: "SetComp";
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Range {
  readonly kind: "DictComp";
  readonly key: Expression;
  readonly value: Expression;
  readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends Range {
  readonly kind: "GeneratorExp";
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface Await extends Range {
  readonly kind: "Await";
  readonly value: Expression;
}
export interface Yield extends Range {
  readonly kind: "Yield";
  readonly value: Expression | null;
}
export interface YieldFrom extends Range {
  readonly kind: "YieldFrom";
  readonly value: Expression;
}
export interface Compare extends Range {
  readonly kind: "Compare";
  readonly left: Expression;
  readonly ops: readonly ComparisonOperator[];
  readonly comparators: readonly Expression[];
}
export interface Call extends Range {
  readonly kind: "Call";
  readonly func: Expression;
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
/** `conversion` is the code of `s`, `r` or `a`, or -1 for none. */
export interface FormattedValue extends Range {
  readonly kind: "FormattedValue";
  readonly value: Expression;
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
/** `str` is the source text of the expression, as the t-string remembers it. */
export interface Interpolation extends Range {
  readonly kind: "Interpolation";
  readonly value: Expression;
  readonly str: string;
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
/** An f-string, or a format specification. `values` are strings and fields. */
export interface JoinedStr extends Range {
  readonly kind: "JoinedStr";
  readonly values: readonly (StringConstant | FormattedValue)[];
}
/** A t-string (PEP 750). */
export interface TemplateStr extends Range {
  readonly kind: "TemplateStr";
  readonly values: readonly (StringConstant | Interpolation)[];
}
export interface Attribute extends Range {
  readonly kind: "Attribute";
  readonly value: Expression;
  readonly attr: string;
  readonly ctx: ExpressionContext;
}
export interface Subscript extends Range {
  readonly kind: "Subscript";
  readonly value: Expression;
  readonly slice: Expression;
  readonly ctx: ExpressionContext;
}
export interface Starred extends Range {
  readonly kind: "Starred";
  readonly value: Expression;
  readonly ctx: ExpressionContext;
}
export interface Name extends Range {
  readonly kind: "Name";
  readonly id: string;
  readonly ctx: ExpressionContext;
}
export interface List extends Range {
  readonly kind: "List";
  readonly elts: readonly Expression[];
  readonly ctx: ExpressionContext;
}
export interface Tuple extends Range {
  readonly kind: "Tuple";
  readonly elts: readonly Expression[];
  readonly ctx: ExpressionContext;
}
export interface Slice extends Range {
  readonly kind: "Slice";
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

/** A string; `prefix` is `u` where the (first) literal has that prefix. */
export interface StringConstant extends Range {
  readonly kind: "Constant";
  readonly type: "str";
  readonly value: Text;
  readonly prefix: "u" | null;
}
/** Bytes, each one code unit from 0 to 255. */
export interface BytesConstant extends Range {
  readonly kind: "Constant";
  readonly type: "bytes";
  readonly value: string;
  readonly prefix: null;
}
/** An integer: a `bigint` only where a `number` would not be exact. */
export interface IntegerConstant extends Range {
  readonly kind: "Constant";
  readonly type: "int";
  readonly value: number | bigint;
  readonly prefix: null;
}
/** A float, or the imaginary part of a complex number; may be infinite. */
export interface FloatConstant extends Range {
  readonly kind: "Constant";
  readonly type: "float" | "complex";
  readonly value: number;
  readonly prefix: null;
}
export interface SingletonConstant extends Range {
  readonly kind: "Constant";
  readonly type: "None" | "True" | "False" | "Ellipsis";
  readonly value: null;
  readonly prefix: null;
}
export type Constant =
  | StringConstant
  | BytesConstant
  | IntegerConstant
  | FloatConstant
  | SingletonConstant;

export type ComprehensionExpression = ListComp | SetComp | DictComp | GeneratorExp;

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

// --- parts --------------------------------------------------------------------

export interface Comprehension extends Range {
  readonly kind: "comprehension";
  readonly target: Expression;
  readonly iter: Expression;
  readonly ifs: readonly Expression[];
  readonly is_async: 0 | 1;
}
export interface ExceptHandler extends Range {
  readonly kind: "ExceptHandler";
  readonly type: Expression | null;
  readonly name: string | null;
  readonly body: readonly Statement[];
}
export interface Arguments extends Range {
  readonly kind: "arguments";
  readonly posonlyargs: readonly Argument[];
  readonly args: readonly Argument[];
  readonly vararg: Argument | null;
  readonly kwonlyargs: readonly Argument[];
  /** One for each of `kwonlyargs`; `null` where there is no default. */
  readonly kw_defaults: readonly (Expression | null)[];
  readonly kwarg: Argument | null;
  /** Those of the last `posonlyargs` and `args`. */
  readonly defaults: readonly Expression[];
}
export interface Argument extends Range {
  readonly kind: "arg";
  readonly arg: string;
  readonly annotation: Expression | null;
}
/** `arg` is `null` in `**value`. */
export interface Keyword extends Range {
  readonly kind: "keyword";
  readonly arg: string | null;
  readonly value: Expression;
}
export interface Alias extends Range {
  readonly kind: "alias";
  readonly name: string;
  readonly asname: string | null;
}
export interface WithItem extends Range {
  readonly kind: "withitem";
  readonly context_expr: Expression;
  readonly optional_vars: Expression | null;
}
export interface MatchCase extends Range {
  readonly kind: "match_case";
  readonly pattern: Pattern;
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}

// --- patterns -----------------------------------------------------------------

export interface MatchValue extends Range {
  readonly kind: "MatchValue";
  readonly value: Expression;
}
export interface MatchSingleton extends Range {
  readonly kind: "MatchSingleton";
  readonly value: "None" | "True" | "False";
}
export interface MatchSequence extends Range {
  readonly kind: "MatchSequence";
  readonly patterns: readonly Pattern[];
}
export interface MatchMapping extends Range {
  readonly kind: "MatchMapping";
  readonly keys: readonly Expression[];
  readonly patterns: readonly Pattern[];
  readonly rest: string | null;
}
export interface MatchClass extends Range {
  readonly kind: "MatchClass";
  readonly cls: Expression;
  readonly patterns: readonly Pattern[];
  readonly kwd_attrs: readonly string[];
  readonly kwd_patterns: readonly Pattern[];
}
export interface MatchStar extends Range {
  readonly kind: "MatchStar";
  readonly name: string | null;
}
/** A capture (`pattern` is null), the wildcard (both are null), or `pattern as name`. */
export interface MatchAs extends Range {
  readonly kind: "MatchAs";
  readonly pattern: Pattern | null;
  readonly name: string | null;
}
export interface MatchOr extends Range {
  readonly kind: "MatchOr";
  readonly patterns: readonly Pattern[];
}
export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;

// --- type parameters ----------------------------------------------------------

export interface TypeVar extends Range {
  readonly kind: "TypeVar";
  readonly name: string;
  readonly bound: Expression | null;
  readonly default_value: Expression | null;
}
export interface ParamSpec extends Range {
  readonly kind: "ParamSpec";
  readonly name: string;
  readonly default_value: Expression | null;
}
export interface TypeVarTuple extends Range {
  readonly kind: "TypeVarTuple";
  readonly name: string;
  readonly default_value: Expression | null;
}
export type TypeParameter = TypeVar | ParamSpec | TypeVarTuple;

/** Every node. */
export type Node =
  | Module
  | Statement
  | Expression
  | Comprehension
  | ExceptHandler
  | Arguments
  | Argument
  | Keyword
  | Alias
  | WithItem
  | MatchCase
  | Pattern
  | TypeParameter;

/** The nodes that carry an identifier which may be bound or refer to a binding. */
export type NamedNode =
  | Name
  | Argument
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | ExceptHandler
  | Alias
  | Global
  | Nonlocal
  | Keyword
  | MatchStar
  | MatchAs
  | MatchMapping
  | TypeParameter;
