/**
 * The code cells of a Jupyter notebook (nbformat 3 and 4): JSON text that nobody has
 * checked. What the cells hold besides Python is in magics.ts.
 */
import { seemsToJoin } from "./joined-name.js";
import { spellsPool } from "./pool-import.js";

export interface CodeCell {
  /** Its number among the cells of all kinds, from 1. */
  readonly cell: number;
  readonly source: string;
}

/**
 * Gives the code cells in their order; `null` where this is no notebook, or one whose
 * cells have no text.
 */
export function readNotebook(json: string): readonly CodeCell[] | null {
  const document = parseJson(json);
  if (!isRecord(document)) return null;
  const worksheets = listOf(document.worksheets);
  if (!Array.isArray(document.cells) && worksheets.length === 0) return null;
  // Version 4 has `cells`, version 3 has them in worksheets: whoever has both is read in both.
  const cells = [
    ...listOf(document.cells),
    ...worksheets.flatMap((sheet) => (isRecord(sheet) ? listOf(sheet.cells) : [])),
  ];
  const found: CodeCell[] = [];
  for (const [index, cell] of cells.entries()) {
    if (!isRecord(cell)) return null;
    if (PROSE.has(cell.cell_type)) continue;
    const source = textOf(cell.source);
    const input = textOf(cell.input);
    if (source === null || input === null) return null;
    const text = [source, input].filter((one) => one !== undefined).join("\n");
    found.push({ cell: index + 1, source: text });
  }
  return found;
}

/**
 * May the text of a notebook name the pool, or put its name together? One that does not is
 * not read.
 */
export function notebookMentionsPool(json: string): boolean {
  return notebookSpellsPool(json) || spellings(json).some(seemsToJoin);
}

/** Is the name of the pool spelled in it? */
export function notebookSpellsPool(json: string): boolean {
  return spellings(json).some(spellsPool);
}

/** JSON can write each letter as an escape. */
function spellings(json: string): string[] {
  return json.includes("\\u") ? [json, unescapeJson(json)] : [json];
}

function unescapeJson(json: string): string {
  return json.replace(/\\u([0-9a-fA-F]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

const PROSE: ReadonlySet<unknown> = new Set(["markdown", "raw", "heading", "html"]);

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.startsWith("\ufeff") ? json.slice(1) : json);
  } catch {
    return undefined;
  }
}

/** The keys that are read here, with values of any kind. */
interface JsonObject {
  readonly cells?: unknown;
  readonly worksheets?: unknown;
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly input?: unknown;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or a list of the parts of one; `undefined` where there is none, `null` where it is no text. */
function textOf(value: unknown): string | null | undefined {
  if (value === undefined || typeof value === "string") return value;
  const isText = Array.isArray(value) && value.every((part) => typeof part === "string");
  return isText ? value.join("") : null;
}
