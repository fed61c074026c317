/** Packs numbers for src/syntax/packed-numbers.ts. */
import {
  BASE,
  createModel,
  LEAST_RANGE,
  learn,
  type Model,
  nodeOf,
  zeroPart,
} from "../src/syntax/packed-numbers.js";

export interface NumberPacker {
  /** Adds a number from 0 to 2 ** 21 - 2; numbers that behave alike share a context. */
  write(context: number, value: number): void;
  /** The text so far. */
  finish(): string;
}

export function createNumberPacker(): NumberPacker {
  const models: Model[] = [];
  let range = 1;
  // The code so far, exact: the reader has taken in as many digits as there were multiplications.
  let low = 0n;
  let digits = 0;

  function writeBit(model: Model, node: number, bit: number): void {
    while (range < LEAST_RANGE) {
      low *= BigInt(BASE);
      range *= BASE;
      digits += 1;
    }
    const zero = zeroPart(model, node, range);
    if (bit === 0) {
      range = zero;
    } else {
      low += BigInt(zero);
      range -= zero;
    }
    learn(model, node, bit);
  }

  return {
    write(context, value) {
      models[context] ??= createModel();
      const model = models[context];
      const binary = (value + 1).toString(2);
      const length = binary.length - 1;
      for (let i = 0; i < length; i++) writeBit(model, i, 1);
      writeBit(model, length, 0);
      let prefix = 1;
      for (const bit of binary.slice(1)) {
        writeBit(model, nodeOf(length, prefix), Number(bit));
        prefix = prefix * 2 + Number(bit);
      }
    },
    finish() {
      const characters: string[] = [];
      for (let rest = low; rest > 0n; rest /= BigInt(BASE)) {
        characters.push(digitCharacter(Number(rest % BigInt(BASE))));
      }
      return characters.reverse().join("").padStart(digits, digitCharacter(0));
    },
  };
}

/** The character of a digit from 0 to 92. */
export function digitCharacter(digit: number): string {
  const skipped = digit + 32 + (digit >= 2 ? 1 : 0);
  return String.fromCharCode(skipped + (skipped >= 92 ? 1 : 0));
}
