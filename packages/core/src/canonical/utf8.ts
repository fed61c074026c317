/**
 * Text to UTF-8, without the host's TextEncoder. An unpaired surrogate, which
 * UTF-8 cannot hold, becomes the three bytes that Python's "surrogatepass"
 * writes: no valid text has those bytes, so no two texts share their encoding.
 */

/** Encodes `text`. Cost: one pass, at most three bytes a code unit. */
export function encodeUtf8(text: string): Uint8Array {
  const length = text.length;
  let bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) break;
    bytes[at] = unit;
    at += 1;
  }
  if (at === length) return bytes;

  const ascii = bytes.subarray(0, at);
  bytes = new Uint8Array(at + 3 * (length - at));
  bytes.set(ascii);
  let end = at;
  for (; at < length; at += 1) {
    const point = text.codePointAt(at) ?? 0;
    if (point < 0x80) {
      bytes[end++] = point;
    } else if (point < 0x800) {
      bytes[end++] = 0xc0 | (point >> 6);
      bytes[end++] = 0x80 | (point & 0x3f);
    } else if (point < 0x10000) {
      bytes[end++] = 0xe0 | (point >> 12);
      bytes[end++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[end++] = 0x80 | (point & 0x3f);
    } else {
      bytes[end++] = 0xf0 | (point >> 18);
      bytes[end++] = 0x80 | ((point >> 12) & 0x3f);
      bytes[end++] = 0x80 | ((point >> 6) & 0x3f);
      bytes[end++] = 0x80 | (point & 0x3f);
      at += 1;
    }
  }
  return bytes.subarray(0, end);
}
