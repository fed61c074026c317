/** UTF-8 bytes to text, strictly: core has no TextDecoder. */

const CHUNK = 8192;
/** One for all texts: it is full, but for a pair, when it is emptied. */
const units = new Uint16Array(CHUNK + 1);

/** Gives the text of `bytes`; `null` where they are not well-formed UTF-8 (Unicode, table 3-7). */
export function decodeUtf8(bytes: Uint8Array): string | null {
  let text = "";
  let end = 0;
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      units[end++] = first;
      at += 1;
    } else {
      const length = sequenceLength(bytes, at, first);
      if (length === 0) return null;
      const point = codePointAt(bytes, at, length);
      if (point < 0x10000) {
        units[end++] = point;
      } else {
        units[end++] = 0xd7c0 + (point >> 10);
        units[end++] = 0xdc00 + (point & 0x3ff);
      }
      at += length;
    }
    if (end >= CHUNK) {
      text += textOf(units.subarray(0, end));
      end = 0;
    }
  }
  return text + textOf(units.subarray(0, end));
}

function textOf(some: Uint16Array): string {
  return Reflect.apply(String.fromCharCode, null, some);
}

/** 2 to 4, or 0 for a sequence that is cut, overlong, a surrogate or beyond U+10FFFF. */
function sequenceLength(bytes: Uint8Array, at: number, first: number): number {
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < lowest || second > highest) return 0;
  for (let next = 2; next < length; next += 1) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) {
    point = (point << 6) | ((bytes[at + next] ?? 0) & 0x3f);
  }
  return point;
}
