/** The generator of programs: all of Python is in it, and its names are chosen freely. */
import { expect, test } from "vitest";
import { walk } from "../../src/syntax/children.js";
import { parse } from "../../src/syntax/parse/module.js";
import { generateProgram } from "./generate-program.js";
import { chooseFrom } from "./program.js";
import { chooseNames, ownNames } from "./program-names.js";
import { programText } from "./program-text.js";

const KINDS =
  "AnnAssign Assert Assign AsyncFor AsyncFunctionDef AsyncWith Attribute AugAssign Await BinOp " +
  "BoolOp Break Call ClassDef Compare Constant Continue Delete Dict DictComp ExceptHandler Expr " +
  "For FormattedValue FunctionDef GeneratorExp Global If IfExp Import ImportFrom Interpolation " +
  "JoinedStr Lambda List ListComp Match MatchAs MatchClass MatchMapping MatchOr MatchSequence " +
  "MatchSingleton MatchStar MatchValue Module Name NamedExpr Nonlocal ParamSpec Pass Raise Return " +
  "Set SetComp Slice Starred Subscript TemplateStr Try TryStar Tuple TypeAlias TypeVar " +
  "TypeVarTuple UnaryOp While With Yield YieldFrom alias arg arguments comprehension keyword " +
  "match_case withitem";

test("every kind of node comes up", () => {
  const kinds = new Set<string>();
  for (let seed = 0; seed < 400; seed += 1) {
    const program = generateProgram(chooseFrom(seed), { version: 14 });
    const parsed = parse(programText(program, ownNames));
    if (!parsed.ok) throw new Error(`${seed}: ${JSON.stringify(parsed.fault)}`);
    walk(parsed.value, ({ kind }) => kinds.add(kind));
  }
  expect([...kinds].sort()).toEqual(KINDS.split(" ").sort());
});

test("one name is given to several bindings, and names of builtins are", () => {
  let shared = 0;
  let builtins = 0;
  for (let seed = 0; seed < 100; seed += 1) {
    const program = generateProgram(chooseFrom(seed));
    const nameOf = chooseNames(program, chooseFrom(seed));
    const locals = program.identifiers.filter(({ role }) => role === "local").map(nameOf);
    shared += locals.length - new Set(locals).size;
    builtins += locals.filter((name) => ["len", "list", "print", "object"].includes(name)).length;
  }
  expect(shared).toBeGreaterThan(500);
  expect(builtins).toBeGreaterThan(500);
});
