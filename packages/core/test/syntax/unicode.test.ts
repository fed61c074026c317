/**
 * The library's own Unicode 16.0 against every Python and the engine of the machine, for the
 * characters that these know, and against what CPython 3.14 said of all of them.
 */
import { spawnSync } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CODE_POINTS,
  engineIsRecent,
  hexadecimal,
  isAssigned,
  readClasses,
  readCombiningClasses,
  readDecompositions,
  readNames,
} from "../../scripts/unicode-data.js";
import { CharacterClass } from "../../src/syntax/character-class.js";
import { characterByName } from "../../src/syntax/character-names.js";
import {
  isIdentifierContinue,
  isIdentifierStart,
  isPrintable,
  toNfkc,
} from "../../src/syntax/unicode.js";
import { pythonOracles } from "../oracle/python-tree.js";

const everyCodePoint = Array.from({ length: CODE_POINTS }, (_, codePoint) => codePoint);
const classes = readClasses();
const { listed, numbered } = readNames();

function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

/** `str.isidentifier` of the character, and of it after a letter, and `str.isprintable`. */
function flagsOf(codePoint: number): string {
  const facts = [isIdentifierStart, isIdentifierContinue, isPrintable];
  return facts.map((holds) => (holds(codePoint) ? "1" : "0")).join("");
}

function digestOf(add: (hash: Hash) => void): string {
  const hash = createHash("sha256");
  add(hash);
  return hash.digest("hex");
}

describe("CPython 3.14.2 on every code point, as a digest", () => {
  it("agrees on identifiers, printing and NFKC", () => {
    // One line each: `hex flags nfkc,in,hex`, the last empty for surrogates.
    const digest = digestOf((hash) => {
      for (const codePoint of everyCodePoint) {
        const normal = isSurrogate(codePoint) ? "" : toNfkc(String.fromCodePoint(codePoint));
        const hex = Array.from(normal, (c) => c.codePointAt(0)?.toString(16)).join();
        hash.update(`${codePoint.toString(16)} ${flagsOf(codePoint)} ${hex}\n`);
      }
    });
    expect(digest).toBe("21a93d24ecae8485504da1ef0dfb8df65bd7a368497bfd01776c9cb1b435d0e4");
  });

  it("agrees on names", () => {
    // One line each that `unicodedata.name` knows: `hex name`, but for Tangut ideographs.
    const digest = digestOf((hash) => {
      for (const [codePoint, name] of namesInOrder()) {
        expect(characterByName(name)).toBe(codePoint);
        hash.update(`${codePoint.toString(16)} ${name}\n`);
      }
    });
    expect(digest).toBe("2aca84475e1ba719bd1fb8d09562d340b436791a2a42d136f06ed7d89b9bcf1d");
  });
});

/** What `unicodedata.name` of CPython 3.14.2 knows, which is no alias. */
function namesInOrder(): [codePoint: number, name: string][] {
  const found = new Map<number, string>();
  for (const [codePoint, name] of listed) {
    // Aliases come last; a control has nothing else.
    if (!found.has(codePoint) && !isControl(codePoint)) found.set(codePoint, name);
  }
  for (const [prefix, codePoints] of numbered) {
    if (prefix === "TANGUT IDEOGRAPH-") continue;
    for (const codePoint of codePoints) found.set(codePoint, prefix + hexadecimal(codePoint));
  }
  for (const [i, name] of hangulNames().entries()) found.set(0xac00 + i, name);
  return [...found].sort(([a], [b]) => a - b);
}

function isControl(codePoint: number): boolean {
  return codePoint < 32 || (codePoint >= 127 && codePoint < 160);
}

function hangulNames(): string[] {
  const leads = ["G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S"];
  leads.push("SS", "", "J", "JJ", "C", "K", "T", "P", "H");
  const vowels = ["A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE"];
  vowels.push("OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I");
  const tails = ["", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT"];
  tails.push("LP", "LH", "M", "B", "BS", "S", "SS", "NG", "J", "C", "K", "T", "P", "H");
  return leads.flatMap((lead) =>
    vowels.flatMap((vowel) => tails.map((tail) => `HANGUL SYLLABLE ${lead}${vowel}${tail}`)),
  );
}

/** What a Python of the machine answers; it knows the characters of its own Unicode only. */
interface Answers {
  readonly version: string;
  readonly assigned: readonly number[];
  readonly flags: readonly string[];
  readonly nfkc: readonly string[];
  /** NFKC of each assigned character amidst marks and jamo: see `amidst`. */
  readonly amidst: readonly string[];
  readonly found: readonly (number | null)[];
}

const ORACLE = `
import json, sys, unicodedata as u
def look(name):
    try: found = u.lookup(name)
    except KeyError: return None
    return ord(found) if len(found) == 1 else None
def flags(s):
    return "%d%d%d" % (s.isidentifier(), ("a" + s).isidentifier(), s.isprintable())
def amidst(c):
    return "a\\u0345" + chr(c) + "\\u0323\\u1161" + chr(c) + "\\u0301"
assigned = [c for c in range(0x110000) if u.category(chr(c)) not in ("Cn", "Cs")]
json.dump({
    "version": u.unidata_version,
    "assigned": assigned,
    "flags": [flags(chr(c)) for c in assigned],
    "nfkc": [u.normalize("NFKC", chr(c)) for c in assigned],
    "amidst": [u.normalize("NFKC", amidst(c)) for c in assigned],
    "found": [look(name) for name in json.load(sys.stdin)],
}, sys.stdout)
`;

function amidst(codePoint: number): string {
  const text = String.fromCodePoint(codePoint);
  return `a\u0345${text}\u0323\u1161${text}\u0301`;
}

function ask(command: string, names: readonly string[]): Answers {
  const run = spawnSync(command, ["-c", ORACLE], {
    input: JSON.stringify(names),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Answers;
}

/** Identifiers: what Unicode 15.1 lets continue one; earlier versions do not. */
const continueSince15 = [0x200c, 0x200d, 0x30fb, 0xff65];

const oracles = pythonOracles();
describe.skipIf(oracles.length === 0)("the Pythons of this machine", () => {
  it.each(oracles)("$command (3.$minor) agrees on what it knows", ({ command }) => {
    const asked = [...listed.map(([, name]) => name), ...hangulNames(), ...nearMisses(50)];
    const answers = ask(command, asked);
    const differing = answers.assigned.flatMap((codePoint, i) => {
      const ours = [
        flagsOf(codePoint),
        toNfkc(String.fromCodePoint(codePoint)),
        toNfkc(amidst(codePoint)),
      ];
      const theirs = [answers.flags[i], answers.nfkc[i], answers.amidst[i]];
      return ours.join() === theirs.join() ? [] : [codePoint];
    });
    expect(differing).toEqual(Number.parseFloat(answers.version) < 15.1 ? continueSince15 : []);

    const assigned = new Set([...answers.assigned, ...surrogates()]);
    const misnamed = asked.filter((name, i) => {
      const ours = characterByName(name);
      const theirs = answers.found[i] ?? undefined;
      // A Python may be older than the character, or than one of its aliases.
      return ours !== theirs && (theirs !== undefined || assigned.has(ours ?? 0));
    });
    expect(misnamed).toEqual(namesSince(answers.version));
  });
});
