/** Base64 (RFC 4648, section 4) to bytes, strictly: padded, and nothing else in it. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FORM = /^[A-Za-z0-9+/]*={0,2}$/;

/** Gives the bytes that `text` stands for; `null` where it is not base64. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !FORM.test(text)) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let at = 0, end = 0; at < text.length; at += 4) {
    let bits = 0;
    for (let index = 0; index < 4; index += 1) {
      bits = (bits << 6) | Math.max(0, ALPHABET.indexOf(text.charAt(at + index)));
    }
    for (let shift = 16; shift >= 0 && end < bytes.length; shift -= 8) {
      bytes[end++] = (bits >> shift) & 0xff;
    }
  }
  return bytes;
}
