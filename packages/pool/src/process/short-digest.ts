/**
 * SHA-256 (FIPS 180-4) where there may be little to hash. Node's own hashes many times faster, but
 * takes as long to load as a hook takes for a function.
 */
import { createHash } from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";

/** So many bytes are hashed in a process before Node's own is loaded. */
const LITTLE = 1 << 15;
let hashed = 0;

/** The digest of bytes, as 64 hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  hashed += bytes.length;
  return hashed > LITTLE
    ? createHash("sha256").update(bytes).digest("hex")
    : Buffer.from(sha256(bytes)).toString("hex");
}
