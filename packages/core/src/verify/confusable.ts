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

/** Names that stand beside others; they are looked at only where that may change an answer. */
export interface OtherNames {
  /** Are all of them ASCII? Where that is not known it is `false`. */
  readonly isAscii: boolean;
  list(): Iterable<string>;
}
export const NO_NAMES: OtherNames = { isAscii: true, list: () => [] };

/**
 * Finds the names that may be taken for others: each once, with the worst that can be
 * said of it.
 *
 * @param names those that are in question. They may look like each other.
 * @param others names that stand beside them; builtins and keywords are always among them.
 */
export function findConfusable(
  names: Iterable<string>,
  others: OtherNames = NO_NAMES,
): ConfusableName[] {
  const asked = new Set(names);
  const wide: string[] = [];
  for (const name of asked) if (isBeyondAscii(name)) wide.push(name);
  if (wide.length === 0) return [];
  const tables = confusableTables();
  const shapes = wide.map((name) => shapeOf(tables, name));
  const known = knownShapes(tables, asked, others, !shapes.every(isBeyondAscii));
  const found: ConfusableName[] = [];
  for (const [index, name] of wide.entries()) {
    const shape = shapes[index] ?? "";
    const first = known.get(shape) ?? name;
    if (first === name) known.set(shape, name);
    const other = first === name ? null : first;
    const kind = kindOf(tables, name, other);
    if (kind !== null) found.push({ name, kind, other: kind === "look-alike" ? other : null });
  }
  return found;
}

/**
 * The shapes that names may be taken for, and the first name of each: of Python's own, of
 * `others`, and of those in ASCII among `asked`. The shape of a name in ASCII is ASCII:
 * where none that is asked for is, they are left out, and that is almost always so.
 */
function knownShapes(
  tables: ConfusableTables,
  asked: Iterable<string>,
  others: OtherNames,
  reachesAscii: boolean,
): Map<string, string> {
  const shapes = new Map(reachesAscii ? ownShapes(tables) : []);
  if (reachesAscii || !others.isAscii) {
    for (const name of others.list()) {
      if (reachesAscii || isBeyondAscii(name)) addShape(shapes, tables, name);
    }
  }
  if (!reachesAscii) return shapes;
  for (const name of asked) if (!isBeyondAscii(name)) addShape(shapes, tables, name);
  return shapes;
}

function kindOf(
  tables: ConfusableTables,
  name: string,
  other: string | null,
): ConfusableKind | null {
  if (BIDIRECTIONAL.test(name)) return "bidirectional";
  if (hasInvisible(tables, name)) return "invisible";
  if (other !== null) return "look-alike";
  return name.split("_").some((word) => isMixed(tables, word)) ? "mixed-script" : null;
}

/** UAX #9: marks, embeddings, overrides and isolates. No identifier of Python has them. */
const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

function hasInvisible({ isInvisible }: ConfusableTables, name: string): boolean {
  for (const char of name) if (isInvisible(char.codePointAt(0) ?? 0)) return true;
  return false;
}

export function isBeyondAscii(name: string): boolean {
  return BEYOND_ASCII.test(name);
}
const BEYOND_ASCII = /[^\0-\x7f]/;

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
  if (!isBeyondAscii(word) || isOfOneScript(tables, word)) return false;
  const letters = [...word].flatMap((char) => {
    const scripts = tables.scriptsOf(char.codePointAt(0) ?? 0);
    return scripts.length === 0 ? [] : [{ char, scripts }];
  });
  if (isWrittenTogether(letters.map(({ scripts }) => scripts))) return false;
  const present = new Set(letters.flatMap(({ scripts }) => scripts));
  return letters.some(({ char, scripts }) => {
    const shape = ASCII_SHAPES.get(char) ?? tables.lookalikes.get(char) ?? char;
    const alike = tables.scriptsLike(shape);
    return [...present].some(
      (script) =>
        !scripts.includes(script) &&
        alike.has(script) &&
        !(isMathematics(scripts, script) && (scripts.includes(LATIN) || isBeyondAscii(shape))),
    );
  });
}
/** Are all letters of a word of the same scripts? */
function isOfOneScript({ scriptsOf }: ConfusableTables, word: string): boolean {
  let first: Scripts | null = null;
  for (const char of word) {
    const scripts = scriptsOf(char.codePointAt(0) ?? 0);
    if (scripts.length === 0) continue;
    first ??= scripts;
    // Characters of the same scripts have the same list.
    if (scripts !== first) return false;
  }
  return true;
}

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
