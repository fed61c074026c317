/** UTF-8 bytes to text, strictly: core has no TextDecoder. */

const CHUNK = 8192;

/** Gives the text of `bytes`; `null` where they are not well-formed UTF-8 (Unicode, table 3-7). */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const units: number[] = [];
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : sequenceLength(bytes, at, first);
    if (length === 0) return null;
    if (length === 1) units.push(first);
    else pushCodePoint(units, bytes, at, length);
    at += length;
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
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

function pushCodePoint(units: number[], bytes: Uint8Array, at: number, length: number): void {
  let point = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) {
    point = (point << 6) | ((bytes[at + next] ?? 0) & 0x3f);
  }
  if (point < 0x10000) {
    units.push(point);
  } else {
    units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
  }
}
