/**
 * Pieces of text in columns: as wide as they look, on one line, harmless, and each in its own
 * direction. Every text that output shows goes through here.
 */
import { escapeText } from "@ouverture/core";
import { columnsOf, isPlain } from "./columns.js";
import type { Screen } from "./screen.js";

/** A text, and how it is painted. It is escaped here, so it may come from anywhere. */
export type Cell =
  | string
  | { readonly text: string; readonly paint?: ((text: string) => string) | undefined };

/** How many columns it takes: wide characters two, marks none. */
export function widthOf(cell: Cell): number {
  return columnsOf(escapeText(textOf(cell)));
}

export interface CellOptions {
  /** It is cut, with an ellipsis, where it is wider. */
  readonly most?: number | undefined;
  /** Blanks fill it up to this width. */
  readonly least?: number | undefined;
  readonly align?: "left" | "right" | undefined;
}

/** The cell as it is written: escaped, cut, painted, isolated and filled. */
export function renderCell(cell: Cell, screen: Screen, options: CellOptions = {}): string {
  const { most = Number.POSITIVE_INFINITY, least = 0, align = "left" } = options;
  const text = cut(escapeText(textOf(cell)), most);
  const blanks = " ".repeat(Math.max(0, least - columnsOf(text)));
  const paint = typeof cell === "string" ? undefined : cell.paint;
  const shown = isolate(text, screen);
  const painted = paint === undefined ? shown : paint(shown);
  return align === "left" ? painted + blanks : blanks + painted;
}

/** Breaks a text into lines of at most `width` columns, between words where that goes. */
export function wrapText(text: string, width: number): string[] {
  return text.split(/\r?\n/).flatMap((line) => wrapLine(line, width));
}

function textOf(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** `text` in at most so many columns; characters stay whole. */
function cut(text: string, most: number): string {
  if (most === Number.POSITIVE_INFINITY || columnsOf(text) <= most) return text;
  if (most < 1) return "";
  let shown = "";
  let width = 1;
  for (const character of charactersOf(text)) {
    width += columnsOf(character);
    if (width > most) break;
    shown += character;
  }
  return `${shown.trimEnd()}…`;
}

/** What a reader takes for characters. What finds them takes longer to make than most commands take. */
export function* charactersOf(text: string): Generator<string> {
  if (isPlain(text)) return yield* text;
  characters ??= new Intl.Segmenter("und");
  for (const { segment } of characters.segment(text)) yield segment;
}
let characters: Intl.Segmenter | undefined;

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE. */
const ISOLATE = ["\u2068", "\u2069"] as const;
/** The blocks of right-to-left scripts. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Keeps what is written from right to left from turning its neighbours round. */
export function isolate(text: string, { isTerminal }: Screen): string {
  return isTerminal && RIGHT_TO_LEFT.test(text) ? ISOLATE.join(text) : text;
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of wordsOf(line, width)) {
    if (current !== "" && columnsOf(current + word.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = word.trimStart();
    } else current += word;
  }
  return [...lines, current.trimEnd()];
}

/** Words with the blanks after them; what is wider than a line (or has no blanks, as Chinese) in pieces. */
function wordsOf(line: string, width: number): string[] {
  return (line.match(/\s*\S+\s*|\s+/g) ?? []).flatMap((word) =>
    columnsOf(word.trimEnd()) <= width ? [word] : [...charactersOf(word)],
  );
}
