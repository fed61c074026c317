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
  const section = String(path[0] ?? "");
  const index = typeof path[1] === "number" ? path[1] : 0;
  const headers = linesWith(lines, new RegExp(`^\\s*\\[.*ouverture.*\\b${quote(section)}\\W*\\]`));
  const table = headers[index] ?? linesWith(lines, /^\s*\[.*ouverture/)[0] ?? 0;
  const key = quote(String(path.at(-1) ?? ""));
  const found = linesWith(lines, new RegExp(`(?:^|[\\s{,."'])${key}["']?\\s*(?:=|\\.)`));
  return (found.find((line) => line > table) ?? table) + 1;
}

function linesWith(lines: readonly string[], pattern: RegExp): number[] {
  const isLine = (line: string) => line.length <= LONGEST_LINE && pattern.test(line);
  return lines.flatMap((line, index) => (isLine(line) ? [index] : []));
}

function quote(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, "\\$&");
}
