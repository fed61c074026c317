/** A line in which words were found: they are painted, and the first is seen where the line is cut. */
import { escapeText } from "@ouverture/core";
import type { TextRange } from "@ouverture/pool";
import { charactersOf, isolate } from "./cell.js";
import { columnsOf } from "./columns.js";
import type { Screen } from "./screen.js";

/** A text of anybody, or a part of one. */
export interface MarkedText {
  readonly text: string;
  /** What was found, in UTF-16 code units; sorted, and none over another. */
  readonly ranges: readonly TextRange[];
  /** Is there more of the text before this part? */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** The text on one line of at most so many columns: escaped, and its blanks as single ones. */
export function renderMarked(marked: MarkedText, screen: Screen, most: number): string {
  const pieces = shownPieces(piecesOf(marked), marked);
  const whole = pieces.map(({ text }) => text).join("");
  const shown = columnsOf(whole) <= most ? pieces : cutAround(pieces, most);
  const painted = shown.map(({ text, isFound }) => (isFound ? screen.paint.strong(text) : text));
  return isolate(painted.join(""), screen);
}

interface Piece {
  readonly text: string;
  readonly isFound: boolean;
}

function piecesOf({ text, ranges }: MarkedText): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    pieces.push({ text: text.slice(at, start), isFound: false });
    pieces.push({ text: text.slice(start, end), isFound: true });
    at = end;
  }
  return [...pieces, { text: text.slice(at), isFound: false }];
}

const ELLIPSIS: Piece = { text: "…", isFound: false };

function shownPieces(pieces: readonly Piece[], { isCutBefore, isCutAfter }: MarkedText): Piece[] {
  const last = pieces.length - 1;
  const shown = pieces.map(({ text, isFound }, index) => {
    let line = text.replace(/\s+/g, " ");
    if (index === 0) line = line.trimStart();
    if (index === last) line = line.trimEnd();
    return { text: escapeText(line), isFound };
  });
  return [...(isCutBefore ? [ELLIPSIS] : []), ...shown, ...(isCutAfter ? [ELLIPSIS] : [])];
}

/** As much as fits, with an ellipsis where something is left out, and with what was found first. */
function cutAround(pieces: readonly Piece[], most: number): Piece[] {
  if (most < 1) return [];
  const characters = pieces.flatMap(({ text, isFound }) =>
    [...charactersOf(text)].map((character) => {
      return { text: character, isFound, columns: columnsOf(character) };
    }),
  );
  const first = startAround(characters, most);
  const rest = characters.slice(first);
  const before = first === 0 ? [] : [ELLIPSIS];
  const room = most - before.length;
  if (columnsIn(rest) <= room) return joined([...before, ...rest]);
  let columns = 1;
  const shown = rest.slice(
    0,
    rest.findIndex((character) => {
      columns += character.columns;
      return columns > room;
    }),
  );
  const last = shown.findLastIndex(({ text, isFound }) => isFound || text !== " ");
  return joined([...before, ...shown.slice(0, last + 1), ELLIPSIS]);
}

interface Character extends Piece {
  readonly columns: number;
}

/** Where to begin: at 0, where what was found first is seen so, or at a word before it. */
function startAround(characters: readonly Character[], most: number): number {
  const found = characters.findIndex(({ isFound }) => isFound);
  if (found < 0) return 0;
  const behind = characters.findIndex(({ isFound }, index) => index > found && !isFound);
  const end = behind < 0 ? characters.length : behind;
  if (columnsIn(characters.slice(0, end)) < most) return 0;
  const room = Math.max(most / CONTEXT, most - 1 - columnsIn(characters.slice(found)));
  let start = found;
  let word: number | null = null;
  for (let before = 0; start > 0; start -= 1) {
    const last = characters[start - 1];
    if (last?.text === " ") word = start;
    before += last?.columns ?? 0;
    if (before > room) break;
  }
  return word ?? start;
}
/** What stands before what was found takes one column of so many, or all that is left. */
const CONTEXT = 3;

function columnsIn(characters: readonly Character[]): number {
  return characters.reduce((sum, { columns }) => sum + columns, 0);
}

/** Neighbours that are painted alike are one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.isFound !== piece.isFound) all.push(piece);
    else all[all.length - 1] = { ...last, text: last.text + piece.text };
  }
  return all;
}
