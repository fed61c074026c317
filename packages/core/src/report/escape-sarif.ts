/** Foreign text in SARIF: paths as URI references, and messages in which nothing is a link. */
import { encodeUtf8 } from "../canonical/utf8.js";
import { escapeText } from "./escape.js";

/** Percent-encodes a relative path with `/` (RFC 3986, 3.3): all but letters, digits and `-._~/`. */
export function encodePath(path: string): string {
  const encoded = path.replace(/[^A-Za-z0-9._~/-]+/g, percentEncode);
  // A first segment that is empty would make it absolute, or the name of a host.
  return encoded.startsWith("/") ? `.${encoded}` : encoded;
}

/** Percent-encodes all but letters, digits and `_`: one word, for a marker. */
export function encodeWord(text: string): string {
  return text.replace(/[^A-Za-z0-9_]+/g, percentEncode);
}

/** Writes a message (SARIF 2.1.0, 3.11.5 and 3.11.6): braces are placeholders, `[a](b)` is a link. */
export function escapeSarif(text: string): string {
  return escapeText(text)
    .replace(/[{}]/g, "$&$&")
    .replace(/\](?=\()/g, "\\u005d");
}

function percentEncode(text: string): string {
  let encoded = "";
  for (const byte of encodeUtf8(text)) {
    encoded += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}
