/** A Python file that somebody named on the command line, as text. */
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { MOST_BYTES } from "@ouverture/core";
import { fail } from "./failure.js";
import { groupDigits } from "./output/count.js";
import type { Session } from "./session.js";

/** Reads a file of UTF-8 of at most one mebibyte. Fails with what is wrong with it. */
export function readSource(path: string, { outside }: Session): string {
  const bytes = readBytes(resolve(outside.directory, path), path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail(1, `'${path}' is not written in UTF-8.`, "Save it as UTF-8, and try again.");
  }
}

function readBytes(full: string, path: string): Uint8Array {
  const file = openSync(full, "r");
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) fail(2, `'${path}' is no file.`, "Name a Python file with one function.");
    if (stats.size > MOST_BYTES) {
      const most = groupDigits(MOST_BYTES);
      fail(1, `'${path}' has more than ${most} bytes.`, "Give each function a file of its own.");
    }
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
