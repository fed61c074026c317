/**
 * Gzip (RFC 1952) of one member, unpacked up to a limit: the stored text of an
 * object may be packed. Ours because the limit has to hold while unpacking: a
 * megabyte of gzip can stand for a gigabyte.
 */

/** Gives the bytes, "bytes" where they would be more than `most`, or "not-gzip". */
export function gunzip(packed: Uint8Array, most: number): Uint8Array | "bytes" | "not-gzip" {
  const start = headerLength(packed);
  const end = packed.length - TRAILER;
  if (start === null || start > end) return "not-gzip";
  const input: Input = { bytes: packed.subarray(start, end), at: 0, held: 0, count: 0 };
  const output: Output = { bytes: new Uint8Array(1024), length: 0, most };
  const stop = inflate(input, output);
  if (stop !== "end") return stop;
  const unpacked = output.bytes.subarray(0, output.length);
  const whole =
    input.at === input.bytes.length &&
    word(packed, end) === crc32(unpacked) &&
    word(packed, end + 4) === unpacked.length;
  return whole ? unpacked : "not-gzip";
}

const TRAILER = 8;

/** RFC 1952, 2.3: a fixed part, then what its flags announce. */
function headerLength(bytes: Uint8Array): number | null {
  const flags = bytes[3] ?? 0xff;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || flags > 0x1f) return null;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return null;
    at = zero + 1;
  }
  return (flags & 2) === 0 ? at : at + 2;
}

