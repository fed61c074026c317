/**
 * The order of functions that match equally well: those that more functions call, then
 * the newer, then by hash. Rows of the full-text index are numbered in nearly this order,
 * so that the first that match are the best and the others need not be looked at.
 */

/** What the order is made of. */
export interface Ranked {
  readonly hash: string;
  /** How many functions call it. */
  readonly callers: number;
  /** UTC, `2026-01-31T12:00:00Z`. */
  readonly created: string;
}

/** Compares functions for `sort`, the better first. */
export function compareRank(a: Ranked, b: Ranked): number {
  return b.callers - a.callers || compareText(b.created, a.created) || compareText(a.hash, b.hash);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const DAYS = 2 ** 16;
const PLACES_OF_A_DAY = 2 ** 22;
const MOST_LEVEL = 127;
const MILLISECONDS_OF_A_DAY = 86_400_000;

/**
 * The number of the row of a function: callers on a scale of eight steps for each
 * doubling, then the day, then digits of the hash to spread the functions of a day. It
 * is below 2^45; where the row is taken, the next that is free is used.
 */
export function positionOf({ hash, callers, created }: Ranked): number {
  const level = Math.min(MOST_LEVEL, Math.round(8 * Math.log2(1 + callers)));
  const day = Math.floor(Date.parse(created) / MILLISECONDS_OF_A_DAY);
  const place = Number.parseInt(hash.slice(0, 6), 16) >> 2;
  const age = DAYS - 1 - Math.min(Math.max(0, day), DAYS - 1);
  return ((MOST_LEVEL - level) * DAYS + age) * PLACES_OF_A_DAY + place;
}
