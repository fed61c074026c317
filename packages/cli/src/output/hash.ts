/** Hashes as people see them: as short as they stay apart. In full they are in `--json` and `show`. */

/** Twelve digits, as git's in a large repository: a chance of one in a million at 20,000 functions. */
const FEWEST_DIGITS = 12;

/**
 * Gives a function that shortens these hashes: to twelve digits, or as many as it takes until
 * no two of them look the same. What it gives can be typed wherever a command takes a hash.
 */
export function shortenHashes(hashes: Iterable<string>): (hash: string) => string {
  const sorted = [...new Set(hashes)].sort();
  let digits = FEWEST_DIGITS;
  for (const [index, hash] of sorted.entries()) {
    const next = sorted[index + 1] ?? "";
    while (digits < hash.length && hash.slice(0, digits) === next.slice(0, digits)) digits += 1;
  }
  return (hash) => hash.slice(0, digits);
}

/** One hash in twelve digits. */
export function shortHash(hash: string): string {
  return hash.slice(0, FEWEST_DIGITS);
}
