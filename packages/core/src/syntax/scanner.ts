/**
 * The tokenizer's state: the tokens so far, the open brackets and templates, and
 * the table that keeps each name once.
 */
import type { SyntaxReason } from "../refusal.js";
import { KEYWORDS, T, type TokenFailure, type Tokens } from "./tokens.js";
import { toNfkc } from "./unicode.js";

/** CPython's limit on f-strings within f-strings (MAXFSTRINGLEVEL). */
const MAX_TEMPLATES = 150;
/** CPython's limit on brackets within brackets (MAXLEVEL). */
const MAX_BRACKETS = 200;

/** An f-string or t-string whose end has not come yet. */
export interface Template {
  readonly start: number;
  /** The code of its quote, and whether there are three. */
  readonly quote: number;
  readonly triple: boolean;
  readonly raw: boolean;
  readonly interpolated: boolean;
  /** How many brackets are open in each of its open replacement fields. */
  readonly fields: number[];
}

export interface Scanner extends Tokens {
  count: number;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  data: Int32Array;
  readonly names: string[];
  readonly wideNames: string[];
  failure: TokenFailure | null;
  /** Offsets of the brackets that are open. */
  readonly brackets: number[];
  /** The templates that are open, the innermost last. */
  readonly templates: Template[];
  /** How many brackets are open in the innermost replacement field itself; -1 outside of fields. */
  fieldDepth: number;
  /** The first backslash at or after the last place where one was looked for; -1 before that. */
  nextBackslash: number;
  /** The same for carriage returns. */
  nextCarriageReturn: number;
  /** Whether the string that was read last has a backslash. */
  escaped: boolean;
  /** An open-addressing table of 1 + the index of each name. */
  slots: Int32Array;
  hashes: Int32Array;
}

/**
 * The arrays of the last tokens that nobody needs any more, and the last table of
 * names. Most texts are short, and to make them for each would cost more than to read it.
 */
let spare: TokenArrays | null = null;
let spareTable: NameTable | null = null;
/** Larger arrays are not kept. */
const MAX_SPARE = 1 << 16;

type TokenArrays = Pick<Tokens, "kinds" | "starts" | "ends" | "data">;
type NameTable = Pick<Scanner, "slots" | "hashes">;

function takeArrays(capacity: number): TokenArrays {
  if (spare !== null && spare.kinds.length >= capacity) {
    const arrays = spare;
    spare = null;
    return arrays;
  }
  return {
    kinds: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    data: new Int32Array(capacity),
  };
}

/** Gives back the arrays of tokens that are not looked at again. */
export function releaseTokens({ kinds, starts, ends, data }: Tokens): void {
  if (kinds.length <= MAX_SPARE) spare = { kinds, starts, ends, data };
}

/** A table with the keywords in it. Of `hashes`, only those of names that are there are looked at. */
function takeTable(): NameTable {
  const table = spareTable;
  if (table === null) return { slots: KEYWORD_SLOTS.slice(), hashes: KEYWORD_HASHES.slice() };
  spareTable = null;
  table.slots.set(KEYWORD_SLOTS);
  return table;
}

/** Gives back the table of names of a text that has been read. */
export function releaseTable({ slots, hashes }: Scanner): void {
  if (slots.length === KEYWORD_SLOTS.length) spareTable = { slots, hashes };
}

export function createScanner(source: string): Scanner {
  // A token for each four characters is what real code has at most; more makes the arrays grow.
  const { kinds, starts, ends, data } = takeArrays(Math.max(1024, source.length >> 2));
  const { slots, hashes } = takeTable();
  return {
    source,
    count: 0,
    kinds,
    starts,
    ends,
    data,
    names: KEYWORDS.slice(),
    wideNames: [],
    failure: null,
    brackets: [],
    templates: [],
    fieldDepth: -1,
    nextBackslash: -1,
    nextCarriageReturn: -1,
    escaped: false,
    slots,
    hashes,
  };
}

export function addToken(s: Scanner, kind: T, start: number, end: number, data: number): void {
  const at = s.count;
  if (at === s.kinds.length) grow(s);
  s.kinds[at] = kind;
  s.starts[at] = start;
  s.ends[at] = end;
  s.data[at] = data;
  s.count = at + 1;
}

function grow(s: Scanner): void {
  const capacity = s.kinds.length * 2;
  const kinds = new Uint8Array(capacity);
  kinds.set(s.kinds);
  s.kinds = kinds;
  s.starts = grownArray(s.starts, capacity);
  s.ends = grownArray(s.ends, capacity);
  s.data = grownArray(s.data, capacity);
}

function grownArray(array: Int32Array, capacity: number): Int32Array {
  const grown = new Int32Array(capacity);
  grown.set(array);
  return grown;
}

