/**
 * Arbitrary trees, also such as no source gives: every kind of node, operators
 * in every place, strings of awkward characters. `minor` is the version of the
 * Python that has to print them, too.
 */
import fc from "fast-check";
import type * as ast from "../../../src/syntax/ast.js";

type Arbitrary<T> = fc.Arbitrary<T>;

const nowhere = { start: 0, end: 0 };
const ctx = "Load" as const;

const CHARACTERS = [
  ..."ab xyz,:!=#'\"'\"\\{}[]()",
  ..."\n\t\r\f\0\u007f\u0080\u00a0\u00ad\u00e9\u03c0\u200b\u2028\ufeff\u{1f600}\u{e0001}",
  "\ud800",
  "\udc00",
  "'''",
  '"""',
  "\\N{DASH}",
];
const PLAIN = [..."ab xyz,:!=#[]()", "'"];

const identifier: Arbitrary<string> = fc.constantFrom("a", "b", "f", "x", "self", "été", "名");

function textOf(characters: readonly string[]): Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { maxLength: 8 })
    .map((parts) => parts.join(""))
    .filter((text) => !/[\ud800-\udbff](?=$)|^[\udc00-\udfff]/.test(text) || text.length < 3);
}

const BINARY: readonly ast.BinaryOperator[] = [
  "Add",
  "Sub",
  "Mult",
  "MatMult",
  "Div",
  "Mod",
  "Pow",
  "LShift",
  "RShift",
  "BitOr",
  "BitXor",
  "BitAnd",
  "FloorDiv",
];
const COMPARISON: readonly ast.ComparisonOperator[] = [
  "Eq",
  "NotEq",
  "Lt",
  "LtE",
  "Gt",
  "GtE",
  "Is",
  "IsNot",
  "In",
  "NotIn",
];

function stringConstant(value: ast.Text, prefix: "u" | null = null): ast.StringConstant {
  return { kind: "Constant", ...nowhere, type: "str", value, prefix };
}

const numberConstant: Arbitrary<ast.Constant> = fc.oneof(
  fc
    .constantFrom(0, 1, 2, 255, 2 ** 53 - 1, 2n ** 64n, 10n ** 30n)
    .map(
      (value): ast.Constant => ({ kind: "Constant", ...nowhere, type: "int", value, prefix: null }),
    ),
  fc
    .tuple(
      fc.constantFrom<"float" | "complex">("float", "complex"),
      fc.oneof(
        fc.double({ min: 0, noNaN: true }),
        fc.constantFrom(0, 0.1, 1, 1e15, 1e16, 1e-4, 9.9e-5, 1e21, 1e22, 1e100, 5e-324, Infinity),
      ),
    )
    .map(
      ([type, value]): ast.Constant => ({
        kind: "Constant",
        ...nowhere,
        type,
        value: value === 0 ? 0 : value,
        prefix: null,
      }),
    ),
);
const singleton: Arbitrary<ast.Constant> = fc
  .constantFrom("None", "True", "False", "Ellipsis")
  .map((type) => ({ kind: "Constant", ...nowhere, type, value: null, prefix: null }) as const);
const bytesConstant: Arbitrary<ast.Constant> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x22, 0x27, 0x5c, 0x61)), {
    maxLength: 6,
  })
  .map((codes) => ({
    kind: "Constant",
    ...nowhere,
    type: "bytes",
    value: String.fromCharCode(...codes),
    prefix: null,
  }));
const prefix = fc.constantFrom<"u" | null>(null, null, null, "u");
const name: Arbitrary<ast.Name> = identifier.map((id) => ({ kind: "Name", ...nowhere, id, ctx }));

/** Which strings and f-strings the expressions have. */
export interface Family {
  /** The characters of plain strings; none if empty. */
  readonly strings: readonly string[];
  /** False where no string has the prefix `u`. */
  readonly prefixed?: false;
  /** Of f-strings: the characters of their literal parts and formats, and the fields. */
  readonly formatted: {
    readonly literals: readonly string[];
    readonly specifications: readonly string[];
    readonly fields: Family;
  } | null;
}

