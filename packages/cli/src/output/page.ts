/** A page of sections, as `show` has it: labelled values, running text, lines as they are. */
import { type Cell, renderCell, widthOf, wrapText } from "./cell.js";
import type { Screen } from "./screen.js";

export interface Section {
  /** Without one the section has no heading, and is not indented. */
  readonly heading?: string;
  readonly parts: readonly Part[];
}

export type Part =
  /** A label and a value, which goes on below itself where it is long. */
  | { readonly label: string; readonly value: Cell }
  /** Text that is broken into lines. Its own line ends stay. */
  | { readonly text: string }
  /** Lines that stay as they are, such as source code. */
  | { readonly lines: readonly Cell[] };

/** Writes the sections, an empty line between; those without parts are left out. */
export function renderPage(sections: readonly Section[], screen: Screen): string {
  return sections
    .filter(({ parts }) => parts.length > 0)
    .map((section) => renderSection(section, screen))
    .join("\n");
}

const INDENT = "  ";

function renderSection({ heading, parts }: Section, screen: Screen): string {
  const indent = heading === undefined ? "" : INDENT;
  const title =
    heading === undefined
      ? []
      : [renderCell({ text: heading, paint: screen.paint.strong }, screen)];
  const labels = parts.flatMap((part) => ("label" in part ? [widthOf(part.label)] : []));
  const least = Math.max(0, ...labels);
  const body = parts.flatMap((part) => renderPart(part, least, indent.length, screen));
  return [...title, ...body.map((line) => (indent + line).trimEnd()), ""].join("\n");
}

function renderPart(part: Part, least: number, indent: number, screen: Screen): string[] {
  const room = Math.max(screen.width - indent, NARROWEST);
  if ("lines" in part) return part.lines.map((line) => renderCell(line, screen));
  if ("text" in part) {
    return wrapText(part.text, room).map((line) => renderCell(line, screen));
  }
  const { label, value } = part;
  const text = typeof value === "string" ? value : value.text;
  const paint = typeof value === "string" ? undefined : value.paint;
  const lines = wrapText(text, Math.max(room - least - INDENT.length, NARROWEST));
  return lines.map((line, index) => {
    const before = { text: index === 0 ? label : "", paint: screen.paint.faint };
    return (
      renderCell(before, screen, { least }) + INDENT + renderCell({ text: line, paint }, screen)
    );
  });
}

/** Text is not broken into lines that are narrower. */
const NARROWEST = 20;
