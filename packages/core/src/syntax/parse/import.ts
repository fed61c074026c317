/** Import statements. (Python's grammar: import_stmt.) */
import type { Alias, Statement } from "../ast.js";
import { T } from "../tokens.js";
import { failNameAfterAs } from "./diagnose.js";
import {
  accept,
  advance,
  expect,
  failHere,
  failToken,
  is,
  lastEnd,
  type Parser,
  parseIdentifier,
  peek,
  startOf,
} from "./state.js";

/** import_name: 'import' ','.dotted_as_name+ */
export function parseImport(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  if (is(p, T.Newline)) failToken(p, "expected-import-names");
  const names = [parseAlias(p, true)];
  while (accept(p, T.Comma)) names.push(parseAlias(p, true));
  if (is(p, T.From)) failToken(p, "import-from-order");
  return { kind: "Import", start, end: lastEnd(p), names };
}

/** import_from: 'from' ('.' | '...')* [dotted_name] 'import' ('*' | '(' names ')' | names) */
export function parseImportFrom(p: Parser): Statement {
  const start = startOf(p);
  advance(p);
  let level = 0;
  for (; is(p, T.Dot) || is(p, T.Ellipsis); advance(p)) level += is(p, T.Dot) ? 1 : 3;
  const module = is(p, T.Name) || level === 0 ? parseDottedName(p) : null;
  expect(p, T.Import);
  const names: Alias[] = [];
  if (is(p, T.Star)) {
    const at = startOf(p);
    advance(p);
    names.push({ kind: "alias", start: at, end: lastEnd(p), name: "*", asname: null });
  } else if (accept(p, T.LeftParen)) {
    parseAliases(p, names, T.RightParen);
    expect(p, T.RightParen);
  } else {
    if (is(p, T.Newline)) failToken(p, "expected-import-names");
    parseAliases(p, names, T.Newline);
  }
  if (level === 0 && module === "__future__") noteFuture(p, names);
  return { kind: "ImportFrom", start, end: lastEnd(p), module, names, level };
}

/** PEP 401: from here on `<>` is the operator, and `!=` is none. */
function noteFuture(p: Parser, names: readonly Alias[]): void {
  if (names.some(({ name }) => name === "barry_as_FLUFL")) p.usesUnequal = true;
}

/** import_from_as_names, with a comma at the end only before a parenthesis. */
function parseAliases(p: Parser, names: Alias[], close: T): void {
  names.push(parseAlias(p, false));
  while (accept(p, T.Comma)) {
    if (is(p, close)) {
      if (close === T.Newline) failToken(p, "import-trailing-comma");
      return;
    }
    names.push(parseAlias(p, false));
  }
}

/** dotted_as_name: dotted_name ['as' NAME];  import_from_as_name: NAME ['as' NAME] */
function parseAlias(p: Parser, dotted: boolean): Alias {
  const start = startOf(p);
  const name = dotted ? parseDottedName(p) : parseIdentifier(p);
  let asname: string | null = null;
  if (accept(p, T.As)) {
    const next = peek(p, 1);
    if (!is(p, T.Name) || next === T.Dot || next === T.LeftParen || next === T.LeftBracket) {
      failNameAfterAs(p, "import-target");
    }
    asname = parseIdentifier(p);
  }
  return { kind: "alias", start, end: lastEnd(p), name, asname };
}

/** dotted_name: NAME ('.' NAME)* */
function parseDottedName(p: Parser): string {
  if (!is(p, T.Name)) failHere(p);
  let name = parseIdentifier(p);
  if (!is(p, T.Dot)) return name;
  const parts = [name];
  while (accept(p, T.Dot)) parts.push(parseIdentifier(p));
  name = parts.join(".");
  return name;
}
