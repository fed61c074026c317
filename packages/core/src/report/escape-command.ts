/**
 * Foreign text in the log of GitHub Actions. The runner takes a line that begins with
 * `::name` for a command, spaces aside, and `##[name` wherever it stands; Azure's, with
 * the same code, `##vso[`. Its own commands are escaped as its toolkit does.
 */
import { escapeText } from "./escape.js";

/** Writes the value of a property, such as `file`. */
export function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

/** Writes what stands behind the last `::`. */
export function escapeData(text: string): string {
  return escapeText(text)
    .replace(/%/g, "%25")
    .replace(/##(?=\[|vso)/gi, "#\\u0023");
}

/** Writes a line of a log, in which no command can be found whatever is put before it. */
export function escapeLogLine(text: string): string {
  return escapeText(text)
    .replace(/:(?=:)/g, "\\u003a")
    .replace(/##(?=\[|vso)/gi, "#\\u0023");
}