/** The hash that `addName` takes: of ASCII characters, one after the other. */
export function nextHash(hash: number, character: number): number {
  return (Math.imul(hash, 0x01000193) ^ character) | 0;
}

/** The table of names with the keywords in it, which every text starts with. */
const KEYWORD_SLOTS = new Int32Array(256);
const KEYWORD_HASHES = new Int32Array(128);
for (const [index, keyword] of KEYWORDS.entries()) {
  let hash = 0;
  for (let i = 0; i < keyword.length; i++) hash = nextHash(hash, keyword.charCodeAt(i));
  KEYWORD_HASHES[index] = hash;
  occupy(KEYWORD_SLOTS, index, hash);
}

function slotOf(slots: Int32Array, hash: number): number {
  return (hash ^ (hash >>> 15)) & (slots.length - 1);
}

function occupy(slots: Int32Array, index: number, hash: number): void {
  let slot = slotOf(slots, hash);
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = index + 1;
}

function insertName(s: Scanner, name: string, hash: number): number {
  const index = s.names.length;
  if (index === s.hashes.length) {
    s.hashes = grownArray(s.hashes, index * 2);
    s.slots = new Int32Array(index * 4);
    for (let i = 0; i < index; i++) occupy(s.slots, i, s.hashes[i] ?? 0);
  }
  s.names.push(name);
  s.hashes[index] = hash;
  occupy(s.slots, index, hash);
  return index;
}

/** Adds a name or keyword of ASCII characters, whose `nextHash` is `hash`. */
export function addName(s: Scanner, start: number, end: number, hash: number): void {
  const { slots, source } = s;
  const mask = slots.length - 1;
  const length = end - start;
  let slot = slotOf(slots, hash);
  for (;;) {
    const index = (slots[slot] ?? 0) - 1;
    if (index < 0) {
      addToken(s, T.Name, start, end, insertName(s, source.slice(start, end), hash));
      return;
    }
    if (s.hashes[index] === hash) {
      const name = s.names[index] ?? "";
      let i = name.length === length ? 0 : length + 1;
      while (i < length && name.charCodeAt(i) === source.charCodeAt(start + i)) i++;
      if (i === length) {
        addToken(s, index < KEYWORDS.length ? T.False + index : T.Name, start, end, index);
        return;
      }
    }
    slot = (slot + 1) & mask;
  }
}

/** Adds a name with characters beyond ASCII, in NFKC (PEP 3131). It is no keyword, however it reads. */
export function addWideName(s: Scanner, start: number, end: number): void {
  s.wideNames.push(toNfkc(s.source.slice(start, end)));
  addToken(s, T.Name, start, end, -s.wideNames.length);
}

/** Records why the text cannot be read any further. Gives -1, for "nowhere". */
export function fail(
  s: Scanner,
  reason: SyntaxReason,
  args: readonly (string | number)[],
  start: number,
  end: number,
): -1 {
  s.failure = { reason, args, start, end };
  addToken(s, T.Failure, start, end, 0);
  addToken(s, T.End, end, end, 0);
  return -1;
}

/** "f-string" or "t-string", for the innermost one. */
export function templateName(s: Scanner): string {
  return s.templates[s.templates.length - 1]?.interpolated ? "t-string" : "f-string";
}

export function openTemplate(s: Scanner, template: Template): boolean {
  if (s.templates.length >= MAX_TEMPLATES) {
    fail(s, "too-many-templates", [], template.start, template.start + 1);
    return false;
  }
  s.templates.push(template);
  s.fieldDepth = -1;
  return true;
}

export function closeTemplate(s: Scanner): void {
  s.templates.pop();
  restoreFieldDepth(s);
}

export function openBracket(s: Scanner, kind: T, at: number): boolean {
  if (s.brackets.length >= MAX_BRACKETS) {
    fail(s, "too-many-brackets", [], at, at + 1);
    return false;
  }
  s.brackets.push(at);
  addToken(s, kind, at, at + 1, 0);
  return true;
}

/** Opens a replacement field at the `{` of a template. */
export function openField(s: Scanner, at: number): boolean {
  if (!openBracket(s, T.LeftBrace, at)) return false;
  s.fieldDepth = s.brackets.length;
  s.templates[s.templates.length - 1]?.fields.push(s.fieldDepth);
  return true;
}

/** After the `}` of a replacement field. */
export function closeField(s: Scanner): void {
  s.templates[s.templates.length - 1]?.fields.pop();
  restoreFieldDepth(s);
}

function restoreFieldDepth(s: Scanner): void {
  const fields = s.templates[s.templates.length - 1]?.fields;
  s.fieldDepth = fields?.[fields.length - 1] ?? -1;
}

export function isLineEnd(source: string, i: number): boolean {
  const c = source.charCodeAt(i);
  return c === 10 || c === 13;
}
