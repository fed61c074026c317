/**
 * YAML that anybody may have written, read as the plain data that a configuration is:
 * texts, numbers, lists and sections. Whatever refers, converts or grows is refused.
 */
import type { Result } from "@ouverture/core";
import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
} from "yaml";
import type { KeyPath } from "./configuration-fault.js";

/** A text of any format, as data. */
export interface ConfigurationData {
  /** Objects have no prototype, so that each key is one that was written. */
  readonly value: unknown;
  /** The line of a key, or of the nearest one around it; from 1. */
  lineOf(path: KeyPath): number;
}
/** What is wrong with a text, to be said after its place. */
export interface TextFault {
  readonly line: number;
  readonly message: string;
}

export interface YamlConfiguration extends ConfigurationData {
  /** The tree with its comments, for those who change it. */
  readonly document: Document.Parsed;
}

/** Reads a YAML document. An empty one is an empty section. */
export function parseYaml(text: string): Result<YamlConfiguration, TextFault> {
  const documents = composeYaml(text);
  if (!Array.isArray(documents)) return documents;
  const [document, second] = documents;
  const problem = document?.errors[0] ?? document?.warnings[0];
  if (problem !== undefined) {
    return fault(
      text,
      problem.pos[0],
      `is not YAML that can be read: ${problem.message}. Correct it.`,
    );
  }
  if (document === undefined || second !== undefined) {
    const offset = second?.range?.[0] ?? 0;
    return fault(text, offset, "begins a second document. Keep one.");
  }
  const reading: Reading = { fault: null, offsets: new Map() };
  const value = readNode(reading, document.contents, []) ?? Object.create(null);
  if (reading.fault !== null) return fault(text, reading.fault.offset, reading.fault.message);
  const lineOf = (path: KeyPath) => lineAt(text, offsetOf(reading.offsets, path));
  return { ok: true, value: { document, value, lineOf } };
}

/** The composer calls itself for each level, and the largest real file has few tokens. */
const MOST_DEPTH = 32;
const MOST_TOKENS = 50_000;

function composeYaml(text: string): Document.Parsed[] | Result<never, TextFault> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    count += 1;
    if (parser.stack.length > MOST_DEPTH)
      return fault(text, parser.offset, "is nested too deeply. Flatten it.");
    if (count > MOST_TOKENS)
      return fault(text, parser.offset, "is too much for a configuration. Shorten it.");
  }
  tokens.push(...parser.end());
  // Duplicates are found below: the composer compares each key with each other one.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  return [...composer.compose(tokens, true, text.length)];
}

interface Reading {
  fault: { readonly offset: number; readonly message: string } | null;
  /** Where each key stands, by its path as JSON. */
  readonly offsets: Map<string, number>;
}

function readNode(reading: Reading, node: Node | null | undefined, path: KeyPath): unknown {
  if (node === null || node === undefined) return null;
  if (reading.fault !== null) return null;
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) {
    return refuse(
      reading,
      node,
      "is a reference (*), and none is followed here. Repeat what it stands for.",
    );
  }
  if (node.anchor !== undefined) {
    return refuse(reading, node, "has an anchor (&), and none is used here. Take it out.");
  }
  if (node.tag !== undefined) {
    return refuse(reading, node, "has a tag (!), and none is used here. Take it out.");
  }
  if (isScalar(node)) return node.value;
  if (isSeq<Node>(node)) {
    return node.items.map((item, index) => {
      const member = [...path, index];
      mark(reading, member, item);
      return readNode(reading, item, member);
    });
  }
  return isMap<Node, Node | null>(node) ? readMap(reading, node.items, path) : null;
}

function readMap(
  reading: Reading,
  items: readonly { readonly key: Node; readonly value: Node | null }[],
  path: KeyPath,
): unknown {
  const members: Record<string, unknown> = Object.create(null);
  for (const { key, value } of items) {
    const name = readNode(reading, key, path);
    if (typeof name !== "string")
      return refuse(reading, key, "has a key that is no text. Write it in quotes.");
    if (name in members) return refuse(reading, key, "stands twice. Keep one of them.");
    const member = [...path, name];
    mark(reading, member, key);
    members[name] = readNode(reading, value, member);
  }
  return members;
}

function mark(reading: Reading, path: KeyPath, node: Node): void {
  if (node.range) reading.offsets.set(JSON.stringify(path), node.range[0]);
}

function refuse(reading: Reading, node: Node, message: string): null {
  reading.fault ??= { offset: node.range?.[0] ?? 0, message };
  return null;
}

function offsetOf(offsets: ReadonlyMap<string, number>, path: KeyPath): number {
  if (path.length === 0) return 0;
  return offsets.get(JSON.stringify(path)) ?? offsetOf(offsets, path.slice(0, -1));
}

function fault(text: string, offset: number, message: string): Result<never, TextFault> {
  return { ok: false, fault: { line: lineAt(text, offset), message } };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
