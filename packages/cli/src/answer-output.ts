/**
 * Standard output for the answers of commands. Node's stream for it takes a tenth of the time of
 * a short command to make, and where it is no terminal nothing is gained by it: there, what is
 * written goes straight into the file or the pipe.
 */
import { fstatSync, writeSync } from "node:fs";
import type { AnswerOutput } from "./outside.js";

const STDOUT = 1;

/** What answers are written to: `stream()`, or what does the same without it. */
export function openAnswerOutput(
  stream: () => AnswerOutput,
  onError: (error: NodeJS.ErrnoException) => void,
): AnswerOutput {
  if (!isPlain()) return stream();
  let isClosed = false;
  let slow: AnswerOutput | undefined;
  const write = (text: string | Uint8Array): void => {
    if (isClosed) return;
    if (slow !== undefined) return void slow.write(text);
    const bytes = Buffer.from(text);
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(STDOUT, bytes, done);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      // Another process made it one that does not wait; the stream does.
      if (error.code === "EAGAIN") {
        slow = stream();
        return void slow.write(bytes.subarray(done));
      }
      isClosed = true;
      onError(error);
    }
  };
  return { write };
}

/** A file, a pipe or a socket. Windows has kinds of its own. */
function isPlain(): boolean {
  if (process.platform === "win32") return false;
  try {
    const kind = fstatSync(STDOUT);
    return kind.isFile() || kind.isFIFO() || kind.isSocket();
  } catch {
    return false;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}
