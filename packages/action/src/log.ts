/**
 * The log of the step. The runner reads commands in it (`::error::`, `##[add-mask]`), and
 * there is text of strangers in it: what is written here is none (decisions/0036).
 */
import { escapeLogLine } from "@ouverture/core";

/** Writes lines of text to the log. Any text may be given, and none of it is a command. */
export function writeLog(text: string): void {
  const lines = text.trimEnd().split(/\r\n|[\n\r]/);
  process.stdout.write(`${lines.map(escapeLogLine).join("\n")}\n`);
}

/** Writes commands, a line each, that were escaped as GitHub's toolkit does it. */
export function writeCommands(lines: string): void {
  process.stdout.write(lines);
}
