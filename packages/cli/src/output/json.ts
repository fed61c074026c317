/** Answers for machines: one JSON document, in which no character hides or moves text. */
import { escapeText } from "@ouverture/core";

/** Writes a document, indented, with a line end. Its strings stay the same for who reads it. */
export function renderDocument(document: unknown): string {
  const lines = JSON.stringify(document, null, 2).split("\n");
  // The line ends are of the layout; those in strings are escaped already.
  return `${lines.map(escapeText).join("\n")}\n`;
}
