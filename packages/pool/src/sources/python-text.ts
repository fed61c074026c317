/**
 * The text that Python reads in the bytes of a source file: a byte order mark, or
 * the encoding that one of the first two lines declares (PEP 263), or UTF-8.
 */
import { isAscii } from "node:buffer";
import { type DecodingReason, IMPORTER_WORDS, mayJoinPool, mentionsPool } from "@ouverture/core";

/** The text of a file that names the pool or may do so, that it does not, or why it has no text. */
export type PythonText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unrelated" }
  | { readonly kind: "undecodable"; readonly why: DecodingReason };

/**
 * Decodes `bytes` as far as is needed to say whether the pool may be named in them. An
 * encoding that is not known here may hide it, so that such a file is told.
 */
export function readPythonText(bytes: Buffer): PythonText {
  const encoding = declaredEncoding(bytes);
  const decoder = DECODERS.get(encoding === UTF_8 ? UTF_8 : normalizeName(encoding));
  if (decoder === undefined) {
    return { kind: "undecodable", why: { reason: "unknown-encoding", encoding } };
  }
  const isNamed = hasWord(bytes, POOL);
  if (!isNamed && isAscii(bytes)) {
    if (!mayJoinName(bytes)) return { kind: "unrelated" };
    const text = bytes.toString("latin1");
    return mayJoinPool(text) ? { kind: "text", text } : { kind: "unrelated" };
  }
  const text = decoder(bytes);
  if (text === null) {
    // Python refuses the file as well.
    if (!isNamed) return { kind: "unrelated" };
    return { kind: "undecodable", why: { reason: "not-in-encoding", encoding } };
  }
  return mentionsPool(text) ? { kind: "text", text } : { kind: "unrelated" };
}

/** Does the file have the name of the pool's package as it is? */
export function spellsPool(bytes: Buffer): boolean {
  return hasWord(bytes, POOL);
}

/** May the file put a name together, and import what it names? */
export function mayJoinName(bytes: Buffer): boolean {
  return IMPORTERS.some((word) => hasWord(bytes, word));
}

/**
 * A word, and a part of it that begins with a letter that is rarer: what is looked for is found by
 * its first letter, and `ouverture` takes three times as long to be missed as its end does.
 */
interface RareWord {
  readonly whole: Buffer;
  readonly part: Buffer;
}

function hasWord(bytes: Buffer, { whole, part }: RareWord): boolean {
  return bytes.includes(part) && bytes.includes(whole);
}

function rareWord(whole: string, part: string): RareWord {
  return { whole: Buffer.from(whole), part: Buffer.from(part) };
}

const POOL = rareWord("ouverture", "vertur");
/** Of `eval` no part is rarer. */
const RARE_PARTS = { __import__: "_import", importlib: "portlib", exec: "xec", eval: "eval" };
const IMPORTERS = IMPORTER_WORDS.map((word) => rareWord(word, RARE_PARTS[word]));

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const DECLARATION = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
/** A first line after which the second may still declare the encoding. */
const EMPTY_LINE = /^[ \t\f]*(?:#.*)?$/;
const CODING = Buffer.from("coding");
const UTF_8 = "utf-8";
/** What is looked at of the first two lines. */
const MOST_HEAD = 4096;

function declaredEncoding(bytes: Buffer): string {
  // Most declare none.
  if (!bytes.subarray(0, MOST_HEAD).includes(CODING)) return UTF_8;
  const hasMark = bytes.subarray(0, 3).equals(MARK);
  const head = bytes.toString("latin1", hasMark ? 3 : 0, MOST_HEAD);
  const [first = "", second = ""] = head.split(/\r\n|\r|\n/, 2);
  const line =
    DECLARATION.exec(first) ?? (EMPTY_LINE.test(first) ? DECLARATION.exec(second) : null);
  const name = line?.[1] ?? UTF_8;
  // Python refuses a mark together with another encoding, or with another name of this one.
  return hasMark && !/^utf[-_]8(?:[-_]|$)/i.test(name) ? `utf-8 and ${name}` : name;
}

/** As Python's tokenizer does: `utf_8`, `UTF-8-unix` and `latin_1_x` are names of the first two. */
function normalizeName(name: string): string {
  const plain = name.toLowerCase().replaceAll("_", "-");
  if (/^(?:utf-8|utf8|u8)(?:-|$)/.test(plain)) return "utf-8";
  if (/^(?:latin-?1|iso-8859-1|iso8859-1|iso-latin-1|l1)(?:-|$)/.test(plain)) return "latin-1";
  return plain.replace(/^(?:x-)?(?:windows|cp)-?(?=[0-9])/, "cp").replace(/^iso-?8859/, "iso-8859");
}

type Decoder = (bytes: Buffer) => string | null;

/** The encodings in which ASCII is ASCII, and which the host decodes as Python does. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["utf-8", decodedBy("utf-8")],
  ["latin-1", (bytes) => bytes.toString("latin1")],
  ["ascii", decodeAscii],
  ["us-ascii", decodeAscii],
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part): [string, Decoder] => [
    `iso-8859-${part}`,
    decodedBy(`iso-8859-${part}`),
  ]),
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((page): [string, Decoder] => [
    `cp${page}`,
    decodedBy(`windows-${page}`),
  ]),
  ["cp866", decodedBy("ibm866")],
  ["koi8-r", decodedBy("koi8-r")],
  ["koi8-u", decodedBy("koi8-u")],
  ["mac-roman", decodedBy("macintosh")],
  ["macroman", decodedBy("macintosh")],
  ["euc-jp", decodedBy("euc-jp")],
  ["shift-jis", decodedBy("shift_jis")],
  ["sjis", decodedBy("shift_jis")],
  ["cp932", decodedBy("shift_jis")],
  ["euc-kr", decodedBy("euc-kr")],
  ["cp949", decodedBy("euc-kr")],
  ["gb2312", decodedBy("gbk")],
  ["gbk", decodedBy("gbk")],
  ["cp936", decodedBy("gbk")],
  ["gb18030", decodedBy("gb18030")],
  ["big5", decodedBy("big5")],
]);

function decodedBy(label: string): Decoder {
  return (bytes) => {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };
}

function decodeAscii(bytes: Buffer): string | null {
  return isAscii(bytes) ? bytes.toString("latin1") : null;
}
