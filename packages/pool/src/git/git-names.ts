/** What git prints between zero bytes: names of files, which may be any bytes. */
import { isUtf8 } from "node:buffer";

/** A text, and the bytes that it stands for where those are no UTF-8. */
export interface GitName {
  readonly text: string;
  readonly bytes: Buffer | null;
}

/** Parts the output of `git ... -z`. */
export function splitNames(output: Buffer): GitName[] {
  if (isUtf8(output)) {
    const names: GitName[] = [];
    for (const text of output.toString("utf8").split("\0")) {
      if (text !== "") names.push({ text, bytes: null });
    }
    return names;
  }
  const names: GitName[] = [];
  for (let start = 0; start < output.length; ) {
    const found = output.indexOf(0, start);
    const end = found < 0 ? output.length : found;
    if (end > start) names.push(readName(output.subarray(start, end)));
    start = end + 1;
  }
  return names;
}

function readName(bytes: Buffer): GitName {
  if (isUtf8(bytes)) return { text: bytes.toString("utf8"), bytes: null };
  const text = bytes
    .toString("latin1")
    .replace(/[\x80-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
  return { text, bytes };
}
