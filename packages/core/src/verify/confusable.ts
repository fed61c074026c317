/**
 * Names that may be taken for others (docs/verify.md, "Untrusted"), after UTS #39: what
 * shows nothing, what turns text round, words of mixed scripts, and names of one shape.
 * Names in ASCII alone are never told: fonts for code keep l, I and 1 apart.
 */
import { builtinNames } from "../names/builtins.js";
import { KEYWORDS } from "../syntax/tokens.js";
import { toNfkd } from "../syntax/unicode.js";
import {
  BOPOMOFO,
  type ConfusableTables,
  confusableTables,
  GREEK,
  HAN,
  HANGUL,
  HIRAGANA,
  KATAKANA,
  LATIN,
  type Scripts,
} from "./confusable-tables.js";
import type { ConfusableKind } from "./finding.js";

export interface ConfusableName {
  readonly name: string;
  readonly kind: ConfusableKind;
  /** The name that it looks like. */
  readonly other: string | null;
}

/**
 * Finds the names that may be taken for others: each once, with the worst that can be
 * said of it.
 *
 * @param names those that are in question. They may look like each other.
 * @param others names that stand beside them; builtins and keywords are always among them.
 */
export function findConfusable(
  names: Iterable<string>,
  others: Iterable<string> = [],
): ConfusableName[] {
  const asked = [...new Set(names)];
  if (!asked.some(isBeyondAscii)) return [];
  const tables = confusableTables();
  const own = ownShapes(tables);
  const shapes = new Map<string, string>();
  for (const name of others) addShape(shapes, tables, name);
  const found: ConfusableName[] = [];
  // Those in ASCII are what others are taken for.
  for (const name of [...asked].sort(
    (a, b) => Number(isBeyondAscii(a)) - Number(isBeyondAscii(b)),
  )) {
    const shape = shapeOf(tables, name);
    const known = own.get(shape) ?? shapes.get(shape);
    const other = known === undefined || known === name ? null : known;
    if (known === undefined) shapes.set(shape, name);
    if (!isBeyondAscii(name)) continue;
    const kind = kindOf(tables, name, other);
    if (kind !== null) found.push({ name, kind, other: kind === "look-alike" ? other : null });
  }
  return found;
}

function kindOf(
  tables: ConfusableTables,
  name: string,
  other: string | null,
): ConfusableKind | null {
  if (BIDIRECTIONAL.test(name)) return "bidirectional";
  if (pointsOf(name).some((point) => tables.isInvisible(point))) return "invisible";
  if (other !== null) return "look-alike";
  return name.split("_").some((word) => isMixed(tables, word)) ? "mixed-script" : null;
}

/** UAX #9: marks, embeddings, overrides and isolates. No identifier of Python has them. */
const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function isBeyondAscii(name: string): boolean {
  return BEYOND_ASCII.test(name);
}
const BEYOND_ASCII = /[^\0-\x7f]/;

function pointsOf(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

// --- shapes -----------------------------------------------------------------------

/** What a name looks like: its skeleton (UTS #39, section 4), without what shows nothing. */
function shapeOf({ lookalikes, isInvisible }: ConfusableTables, name: string): string {
  if (!isBeyondAscii(name)) return name.replace(SHAPED, (char) => ASCII_SHAPES.get(char) ?? char);
  let shape = "";
  for (const char of toNfkd(name)) {
    if (isInvisible(char.codePointAt(0) ?? 0)) continue;
    shape += ASCII_SHAPES.get(char) ?? lookalikes.get(char) ?? char;
  }
  return isBeyondAscii(shape) ? toNfkd(shape) : shape;
}

/** What confusables.txt says of the ASCII characters of identifiers. */
const ASCII_SHAPES: ReadonlyMap<string, string> = new Map([
  ["0", "O"],
  ["1", "l"],
  ["I", "l"],
  ["m", "rn"],
]);
const SHAPED = /[01Im]/g;

function addShape(shapes: Map<string, string>, tables: ConfusableTables, name: string): void {
  const shape = shapeOf(tables, name);
  if (!shapes.has(shape)) shapes.set(shape, name);
}

/** The shapes of the names that Python itself has. */
function ownShapes(tables: ConfusableTables): ReadonlyMap<string, string> {
  if (own === null) {
    const shapes = new Map<string, string>();
    for (const name of [...KEYWORDS, ...builtinNames()]) addShape(shapes, tables, name);
    own = shapes;
  }
  return own;
}
let own: ReadonlyMap<string, string> | null = null;

// --- scripts ----------------------------------------------------------------------

/**
 * Is a word of more scripts than people write together (UTS #39, "Highly Restrictive"),
 * and has it a letter that looks like one of another of them? `Δt` has not.
 */
function isMixed(tables: ConfusableTables, word: string): boolean {
  if (!isBeyondAscii(word)) return false;
  const letters = [...word].flatMap((char) => {
    const scripts = tables.scriptsOf(char.codePointAt(0) ?? 0);
    return scripts.length === 0 ? [] : [{ char, scripts }];
  });
  if (isWrittenTogether(letters.map(({ scripts }) => scripts))) return false;
  const present = new Set(letters.flatMap(({ scripts }) => scripts));
  return letters.some(({ char, scripts }) => {
    const shape = ASCII_SHAPES.get(char) ?? tables.lookalikes.get(char) ?? char;
    const alike = tables.scriptsByShape.get(shape) ?? NO_SCRIPTS;
    return [...present].some(
      (script) =>
        !scripts.includes(script) &&
        alike.has(script) &&
        !(isMathematics(scripts, script) && (scripts.includes(LATIN) || isBeyondAscii(shape))),
    );
  });
}
const NO_SCRIPTS: ReadonlySet<number> = new Set();

/** Greek among Latin letters is mathematics: only what looks like one of ASCII has to be told. */
function isMathematics(scripts: Scripts, other: number): boolean {
  return scripts.includes(LATIN) ? other === GREEK : other === LATIN && scripts.includes(GREEK);
}

/** Han is written with kana, with Bopomofo or with Hangul, and all of these with Latin. */
const TOGETHER: readonly (readonly number[])[] = [
  [HAN, HIRAGANA, KATAKANA, LATIN],
  [HAN, BOPOMOFO, LATIN],
  [HAN, HANGUL, LATIN],
];

function isWrittenTogether(letters: readonly Scripts[]): boolean {
  const [first = [], ...rest] = letters;
  if (first.some((script) => rest.every((scripts) => scripts.includes(script)))) return true;
  return TOGETHER.some((all) =>
    letters.every((scripts) => scripts.some((script) => all.includes(script))),
  );
}