/** Fields of all that Python 3.14 prints, and reads back. */
export const ANY_FIELDS: Family = {
  strings: CHARACTERS,
  formatted: {
    literals: CHARACTERS,
    specifications: [..."ab \t>\\\n'\""],
    fields: {
      strings: CHARACTERS,
      formatted: {
        literals: CHARACTERS,
        specifications: [..."ab \t>\\\n'\""],
        fields: { strings: PLAIN, formatted: null },
      },
    },
  },
};
/** Fields without quotes: these print alike since Python 3.12. */
export const QUOTELESS_FIELDS: Family = {
  strings: CHARACTERS,
  formatted: {
    literals: CHARACTERS,
    specifications: [..."ab \t>"],
    fields: { strings: [], formatted: null },
  },
};
/** Fields with quotes, but nothing to escape: these print alike in Python 3.11. */
export const PLAIN_FIELDS: Family = {
  strings: CHARACTERS,
  formatted: {
    literals: PLAIN,
    specifications: [..."ab>"],
    fields: {
      strings: PLAIN,
      formatted: {
        literals: PLAIN,
        specifications: [..."ab>"],
        // One level more could use up all quotes, which Python 3.11 cannot print.
        fields: { strings: [], formatted: null },
      },
    },
  },
};

type Shapes = {
  expression: ast.Expression;
  formatted: ast.JoinedStr;
  field: ast.FormattedValue;
  parameters: ast.Arguments;
  generator: ast.Comprehension;
  keyword: ast.Keyword;
};

