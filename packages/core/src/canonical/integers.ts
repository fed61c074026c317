/**
 * An integer that Python prints in more digits than it reads: the normal form of
 * its function would be no Python (docs/decisions/0006).
 */
import type { Fault } from "../result.js";
import { MAX_INTEGER_DIGITS } from "../syntax/literal.js";
import { spanOf } from "../syntax/position.js";
import type { Program } from "./program.js";

/** Refuses an integer of more decimal digits than CPython's default limit: `limit-exceeded`. */
export function checkIntegers({ inventory, source }: Program): Fault | null {
  for (const node of inventory.integers) {
    if (node.value < MOST) continue;
    const data = { limit: "integer-digits", most: MAX_INTEGER_DIGITS } as const;
    return { code: "limit-exceeded", data, span: spanOf(source, node) };
  }
  return null;
}

/** The least integer of too many digits. */
const MOST = 10n ** BigInt(MAX_INTEGER_DIGITS);
