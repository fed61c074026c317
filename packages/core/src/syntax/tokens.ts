/**
 * The kinds of tokens, and the tokens of a source text as parallel arrays, so
 * that the parser can look ahead and go back by an index.
 * (Python's reference, "Lexical analysis".)
 */
import type { Refusal } from "../refusal.js";
import type { Range } from "./ast.js";

/** The order matters: keywords, operators and augmented assignments are ranges. */
export enum T {
  End,
  Newline,
  Indent,
  Dedent,
  /** The place where the tokenizer gave up; `Tokens.failure` says why. */
  Failure,
  Name,
  Number,
  String,
  /** `f"`, `t"` and their like; then middles and fields; then the closing quotes. */
  TemplateStart,
  TemplateMiddle,
  TemplateEnd,

  False,
  None,
  True,
  And,
  As,
  Assert,
  Async,
  Await,
  Break,
  Class,
  Continue,
  Def,
  Del,
  Elif,
  Else,
  Except,
  Finally,
  For,
  From,
  Global,
  If,
  Import,
  In,
  Is,
  Lambda,
  Nonlocal,
  Not,
  Or,
  Pass,
  Raise,
  Return,
  Try,
  While,
  With,
  Yield,

  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  Semicolon,
  Dot,
  Ellipsis,
  Arrow,
  Walrus,
  Exclamation,
  /** `$`, `?` or a back quote, which the grammar has no place for. */
  Unknown,
  Assign,
  Equal,
  NotEqual,
  /** `<>`, which only `from __future__ import barry_as_FLUFL` allows. */
  Unequal,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  Plus,
  Minus,
  Star,
  DoubleStar,
  Slash,
  DoubleSlash,
  Percent,
  At,
  Ampersand,
  Bar,
  Caret,
  Tilde,
  LeftShift,
  RightShift,

  PlusAssign,
  MinusAssign,
  StarAssign,
  DoubleStarAssign,
  SlashAssign,
  DoubleSlashAssign,
  PercentAssign,
  AtAssign,
  AmpersandAssign,
  BarAssign,
  CaretAssign,
  LeftShiftAssign,
  RightShiftAssign,
}

/** In the order of `T.False` to `T.Yield`. */
export const KEYWORDS: readonly string[] =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  );

/** What `Tokens.data` says of a string or template token. */
export enum StringFlag {
  Triple = 1,
  Raw = 2,
  Bytes = 4,
  /** Has a backslash or a carriage return, so that it is more than its text. */
  Escaped = 8,
  /** The prefix `u`. */
  Unicode = 16,
  /** A t-string. */
  Interpolated = 32,
  /** The middle of a format specification, where braces are not doubled. */
  Specification = 64,
  /** A middle with a doubled brace. */
  DoubledBrace = 128,
}
/** The length of a string's prefix stands above the flags. */
export const PREFIX_SHIFT = 8;

export interface TokenFailure extends Range, Refusal {}

export interface Tokens {
  readonly source: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Of a name, its index in `names`, or below zero -1 less its index in `wideNames`; of a string, `StringFlag`s and the length of its prefix. */
  readonly data: Int32Array;
  /** The keywords, then each identifier of ASCII characters once. */
  readonly names: readonly string[];
  /** The other identifiers, in NFKC. */
  readonly wideNames: readonly string[];
  readonly failure: TokenFailure | null;
}
