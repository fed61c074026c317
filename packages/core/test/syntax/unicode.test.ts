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
      for (const [, name] of namesInOrder()) {
        hash.update(`${characterByName(name)?.toString(16)} ${name}\n`);
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
  /** NFKC of each character `amidst` others; empty for one that neither moves nor decomposes. */
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
    "amidst": [u.normalize("NFKC", amidst(c)) if u.combining(chr(c)) or u.decomposition(chr(c)) else "" for c in assigned],
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

/** What Unicode 15.1 lets continue an identifier; earlier versions do not. */
const continueSince15 = [0x200c, 0x200d, 0x30fb, 0xff65];

/** Aliases that a Python with Unicode 13.0 to 15.1 may not know, of characters that it knows. */
const laterAliases = new Set([
  "EM",
  "ARABIC SMALL HIGH LIGATURE ALEF WITH YEH BARREE",
  "SUNDANESE LETTER ARCHAIC I",
  "MYANMAR LETTER KHAMTI LLA",
  "CUNEIFORM SIGN KALAM",
  "BAMUM LETTER PHASE-A MAEMGBIEE",
  "MENDE KIKAKUI SYLLABLE M172 MBO",
  "MENDE KIKAKUI SYLLABLE M174 MBOO",
]);

const oracles = pythonOracles();
describe.skipIf(oracles.length === 0)("the Pythons of this machine", () => {
  it.each(oracles)("$command (3.$minor) agrees on what it knows", ({ command }) => {
    const names = [...listed.map(([, name]) => name), ...hangulNames(), ...nearMisses(5)];
    const answers = ask(command, names);
    const differing = answers.assigned.filter((codePoint, i) => {
      const flags = flagsOf(codePoint);
      const normal = toNfkc(String.fromCodePoint(codePoint));
      const around = answers.amidst[i] ?? "";
      return (
        flags !== answers.flags[i] ||
        normal !== answers.nfkc[i] ||
        (around !== "" && toNfkc(amidst(codePoint)) !== around)
      );
    });
    const old = Number.parseFloat(answers.version) < 15.1;
    expect(differing).toEqual(old ? continueSince15 : []);

    const known = new Set(answers.assigned);
    const misnamed = names.filter((name, i) => {
      const ours = characterByName(name);
      const theirs = answers.found[i] ?? undefined;
      if (ours === theirs || laterAliases.has(name)) return false;
      // A Python may be older than the character.
      return theirs !== undefined || known.has(ours ?? 0);
    });
    expect(misnamed).toEqual([]);
  });
});

describe.skipIf(!engineIsRecent())("NFKC and the engine's, whose Unicode is not older", () => {
  it("agree on every assigned character, alone and amidst others", () => {
    const differing = everyCodePoint.filter((codePoint) => {
      if (!isAssigned(codePoint)) return false;
      const text = String.fromCodePoint(codePoint);
      const around = amidst(codePoint);
      return toNfkc(text) !== text.normalize("NFKC") || toNfkc(around) !== around.normalize("NFKC");
    });
    expect(differing).toEqual([]);
  });

  it("agree on sequences of what moves and composes", () => {
    const decompositions = readDecompositions();
    const composites = decompositions.filter(({ composite }) => composite);
    const marks = readCombiningClasses().flatMap((order, mark) => (order > 0 ? [mark] : []));
    const identifiers = classes.flatMap((found, codePoint) =>
      found >= CharacterClass.UnprintableContinue ? [codePoint] : [],
    );
    const jamo = [0x1100, 0x1112, 0x1113, 0x1160, 0x1161, 0x1175, 0x1176, 0x11a7, 0x11a8, 0x11c2];
    const syllables = [0x11c3, 0xac00, 0xac01, 0xac1b, 0xac1c, 0xd788, 0xd7a3];
    const oneOf = (codePoints: readonly number[]): fc.Arbitrary<number> =>
      fc.nat({ max: codePoints.length - 1 }).map((index) => codePoints[index] ?? 0);
    const character = fc.oneof(
      oneOf(composites.flatMap(({ target }) => target)),
      oneOf(composites.map(({ source }) => source)),
      oneOf(decompositions.map(({ source }) => source)),
      oneOf(marks),
      oneOf(identifiers),
      oneOf([...jamo, ...syllables]),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (codePoints) => {
        const text = String.fromCodePoint(...codePoints);
        expect(toNfkc(text)).toBe(text.normalize("NFKC"));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("NFKC", () => {
  it.each([
    ["ASCII", "total_2", "total_2"],
    ["ligatures and letters of mathematics", "\ufb01\u{1d41a}\uff41", "fiaa"],
    ["a composite of two marks", "s\u0307\u0323", "\u1e69"],
    [
      "the new composites of Unicode 16.0",
      "\u{105d2}\u0307\u{113c2}\u{113c9}",
      "\u{105c9}\u{113c8}",
    ],
    ["unpaired surrogates", "\ud800e\u0301\udc00", "\ud800\u00e9\udc00"],
    ["what Unicode 17.0 was the first to assign", "\ua7f1", "\ua7f1"],
  ])("of %s", (_, text, normal) => {
    expect(toNfkc(text)).toBe(normal);
  });

  it("changes nothing twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const normal = toNfkc(text);
        expect(toNfkc(normal)).toBe(normal);
      }),
    );
  });

  it.each([
    ["marks out of order", "\u0301\u0316", 500_000, 2],
    ["vowels that wait for a consonant", "\u1161\u1161", 500_000, 2],
    ["a ligature of eighteen", "\ufdfa\ufdfa", 50_000, 36],
  ])("takes very many of %s", (_, pair, times, length) => {
    expect(toNfkc(pair.repeat(times)).length).toBe(times * length);
  });
});

describe("names", () => {
  it("mean their character, aliases too, in capitals or not", () => {
    const wrong = listed.filter(
      ([codePoint, name]) =>
        characterByName(name) !== codePoint || characterByName(name.toLowerCase()) !== codePoint,
    );
    expect(wrong).toEqual([]);
  });

  it("of numbered characters mean their number", () => {
    for (const [prefix, codePoints] of numbered) {
      const wrong = codePoints.filter((codePoint) => {
        const name = prefix + hexadecimal(codePoint);
        return (
          characterByName(name) !== codePoint || characterByName(name.toLowerCase()) !== codePoint
        );
      });
      expect(wrong, prefix).toEqual([]);
    }
  });

  it("of Hangul syllables are put together", () => {
    const names = hangulNames();
    expect(names.length).toBe(11172);
    expect(names.map((name) => characterByName(name))).toEqual(names.map((_, i) => 0xac00 + i));
    expect(characterByName("hangul syllable gag")).toBe(0xac01);
  });

  it("that are nearly one mean nothing", () => {
    expect(nearMisses(1).filter((name) => characterByName(name) !== undefined)).toEqual([]);
  });

  it.each([
    [""],
    [" "],
    ["SPACE "],
    ["<control>"],
    ["lat\u0131n small letter a"],
    ["\u017fpace"],
    ["TIBETAN LETTER-A"],
    ["KEYCAP DIGIT ZERO"],
    ["HANGUL SYLLABLE"],
    ["HANGUL SYLLABLE "],
    ["HANGUL SYLLABLE G"],
    ["HANGUL SYLLABLE NGA"],
    ["HANGUL SYLLABLE GAG "],
    ["CJK UNIFIED IDEOGRAPH-"],
    ["CJK UNIFIED IDEOGRAPH-4E0"],
    ["CJK UNIFIED IDEOGRAPH-04E00"],
    ["CJK UNIFIED IDEOGRAPH-+4E00"],
    ["CJK UNIFIED IDEOGRAPH-0x4E00"],
    ["CJK UNIFIED IDEOGRAPH-FA0E"],
    ["CJK UNIFIED IDEOGRAPH-2EE5E"],
    ["CJK COMPATIBILITY IDEOGRAPH-4E00"],
    ["TANGUT IDEOGRAPH-18D09"],
  ])("%j is none", (name) => {
    expect(characterByName(name)).toBeUndefined();
  });

  it("of a million letters are none", () => {
    expect(characterByName("A".repeat(1_000_000))).toBeUndefined();
  });
});

/** Misspelt names, of every `step`th, that are not names for being so. */
function nearMisses(step: number): string[] {
  const names = new Set(listed.map(([, name]) => name));
  return listed
    .filter((_, i) => i % step === 0)
    .flatMap(([codePoint, name]) => {
      const middle = codePoint % name.length;
      return [
        ` ${name}`,
        `${name} `,
        `${name}-`,
        name.replace(" ", "  "),
        name.replace(" ", "_"),
        name.replace(" ", "-"),
        name.replace("-", " "),
        name.replaceAll(/[ -]/g, ""),
        name.slice(0, middle) + name.slice(middle + 1),
      ];
    })
    .filter((name) => !names.has(name));
}
