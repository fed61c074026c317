/** The text of what a store gives, for core: the host decodes UTF-8 many times faster than core. */
import { isUtf8 } from "node:buffer";
import { MOST_BYTES } from "@ouverture/core";

/** Gives the text of a document; its bytes where core has to say what is wrong with them. */
export function documentText(bytes: Uint8Array): Uint8Array | string {
  if (bytes.length > MOST_BYTES || !isUtf8(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
