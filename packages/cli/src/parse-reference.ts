/** How the command line names functions (`HASH@LANG@MAPPING`) and files (`FILE.py@LANG`). */
import { fail } from "./failure.js";

/** A function as it is named; hashes are still as short as they were given. */
export interface FunctionReference {
  readonly hash: string;
  readonly language: string | null;
  readonly mapping: string | null;
}

export interface FileReference {
  readonly path: string;
  readonly language: string;
}

/** The digits that an abbreviated hash has at least. */
export const FEWEST_DIGITS = 4;

/**
 * Reads `HASH[@LANG[@MAPPING]]`. Hashes may be abbreviated; that of the function may be
 * written as in an import, `object_HASH`. Fails where it is something else.
 */
export function parseReference(text: string): FunctionReference {
  const [hash = "", language, mapping, ...rest] = text.split("@");
  if (rest.length > 0 || language === "" || mapping === "") {
    fail(2, `'${text}' is not of the form HASH[@LANG[@MAPPING]].`, "Example: 1a10a1ae3d69@fra.");
  }
  return {
    hash: readDigits(hash),
    language: language ?? null,
    mapping: mapping === undefined ? null : readDigits(mapping),
  };
}

/** Reads `FILE.py@LANG`: the language is after the last `@`. Fails where there is none. */
export function parseFileReference(text: string): FileReference {
  const at = text.lastIndexOf("@");
  const language = text.slice(at + 1);
  if (at < 1 || language === "" || /[./\\]/.test(language)) {
    const path = at > 0 && language === "" ? text.slice(0, at) : text;
    const hint = `Say the language in which it is written: ${path}@eng, for example.`;
    fail(2, `'${text}' is not of the form FILE.py@LANG.`, hint);
  }
  return { path: text.slice(0, at), language };
}

/** A whole hash, or the first digits of one, in lower case. Fails where it is something else. */
export function readDigits(text: string): string {
  const digits = text.replace(/^object_/, "").toLowerCase();
  if (!/^[0-9a-f]{1,64}$/.test(digits)) {
    const hint =
      "A hash has 64 digits of 0-9 and a-f; the first ones are enough where no other begins so.";
    fail(2, `'${text}' is no hash.`, hint);
  }
  if (digits.length < FEWEST_DIGITS) {
    fail(2, `'${text}' is too short for a hash.`, `Give ${FEWEST_DIGITS} digits or more.`);
  }
  return digits;
}
