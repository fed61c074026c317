/**
 * Numbers packed into printable ASCII: an adaptive range coder whose digits are
 * characters. It halves the Unicode tables against plain varints, for 30 lines.
 * scripts/pack-numbers.ts is the other direction.
 */

/** Digits are the printable ASCII characters but `"` and `\`, which a string literal would escape. */
export const BASE = 93;

/** The coder takes in a digit when the range is narrower than this; all stays far below 2 ** 53. */
export const LEAST_RANGE = BASE ** 5;

/** How often each bit was 0 and was 1, in halves: a pair for each node of `nodeOf`. */
export type Model = Uint8Array;

export function createModel(): Model {
  return new Uint8Array(2 * nodeOf(22, 0)).fill(1);
}

/**
 * A number is 1 less than a binary one: its length in unary (nodes 0 to 31), then its bits after
 * the first. `prefix` is the bits so far; those after the first five share a node.
 */
export function nodeOf(length: number, prefix: number): number {
  return 32 * length + (prefix < 32 ? prefix : 0);
}

/** The part of `range` that stands for a 0 at `node`. */
export function zeroPart(model: Model, node: number, range: number): number {
  const zeros = model[2 * node] ?? 1;
  const ones = model[2 * node + 1] ?? 1;
  return Math.floor((range * zeros) / (zeros + ones));
}

/** Counts `bit`; older bits weigh less. */
export function learn(model: Model, node: number, bit: number): void {
  const zeros = (model[2 * node] ?? 1) + 2 * (1 - bit);
  const ones = (model[2 * node + 1] ?? 1) + 2 * bit;
  const shift = zeros + ones > 120 ? 1 : 0;
  model[2 * node] = (zeros + shift) >> shift;
  model[2 * node + 1] = (ones + shift) >> shift;
}

/** Gives a function that reads one number after the other, each in the context it was packed in. */
export function unpackNumbers(packed: string): (context: number) => number {
  const models: Model[] = [];
  let position = 0;
  let range = 1;
  let code = 0;

  function readBit(model: Model, node: number): number {
    while (range < LEAST_RANGE) {
      const character = packed.charCodeAt(position++);
      const digit = character - 32 - (character > 34 ? 1 : 0) - (character > 92 ? 1 : 0);
      code = code * BASE + digit;
      range *= BASE;
    }
    const zero = zeroPart(model, node, range);
    const bit = code < zero ? 0 : 1;
    if (bit === 0) {
      range = zero;
    } else {
      code -= zero;
      range -= zero;
    }
    learn(model, node, bit);
    return bit;
  }

  return (context) => {
    let model = models[context];
    if (model === undefined) {
      model = createModel();
      models[context] = model;
    }
    let length = 0;
    while (readBit(model, length) === 1) length++;
    let value = 1;
    for (let i = 0; i < length; i++) value = value * 2 + readBit(model, nodeOf(length, value));
    return value - 1;
  };
}