/** Expressions of a family. */
export function expressions(family: Family, maxDepth = 4): Arbitrary<ast.Expression> {
  const fields = family.formatted === null ? null : expressions(family.formatted.fields, 2);
  const { expression } = fc.letrec<Shapes>((tie) => {
    const node = tie("expression");
    const nodes = (minLength = 0, maxLength = 3) => fc.array(node, { minLength, maxLength });
    const optional = <T>(arbitrary: Arbitrary<T>) => fc.option(arbitrary, { nil: null });
    const generators = fc.array(tie("generator"), { minLength: 1, maxLength: 2 });
    const record = <K extends ast.Expression["kind"], F extends object>(
      kind: K,
      shape: { [P in keyof F]: Arbitrary<F[P]> },
    ) => fc.record(shape).map((values) => ({ kind, ...nowhere, ...values }));

    const leaves: Arbitrary<ast.Expression>[] = [name, numberConstant, singleton];
    if (family.strings.includes("\\")) leaves.push(bytesConstant);
    if (family.strings.length > 0) {
      leaves.push(
        fc
          .tuple(textOf(family.strings), family.prefixed === false ? fc.constant(null) : prefix)
          .map(([value, before]) => stringConstant(value, before)),
      );
    }
    const inner: Arbitrary<ast.Expression>[] = [
      record("BoolOp", {
        op: fc.constantFrom<ast.BooleanOperator>("And", "Or"),
        values: nodes(2, 6),
      }),
      record("NamedExpr", { target: name, value: node }),
      record("BinOp", { left: node, op: fc.constantFrom(...BINARY), right: node }),
      record("BinOp", { left: node, op: fc.constantFrom(...BINARY), right: node }),
      record("UnaryOp", {
        op: fc.constantFrom<ast.UnaryOperator>("Invert", "Not", "UAdd", "USub"),
        operand: node,
      }),
      record("Lambda", { args: tie("parameters"), body: node }),
      record("IfExp", { test: node, body: node, orelse: node }),
      fc.array(fc.tuple(optional(node), node), { maxLength: 3 }).map((pairs) => ({
        kind: "Dict" as const,
        ...nowhere,
        keys: pairs.map(([key]) => key),
        values: pairs.map(([, value]) => value),
      })),
      record("Set", { elts: nodes() }),
      record("ListComp", { elt: node, generators }),
      record("SetComp", { elt: node, generators }),
      record("DictComp", { key: node, value: node, generators }),
      record("GeneratorExp", { elt: node, generators }),
      record("Await", { value: node }),
      record("Yield", { value: optional(node) }),
      record("YieldFrom", { value: node }),
      fc
        .tuple(
          node,
          fc.array(fc.tuple(fc.constantFrom(...COMPARISON), node), { minLength: 1, maxLength: 3 }),
        )
        .map(([left, rest]) => ({
          kind: "Compare" as const,
          ...nowhere,
          left,
          ops: rest.map(([op]) => op),
          comparators: rest.map(([, comparator]) => comparator),
        })),
      record("Call", {
        func: node,
        args: nodes(),
        keywords: fc.array(tie("keyword"), { maxLength: 2 }),
      }),
      record("Attribute", { value: node, attr: identifier, ctx: fc.constant(ctx) }),
      record("Subscript", { value: node, slice: node, ctx: fc.constant(ctx) }),
      record("Subscript", {
        value: node,
        slice: nodes().map((elts): ast.Expression => ({ kind: "Tuple", ...nowhere, elts, ctx })),
        ctx: fc.constant(ctx),
      }),
      record("Starred", { value: node, ctx: fc.constant(ctx) }),
      record("List", { elts: nodes(), ctx: fc.constant(ctx) }),
      record("Tuple", { elts: nodes(), ctx: fc.constant(ctx) }),
      record("Slice", { lower: optional(node), upper: optional(node), step: optional(node) }),
    ];
    if (family.formatted !== null) inner.push(tie("formatted"), tie("formatted"));

    const { literals, specifications } = family.formatted ?? {
      literals: ["a"],
      specifications: ["a"],
    };
    // Neighbouring literal parts are one in a tree that was parsed.
    const parts = (
      texts: readonly string[],
      field: Arbitrary<ast.FormattedValue>,
    ): Arbitrary<ast.JoinedStr> =>
      fc
        .tuple(fc.array(fc.tuple(textOf(texts), field), { maxLength: 3 }), textOf(texts))
        .map(([pairs, last]) => ({
          kind: "JoinedStr",
          ...nowhere,
          values: [
            ...pairs.flatMap(([text, value]) => [stringConstant(text), value]),
            stringConstant(last),
          ].filter((part) => part.kind !== "Constant" || part.value !== ""),
        }));
    const plainField = (fields ?? node).map(
      (value): ast.FormattedValue => ({
        kind: "FormattedValue",
        ...nowhere,
        value,
        conversion: -1,
        format_spec: null,
      }),
    );
    return {
      expression: fc.oneof({ maxDepth, depthIdentifier: "tree" }, fc.oneof(...leaves), ...inner),
      formatted: parts(literals, tie("field")),
      field: fc
        .record({
          value: fields ?? node,
          conversion: fc.constantFrom(-1, -1, 115, 114, 97),
          format_spec: fc.option(parts(specifications, plainField), { nil: null, freq: 2 }),
        })
        .map((values) => ({ kind: "FormattedValue", ...nowhere, ...values })),
      parameters: parametersOf(node),
      generator: fc
        .record({
          target: node,
          iter: node,
          ifs: fc.array(node, { maxLength: 2 }),
          is_async: fc.constantFrom<0 | 1>(0, 0, 1),
        })
        .map((values) => ({ kind: "comprehension", ...nowhere, ...values })),
      keyword: fc
        .record({ arg: optional(identifier), value: node })
        .map((values) => ({ kind: "keyword", ...nowhere, ...values })),
    };
  });
  return expression;
}

function parametersOf(
  node: Arbitrary<ast.Expression>,
  annotation: Arbitrary<ast.Expression> | null = null,
): Arbitrary<ast.Arguments> {
  const parameter: Arbitrary<ast.Argument> = fc
    .tuple(identifier, annotation === null ? fc.constant(null) : fc.option(annotation))
    .map(([arg, note]) => ({ kind: "arg", ...nowhere, arg, annotation: note }));
  const few = fc.array(parameter, { maxLength: 2 });
  return fc
    .tuple(
      few,
      few,
      fc.option(parameter),
      fc.array(fc.tuple(parameter, fc.option(node)), { maxLength: 2 }),
      fc.option(parameter),
      fc.array(node, { maxLength: 3 }),
    )
    .map(([posonlyargs, args, vararg, keywordOnly, kwarg, defaults]) => ({
      kind: "arguments",
      ...nowhere,
      posonlyargs,
      args,
      vararg,
      kwonlyargs: keywordOnly.map(([one]) => one),
      kw_defaults: keywordOnly.map(([, value]) => value),
      kwarg,
      defaults: defaults.slice(0, posonlyargs.length + args.length),
    }));
}

