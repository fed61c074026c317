/** `ouverture search`: functions by their names, docstrings, tags and comments, in all languages. */
import { compareHits, type SearchHit } from "@ouverture/pool";
import type { Command } from "commander";
import { addIndexOptions, addLimitOption } from "../index-options.js";
import { checkReadLanguage } from "../language.js";
import { type IndexFlags, onlyOnce, withIndexes } from "../open-indexes.js";
import { renderCell } from "../output/cell.js";
import { shortenHashes } from "../output/hash.js";
import { renderMarked } from "../output/marked.js";
import type { Screen } from "../output/screen.js";
import type { Session } from "../session.js";

interface SearchFlags extends IndexFlags {
  readonly lang?: string;
  readonly author?: string;
  readonly tag?: string;
  readonly limit: number;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Finds functions whose names, docstrings, tags or comments have all the words, in any " +
        "language. A word finds what begins with it; accents and case do not matter. The best " +
        "come first.",
    )
    .argument("<query...>", 'words; "several in quotes" stand together')
    .option("-l, --lang <language>", "only in this language")
    .option("-a, --author <name>", "only of this author")
    .option("-t, --tag <tag>", "only with this tag");
  addLimitOption(addIndexOptions(command), USUAL)
    .addHelpText("after", HELP)
    .action(async (words: string[], flags: SearchFlags) => {
      await search(words.map(phraseOf).join(" "), flags, session);
    });
}

const USUAL = 20;
const HELP = `
Exit status: 0 something is found; 1 nothing is; 2 the pools could not be read.

Example:
  $ ouverture search average --lang eng
`;

/** What the shell kept together, stands together. */
function phraseOf(word: string): string {
  return /\s/.test(word) && !word.includes('"') ? `"${word}"` : word;
}

async function search(query: string, flags: SearchFlags, session: Session): Promise<void> {
  const { lang: language, author, tag, limit } = flags;
  if (language !== undefined) await checkReadLanguage(language);
  const found = await withIndexes(session, flags, (indexes) =>
    Promise.all(indexes.map((one) => one.search(query, { language, author, tag, limit }))),
  );
  const all = onlyOnce(found.flatMap(({ hits }) => hits)).sort(compareHits);
  const hits = all.slice(0, limit);
  const isMore = all.length > limit || found.some((one) => one.isMore);
  if (hits.length === 0) session.finish(1);
  session.answer({ query, hits, isMore }, (screen) => renderHits(hits, screen));
  if (session.isJson) return;
  if (hits.length === 0) session.note("Nothing is found. Fewer words, or shorter ones, find more.");
  if (isMore) session.note(`There are more; --limit ${2 * limit} shows them.`);
  if (found.some((one) => one.isCut)) session.note("Only the first 64 words were looked for.");
}

function renderHits(hits: readonly SearchHit[], screen: Screen): string {
  const short = shortenHashes(hits.map(({ hash }) => hash));
  return hits.map((hit) => renderHit(hit, short(hit.hash), screen)).join("");
}

/** Two lines: the function, and where it was found. */
function renderHit(hit: SearchHit, hash: string, screen: Screen): string {
  const { paint } = screen;
  const { name, language, languages } = hit;
  const others = languages.filter((one) => one !== language);
  const first = [
    renderCell({ text: hash, paint: paint.faint }, screen),
    renderCell({ text: name, paint: paint.strong }, screen),
    renderCell(language, screen),
    renderCell({ text: others.join(" "), paint: paint.faint }, screen),
  ].filter((cell) => cell !== "");
  const second = renderBelow(hit, screen);
  return `${first.join(" ")}\n${second === "" ? "" : `  ${second}\n`}`;
}

/** What was found outside the name; else the first line of the docstring. */
function renderBelow({ summary, matches }: SearchHit, screen: Screen): string {
  const most = screen.width - INDENT;
  const match = matches.find(({ field }) => field !== "name");
  if (match === undefined) return renderCell(summary, screen, { most });
  const { field, text, ranges, start, length } = match;
  const label = field === "docstring" ? "" : `${field}: `;
  const end = start + text.length;
  const marked = { text, ranges, isCutBefore: start > 0, isCutAfter: end < length };
  return renderCell(label, screen, { most }) + renderMarked(marked, screen, most - label.length);
}
const INDENT = 2;
