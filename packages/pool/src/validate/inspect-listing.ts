/**
 * The check of objects/index.json, the list of all functions for hosts that cannot list:
 * `{"functions": ["<hash>", ...]}`, sorted, and written as all files of a pool.
 */
import { createHash } from "node:crypto";
import { hashSeenFile } from "../directory/safe-file.js";

/** Takes the functions that are there, in their order; then says whether a file lists them. */
export interface ListingCheck {
  add(hash: string): void;
  /** Throws when the system fails. */
  isRight(root: string, path: string): boolean;
}

/** The list may be long: of what it should be only the digest is kept. */
export function openListingCheck(): ListingCheck {
  const expected = createHash("sha256").update('{\n  "functions": [');
  let before = "\n";
  return {
    add(hash) {
      expected.update(`${before}    "${hash}"`);
      before = ",\n";
    },
    isRight(root, path) {
      expected.update(before === "\n" ? "]\n}" : "\n  ]\n}");
      return hashSeenFile(root, path) === expected.digest("hex");
    },
  };
}
