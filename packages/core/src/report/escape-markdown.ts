/**
 * Foreign text in Markdown as GitHub reads it: no markup, HTML, link or image comes of
 * it, nobody is mentioned, and no issue or commit is referred to. An empty comment of
 * HTML parts what a filter would join; nothing of it is seen.
 */
import { escapeText } from "./escape.js";

const APART = "<!-- -->";
/** What means something wherever it stands in a line (CommonMark 0.31, 6; GFM, 6). */
const MARKUP = /[\\`*_[\]~|{}!]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What means something at the start of a line only. */
const START = /^(?=[-+=])|^([0-9]+)(?=[.)])/;

/**
 * What GitHub looks for in the text that Markdown leaves: `@name`, `#1`, `GH-1` and
 * `ABC-1`, `:emoji:` and `scheme:`, `www.`, and the digits of a commit. After each of
 * these, or between them, the text is parted.
 */
const FILTERED = /[@#]|:(?=\S)|-(?=[0-9])|www(?=\.)|[0-9a-f]{6}(?=[0-9a-f])/gi;
/** Two of them would be mathematics; GitHub's own way to write one is to enclose it. */
const DOLLAR = "<span>$</span>";

/** Writes `text` so that a line of Markdown shows it as it is, on that line. */
export function escapeMarkdown(text: string): string {
  return escapeText(text)
    .split("$")
    .map((part) => part.replace(FILTERED, "$&\0").split("\0").map(escapeMarkup).join(APART))
    .join(DOLLAR)
    .replace(START, "$1\\")
    .replace(/^ /, "&#32;");
}

function escapeMarkup(text: string): string {
  return text
    .replace(MARKUP, "\\$&")
    .replace(/#/g, "\\#")
    .replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
}

/** Writes `text` as code, in which GitHub looks for nothing, and we for no marker of ours. */
export function markdownCode(text: string): string {
  const shown = escapeText(text).replaceAll("<!--", "<\\u0021--");
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  // One space at each end is taken off again (CommonMark 0.31, 6.1).
  const isPadded = /^[ `]|[ `]$/.test(shown) && /[^ ]/.test(shown);
  const pad = isPadded ? " " : "";
  return shown === "" ? "" : fence + pad + shown + pad + fence;
}