/** Not a tuple, whose parentheses CPython leaves out. */
function contextOf(node: Arbitrary<ast.Expression>): Arbitrary<ast.Expression> {
  return node.filter(({ kind }) => kind !== "Tuple");
}

function patterns(node: Arbitrary<ast.Expression>): Arbitrary<ast.Pattern> {
  const { pattern } = fc.letrec<{ pattern: ast.Pattern }>((tie) => {
    const inner = tie("pattern");
    const some = fc.array(inner, { maxLength: 3 });
    const option = fc.option(identifier);
    return {
      pattern: fc.oneof(
        { maxDepth: 3 },
        node.map((value): ast.Pattern => ({ kind: "MatchValue", ...nowhere, value })),
        fc
          .constantFrom<"None" | "True" | "False">("None", "True", "False")
          .map((value): ast.Pattern => ({ kind: "MatchSingleton", ...nowhere, value })),
        option.map((n): ast.Pattern => ({ kind: "MatchStar", ...nowhere, name: n })),
        some.map((all): ast.Pattern => ({ kind: "MatchSequence", ...nowhere, patterns: all })),
        fc.tuple(fc.array(fc.tuple(node, inner), { maxLength: 2 }), option).map(
          ([pairs, rest]): ast.Pattern => ({
            kind: "MatchMapping",
            ...nowhere,
            keys: pairs.map(([key]) => key),
            patterns: pairs.map(([, value]) => value),
            rest,
          }),
        ),
        fc.tuple(node, some, fc.array(fc.tuple(identifier, inner), { maxLength: 2 })).map(
          ([cls, all, pairs]): ast.Pattern => ({
            kind: "MatchClass",
            ...nowhere,
            cls,
            patterns: all,
            kwd_attrs: pairs.map(([attr]) => attr),
            kwd_patterns: pairs.map(([, value]) => value),
          }),
        ),
        fc
          .tuple(fc.option(inner), identifier)
          .map(([one, n]): ast.Pattern => ({ kind: "MatchAs", ...nowhere, pattern: one, name: n })),
        fc.constant<ast.Pattern>({ kind: "MatchAs", ...nowhere, pattern: null, name: null }),
        fc
          .array(inner, { minLength: 2, maxLength: 3 })
          .map((all): ast.Pattern => ({ kind: "MatchOr", ...nowhere, patterns: all })),
      ),
    };
  });
  return pattern;
}

