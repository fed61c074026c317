/**
 * Text to UTF-8, without the host's TextEncoder. An unpaired surrogate, which
 * UTF-8 cannot hold, becomes the three bytes that Python's "surrogatepass"
 * writes: no valid text has those bytes, so no two texts share their encoding.
 */

/**
 * Encodes `text`, into `buffer` where there is room: to make an array costs as much
 * as to fill it. One pass, or two where the text is not all ASCII.
 */
export function encodeUtf8(text: string, buffer = new Uint8Array(text.length)): Uint8Array {
  const bytes = text.length <= buffer.length ? buffer : new Uint8Array(text.length);
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    bytes[at] = unit;
    bits |= unit;
  }
  return bits < 0x80 ? bytes.subarray(0, text.length) : encodeWide(text);
}

function encodeWide(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
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
