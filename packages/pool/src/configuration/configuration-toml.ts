/** The table `[tool.ouverture]` of a pyproject.toml, as the data that a configuration is. */
import type { Result } from "@ouverture/core";
import { parse, TomlError } from "smol-toml";
import type { KeyPath } from "./configuration-fault.js";
import type { ConfigurationData, TextFault } from "./configuration-yaml.js";

const MOST_DEPTH = 32;
/** A longer one is not searched: the patterns take quadratic time. */
const LONGEST_LINE = 500;

/** Reads the table; `null` where the file has none. */
export function parsePyproject(text: string): Result<ConfigurationData | null, TextFault> {
  try {
    const value = memberOf(memberOf(parse(text, { maxDepth: MOST_DEPTH }), "tool"), "ouverture");
    if (value === undefined) return { ok: true, value: null };
    const lines = text.split("\n");
    return { ok: true, value: { value, lineOf: (path) => lineOf(lines, path) } };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [why = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    const message = `is not TOML that can be read: ${why}. Correct it.`;
    return { ok: false, fault: { line: error.line, message } };
  }
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/**
 * The parser says nothing of places, so a key is looked for below the header that it
 * stands under. Where it is written in another way, it is the line of that header.
 */
function lineOf(lines: readonly string[], path: KeyPath): number {
  const names = path.filter((part) => typeof part === "string");
  const index = path.find((part) => typeof part === "number") ?? 0;
  const table = lineOfTable(lines, names, index);
  const key = quote(names.at(-1) ?? "");
  const found = linesWith(lines, new RegExp(`(?:^|[\\s{,."'])${key}["']?\\s*(?:=|\\.)`));
  return (found.find((line) => line > table) ?? table) + 1;
}

/** The header of the innermost table around a key that has one. */
function lineOfTable(lines: readonly string[], names: readonly string[], index: number): number {
  for (let length = names.length; length > 0; length -= 1) {
    const inner = names.slice(0, length).map(quote).join("\\W+");
    const headers = linesWith(lines, new RegExp(`^\\s*\\[.*ouverture.*\\b${inner}\\W*\\]`));
    const header = headers[index] ?? headers[0];
    if (header !== undefined) return header;
  }
  return linesWith(lines, /^\s*\[.*ouverture/)[0] ?? 0;
}

function linesWith(lines: readonly string[], pattern: RegExp): number[] {
  const isLine = (line: string) => line.length <= LONGEST_LINE && pattern.test(line);
  return lines.flatMap((line, index) => (isLine(line) ? [index] : []));
}

function quote(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, "\\$&");
}
