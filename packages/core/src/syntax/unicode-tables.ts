/**
 * The Unicode tables, unpacked: which characters identifiers may hold, which are printable, and
 * how text decomposes and composes. scripts/generate-unicode.ts packs them.
 */
import { unpackNumbers } from "./packed-numbers.js";
import { CHARACTER_CLASSES, NORMALIZATION } from "./unicode.generated.js";

/** A value for each code point: `values[i]` from `starts[i]` up to the next start. */
export interface Runs {
  readonly starts: Int32Array;
  readonly values: Uint8Array;
}

export interface Normalization {
  /** By UTF-16 code unit, 1: NFKC leaves it alone, whatever stands before and after it. */
  readonly stable: Uint8Array;
  /** The code points that decompose, in order; `targets` from `offsets[i]` is what into. */
  readonly sources: Int32Array;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Canonical combining classes, renumbered without gaps: the order is what matters. */
  readonly combining: Runs;
  /** Primary composites, by `pairKey`. */
  readonly composites: ReadonlyMap<number, number>;
  /** The code points that compose with one before them, Hangul vowels and finals among them. */
  readonly seconds: ReadonlySet<number>;
}

export function unpackClasses(): Runs {
  return unpackRuns(unpackNumbers(CHARACTER_CLASSES));
}

/** Packed as value and length by turns, from code point 0 to the last. */
function unpackRuns(read: (context: number) => number): Runs {
  const starts: number[] = [];
  const values: number[] = [];
  let value = 0;
  for (let next = 0; next < 0x110000; ) {
    value = read(Math.min(value, 4));
    starts.push(next);
    values.push(value);
    next += 1 + read(5 + Math.min(value, 4));
  }
  return { starts: Int32Array.from(starts), values: Uint8Array.from(values) };
}

/**
 * Packed as entries in order of code points: the gap from the last; how many code points it
 * decomposes into, 0 for the two of a primary composite; each of these, less the one at its
 * place in the entry before; and for an entry of one, how many code points follow alike: into
 * the same, or each into the next.
 */
export function unpackNormalization(): Normalization {
  const read = unpackNumbers(NORMALIZATION);
  const combining = unpackRuns(read);
  const sources: number[] = [];
  const offsets: number[] = [0];
  const targets: number[] = [];
  const composites = new Map<number, number>();
  const seconds = new Set<number>();
  for (let vowel = 0x1161; vowel <= 0x1175; vowel++) seconds.add(vowel);
  for (let final = 0x11a8; final <= 0x11c2; final++) seconds.add(final);
  let source = 0;
  let size = 0;
  let last: number[] = [];
  for (let entries = read(10); entries > 0; entries--) {
    source += read(11);
    size = read(12 + Math.min(size, 3));
    const target: number[] = [];
    let moved = 0;
    for (let i = 0; i < (size || 2); i++) {
      const place = Math.min(size, 2) * 3 + Math.min(i, 2);
      const step = read(20 + (source >> 10) * 18 + place * 2 + Math.min(moved, 1));
      target.push((last[i] ?? target[i - 1] ?? 0) + (step % 2 === 0 ? step : -step - 1) / 2);
      moved = step;
    }
    const follow = size === 1 ? read(16) : 0;
    const increment = follow > 0 ? read(17) : 0;
    for (let i = 0; i <= follow; i++) {
      if (i > 0) target[0] = (target[0] ?? 0) + increment;
      sources.push(source++);
      targets.push(...target);
      offsets.push(targets.length);
    }
    const [first = 0, second = 0] = target;
    if (size === 0) {
      composites.set(pairKey(first, second), source - 1);
      seconds.add(second);
    }
    last = target;
  }
  const tables = {
    sources: Int32Array.from(sources),
    offsets: Int32Array.from(offsets),
    targets: Int32Array.from(targets),
    combining,
    composites,
    seconds,
  };
  return { ...tables, stable: findStable(tables) };
}

/** The key in `composites` of the two that compose. */
export function pairKey(first: number, second: number): number {
  return first * 0x200000 + second;
}

function findStable(tables: Omit<Normalization, "stable">): Uint8Array {
  const stable = new Uint8Array(0x10000).fill(1);
  stable.fill(0, 0xd800, 0xe000);
  for (const source of tables.sources) stable[source] = 0;
  // A primary composite stays as it is: what follows it is what may compose.
  for (const composite of tables.composites.values()) stable[composite] = 1;
  for (const second of tables.seconds) stable[second] = 0;
  const { starts, values } = tables.combining;
  starts.forEach((start, i) => {
    if ((values[i] ?? 0) > 0) stable.fill(0, start, starts[i + 1]);
  });
  return stable;
}

/** Whether a code point may change its place or compose with one before it. */
export function mayCompose(
  { combining, seconds }: Pick<Normalization, "combining" | "seconds">,
  codePoint: number,
): boolean {
  return seconds.has(codePoint) || valueAt(combining, codePoint) > 0;
}

export function valueAt(runs: Runs, codePoint: number): number {
  return runs.values[lastAtMost(runs.starts, codePoint)] ?? 0;
}

/** The index of the last number in `sorted` that is not above `value`; -1 where all are. */
export function lastAtMost(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