/** Modules of short expressions; type parameters since Python 3.12, their defaults since 3.13. */
export function modules(family: Family, minor: number): Arbitrary<ast.Module> {
  const node = expressions(family, 1);
  const optional = fc.option(node);
  const several = (minLength = 0) => fc.array(node, { minLength, maxLength: 3 });
  const typeParameter: Arbitrary<ast.TypeParameter> = fc
    .tuple(
      fc.constantFrom<ast.TypeParameter["kind"]>("TypeVar", "ParamSpec", "TypeVarTuple"),
      identifier,
      optional,
      minor >= 13 ? optional : fc.constant(null),
    )
    .map(([kind, n, bound, default_value]) =>
      kind === "TypeVar"
        ? { kind, ...nowhere, name: n, bound, default_value }
        : { kind, ...nowhere, name: n, default_value },
    );
  const type_params =
    minor >= 12 ? fc.array(typeParameter, { maxLength: 3 }) : fc.constant<ast.TypeParameter[]>([]);
  const { statement } = fc.letrec<{ statement: ast.Statement; handler: ast.ExceptHandler }>(
    (tie) => {
      const body = fc.array(tie("statement"), { minLength: 1, maxLength: 3 });
      const orelse = fc.oneof(fc.constant([]), body);
      const record = <K extends ast.Statement["kind"], F extends object>(
        kind: K | readonly K[],
        shape: { [P in keyof F]: Arbitrary<F[P]> },
      ): Arbitrary<ast.Statement> =>
        fc
          .tuple(fc.constantFrom(...[kind].flat()), fc.record(shape))
          .map(
            ([one, values]) => ({ kind: one, ...nowhere, ...values }) as unknown as ast.Statement,
          );
      const simple: Arbitrary<ast.Statement> = fc.oneof(
        record(["Pass", "Break", "Continue"], {}),
        record("Expr", { value: node }),
        record("Expr", { value: textOf(CHARACTERS).map((text) => stringConstant(text)) }),
        record("Return", { value: optional }),
        record("Delete", { targets: several(1) }),
        record("Assign", { targets: several(1), value: node }),
        record("AugAssign", { target: name, op: fc.constantFrom(...BINARY), value: node }),
        record("AnnAssign", {
          target: name,
          annotation: node,
          value: optional,
          simple: fc.constantFrom(0, 1),
        }),
        fc.tuple(optional, optional).map(
          ([exc, cause]): ast.Statement => ({
            kind: "Raise",
            ...nowhere,
            exc,
            cause: exc === null ? null : cause,
          }),
        ),
        record("Assert", { test: node, msg: optional }),
        record("Import", { names: fc.array(alias, { minLength: 1, maxLength: 2 }) }),
        record("ImportFrom", {
          module: fc.constantFrom("m", "m.n", null),
          names: fc.array(alias, { minLength: 1, maxLength: 2 }),
          level: fc.constantFrom(0, 1, 4),
        }),
        record<"Global" | "Nonlocal", object>(["Global", "Nonlocal"], {
          names: fc.array(identifier, { minLength: 1, maxLength: 3 }),
        }),
        ...(minor >= 12 ? [record("TypeAlias", { name, type_params, value: node })] : []),
      );
      return {
        handler: fc
          .record({ type: optional, name: fc.option(identifier), body })
          .map((values) => ({ kind: "ExceptHandler", ...nowhere, ...values })),
        statement: fc.oneof(
          { maxDepth: 2 },
          simple,
          record<"FunctionDef" | "AsyncFunctionDef", object>(["FunctionDef", "AsyncFunctionDef"], {
            name: identifier,
            args: parametersOf(node, node),
            body,
            decorator_list: several(),
            returns: optional,
            type_params,
          }),
          record("ClassDef", {
            name: identifier,
            bases: several(),
            keywords: fc.array(
              fc
                .record({ arg: fc.option(identifier), value: node })
                .map((values) => ({ kind: "keyword", ...nowhere, ...values })),
              { maxLength: 2 },
            ),
            body,
            decorator_list: several(),
            type_params,
          }),
          record<"For" | "AsyncFor", object>(["For", "AsyncFor"], {
            target: node,
            iter: node,
            body,
            orelse,
          }),
          record<"While" | "If", object>(["While", "If"], { test: node, body, orelse }),
          record<"With" | "AsyncWith", object>(["With", "AsyncWith"], {
            items: fc.array(
              fc
                .record({ context_expr: contextOf(node), optional_vars: optional })
                .map((values) => ({ kind: "withitem", ...nowhere, ...values })),
              { minLength: 1, maxLength: 2 },
            ),
            body,
          }),
          record("Match", {
            subject: node,
            cases: fc.array(
              fc
                .record({ pattern: patterns(node), guard: optional, body })
                .map((values) => ({ kind: "match_case", ...nowhere, ...values })),
              { minLength: 1, maxLength: 3 },
            ),
          }),
          record<"Try" | "TryStar", object>(["Try", "TryStar"], {
            body,
            handlers: fc.array(tie("handler"), { minLength: 1, maxLength: 2 }),
            orelse,
            finalbody: orelse,
          }),
        ),
      };
    },
  );
  return fc
    .array(statement, { maxLength: 4 })
    .map((body) => ({ kind: "Module", ...nowhere, body }));
}

const alias: Arbitrary<ast.Alias> = fc
  .tuple(fc.constantFrom("a", "a.b", "*"), fc.option(identifier))
  .map(([n, asname]) => ({ kind: "alias", ...nowhere, name: n, asname }));