function word(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = 3; index >= 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

// --- RFC 1951 ------------------------------------------------------------------

interface Input {
  readonly bytes: Uint8Array;
  at: number;
  /** Bits taken from `bytes` and not yet used, the next one lowest. */
  held: number;
  count: number;
}
interface Output {
  bytes: Uint8Array;
  length: number;
  readonly most: number;
}
/** A prefix code: how many codes have each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}
type Stop = "end" | "bytes" | "not-gzip";

const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;
/** 3.2.5: the base and the number of extra bits of each length symbol and each distance symbol. */
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const DISTANCE_SYMBOLS = 30;
/** 3.2.7: the order in which the lengths of the code length code are sent. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function inflate(input: Input, output: Output): Stop {
  for (;;) {
    const last = takeBits(input, 1);
    const type = takeBits(input, 2);
    const stop =
      type === 0 ? copyStored(input, output) : inflateCoded(input, output, codesOf(input, type));
    if (stop !== "end" || last === 1) return stop;
  }
}

/** The next `count` bits; -1 past the end. */
function takeBits(input: Input, count: number): number {
  while (input.count < count) {
    const byte = input.bytes[input.at];
    if (byte === undefined) return -1;
    input.held |= byte << input.count;
    input.at += 1;
    input.count += 8;
  }
  const bits = input.held & ((1 << count) - 1);
  input.held >>>= count;
  input.count -= count;
  return bits;
}

/** 3.2.4: a block that is not packed begins at a byte. */
function copyStored(input: Input, output: Output): Stop {
  input.held = 0;
  input.count = 0;
  const length = takeBits(input, 16);
  const check = takeBits(input, 16);
  const stored = input.bytes.subarray(input.at, input.at + length);
  if (length < 0 || length !== (check ^ 0xffff) || stored.length < length) return "not-gzip";
  input.at += length;
  if (!makeRoom(output, length)) return "bytes";
  output.bytes.set(stored, output.length);
  output.length += length;
  return "end";
}

function inflateCoded(input: Input, output: Output, codes: readonly Code[] | null): Stop {
  const [literals, distances] = codes ?? [];
  if (literals === undefined || distances === undefined) return "not-gzip";
  for (;;) {
    const symbol = takeSymbol(input, literals);
    if (symbol === END_OF_BLOCK) return "end";
    if (symbol < 0) return "not-gzip";
    if (symbol < END_OF_BLOCK) {
      if (!makeRoom(output, 1)) return "bytes";
      output.bytes[output.length] = symbol;
      output.length += 1;
    } else {
      const stop = copyEarlier(input, output, symbol - END_OF_BLOCK - 1, distances);
      if (stop !== "end") return stop;
    }
  }
}

function copyEarlier(input: Input, output: Output, symbol: number, distances: Code): Stop {
  const base = LENGTHS[symbol];
  if (base === undefined) return "not-gzip";
  const extra = takeBits(input, symbol < 8 || symbol === 28 ? 0 : (symbol >> 2) - 1);
  const code = takeSymbol(input, distances);
  if (extra < 0 || code < 0 || code >= DISTANCE_SYMBOLS) return "not-gzip";
  const bits = code < 4 ? 0 : (code >> 1) - 1;
  const more = takeBits(input, bits);
  const distance = 1 + (code < 4 ? code : (2 + (code & 1)) << bits) + more;
  if (more < 0 || distance > output.length) return "not-gzip";
  const length = base + extra;
  if (!makeRoom(output, length)) return "bytes";
  const { bytes } = output;
  for (let end = output.length + length; output.length < end; output.length += 1) {
    bytes[output.length] = bytes[output.length - distance] ?? 0;
  }
  return "end";
}

function makeRoom(output: Output, count: number): boolean {
  const needed = output.length + count;
  if (needed > output.most) return false;
  if (needed > output.bytes.length) {
    const larger = new Uint8Array(Math.min(output.most, 2 * needed));
    larger.set(output.bytes);
    output.bytes = larger;
  }
  return true;
}

/** The codes of a block: those of 3.2.6, or those that 3.2.7 sends. */
function codesOf(input: Input, type: number): readonly Code[] | null {
  if (type === 1) {
    const lengths = [144, 112, 24, 8].flatMap((count, index) =>
      new Array<number>(count).fill([8, 9, 7, 8][index] ?? 0),
    );
    return [codeOf(lengths), codeOf(new Array<number>(DISTANCE_SYMBOLS).fill(5))];
  }
  if (type !== 2) return null;
  const literals = takeBits(input, 5) + 257;
  const distances = takeBits(input, 5) + 1;
  const sent = takeBits(input, 4) + 4;
  const order = CODE_LENGTH_ORDER.slice(0, sent);
  const first = new Array<number>(CODE_LENGTH_ORDER.length).fill(0);
  for (const symbol of order) first[symbol] = takeBits(input, 3);
  const lengths = takeLengths(input, first, literals + distances);
  return lengths && [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
}

function takeLengths(input: Input, first: number[], count: number): number[] | null {
  if (first.includes(-1)) return null;
  const code = codeOf(first);
  const lengths: number[] = [];
  while (lengths.length < count) {
    const symbol = takeSymbol(input, code);
    if (symbol < 0) return null;
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    const repeated = symbol === 16 ? lengths.at(-1) : 0;
    const more = takeBits(input, symbol === 16 ? 2 : symbol === 17 ? 3 : 7);
    if (repeated === undefined || more < 0) return null;
    for (let times = more + (symbol === 18 ? 11 : 3); times > 0; times -= 1) lengths.push(repeated);
  }
  return lengths.length === count ? lengths : null;
}

/** 3.2.2: codes of one length follow each other, in the order of their symbols. */
function codeOf(lengths: readonly number[]): Code {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols: number[] = [];
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    if (counts[length] === 0) continue;
    lengths.forEach((of, symbol) => {
      if (of === length) symbols.push(symbol);
    });
  }
  return { counts, symbols: Uint16Array.from(symbols) };
}

/** The next symbol, bit by bit; -1 where no code fits. */
function takeSymbol(input: Input, { counts, symbols }: Code): number {
  let code = 0;
  let firstCode = 0;
  let firstSymbol = 0;
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    const bit = takeBits(input, 1);
    if (bit < 0) return -1;
    code |= bit;
    const count = counts[length] ?? 0;
    if (code - firstCode < count) return symbols[firstSymbol + code - firstCode] ?? -1;
    firstSymbol += count;
    firstCode = (firstCode + count) << 1;
    code <<= 1;
  }
  return -1;
}
