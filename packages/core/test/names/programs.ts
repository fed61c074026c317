/**
 * Programs of few names and every construct that binds, uses, declares or hides
 * one. They parse; about half of them are refused by the compiler.
 */
import fc from "fast-check";

type Text = fc.Arbitrary<string>;
type Lines = fc.Arbitrary<readonly string[]>;

const name: Text = fc.constantFrom(
  ...["a", "a", "a", "b", "b", "c", "T", "C", "__p", "_C__p", "__class__", "super"],
);

/** Fills the `#` of a template with texts, in order. */
function fill(template: string, ...parts: readonly Text[]): Text {
  const pieces = template.split("#");
  return fc
    .tuple(...parts)
    .map((texts) => pieces.map((piece, index) => piece + (texts[index] ?? "")).join(""));
}

/** Chooses a template, and fills each `#` with an expression and each `$` with a name. */
function templates(list: readonly string[], expression: Text): Text {
  return fc.constantFrom(...list).chain((template) => {
    const marks = [...template.matchAll(/[#$]/g)].map(([mark]) => mark);
    const parts = marks.map((mark) => (mark === "$" ? name : expression));
    return fill(template.replaceAll("$", "#"), ...parts);
  });
}

const COMPREHENSIONS = [
  "[# for $ in #]",
  "(# for $ in # if #)",
  "{# for $, $ in #}",
  "{#: # for $ in # for $ in #}",
  "[# for $ in # if # for $[$] in # if #]",
  "[# async for $ in #]",
  "(# async for $ in #)",
  "[# for *$, $ in #]",
];
const EXPRESSIONS = [
  "(# + #)",
  "($ := #)",
  "[($ := #) for $ in #]",
  "(lambda: #)",
  "(lambda $, b=#: #)",
  "(lambda *$, **$: #)",
  "(yield #)",
  "(await #)",
  "(# if # else #)",
  "$(#, *$, a=#, b=#)",
  "[#, *#]",
  "{#: #, **$}",
  "$.$",
  "$[#]",
  "f'{(#)!r:{$}}'",
  "super()",
  ...COMPREHENSIONS,
];

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    { arbitrary: fc.oneof(name, name, fc.constant("1")), weight: 3 },
    { arbitrary: templates(EXPRESSIONS, tie("expression")), weight: 2 },
  ),
}));

const SIMPLE = [
  "$ = #",
  "#",
  "$ += #",
  "$: #",
  "$: # = #",
  "($): #",
  "($): # = #",
  "$.$: #",
  "$[#]: #",
  "$, *$ = #",
  "del $",
  "global $",
  "nonlocal $",
  "return #",
  "assert #, #",
  "raise # from #",
  "break",
  "import $.x",
  "from m import $ as $",
  "from m import $",
  "type $ = #",
  "type $[T] = #",
  "type $[T: #, *U = #] = #",
  "pass",
];
const HEADS = [
  "def $():",
  "def $($):",
  "def $(a, $=#, *b, c: # = #) -> #:",
  "def $($: #, /, b, **c):",
  "def $[T]($: #):",
  "def $[T: #, **P]($=#) -> #:",
  "async def $($):",
  "class C:",
  "class $(#, a=#):",
  "class C[T](#):",
  "class C[__p](#):",
  "for $ in #:",
  "async for $ in #:",
  "while #:",
  "if #:",
  "with # as $:",
  "async with # as ($, $):",
  "try: #\nexcept $ as $:",
  "try: #\nexcept* $ as $:",
  "try: #\nfinally:",
  "match #:\n case [$, *_] as $:",
  "match #:\n case {'k': $, **b} | C($, k=$) if #:",
];

const simple: Text = templates(SIMPLE, expression);
const head: Text = fc.oneof(
  templates(HEADS, expression),
  templates(HEADS.slice(0, 10), expression),
  templates(["@#\ndef $($):", "@#\nclass $:"], expression),
);

const { block } = fc.letrec<{ block: readonly string[]; statement: readonly string[] }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    { arbitrary: simple.map((line) => [line]), weight: 2 },
    { arbitrary: compound(tie("block")), weight: 2 },
  ),
  block: fc
    .array(tie("statement"), { minLength: 1, maxLength: 3 })
    .map((statements) => statements.flat()),
}));

/** A `case` stands deeper than its `match`. */
function compound(body: Lines): Lines {
  return fc.tuple(head, body).map(([text, lines]) => {
    const heads = text.split("\n");
    const indent = " ".repeat(heads.at(-1)?.startsWith(" ") === true ? 2 : 1);
    return [...heads, ...lines.map((line) => indent + line)];
  });
}

/** Source texts. */
export const program: Text = block.map((lines) => `${lines.join("\n")}\n`);
