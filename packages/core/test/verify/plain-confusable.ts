/** What `findConfusable` gives, by its plain definition: all shapes, all scripts, one after the other. */
import { builtinNames } from "../../src/names/builtins.js";
import { KEYWORDS } from "../../src/syntax/tokens.js";
import { toNfkd } from "../../src/syntax/unicode.js";
import type { ConfusableName } from "../../src/verify/confusable.js";
import {
  BOPOMOFO,
  confusableTables,
  GREEK,
  HAN,
  HANGUL,
  HIRAGANA,
  KATAKANA,
  LATIN,
} from "../../src/verify/confusable-tables.js";

const { lookalikes, isInvisible, scriptsOf } = confusableTables();

export function plainConfusable(
  names: readonly string[],
  others: readonly string[],
): ConfusableName[] {
  const asked = [...new Set(names)];
  const isWide = (name: string) => /\P{ASCII}/u.test(name);
  const inOrder = [...asked.filter((name) => !isWide(name)), ...asked.filter(isWide)];
  const known = [...KEYWORDS, ...builtinNames(), ...others, ...inOrder];
  return inOrder.filter(isWide).flatMap((name): ConfusableName[] => {
    const first = known.find((one) => shapeOf(one) === shapeOf(name)) ?? name;
    const lookalike = first === name ? null : first;
    if (/\p{Bidi_Control}/u.test(name)) return [{ name, kind: "bidirectional", other: null }];
    if (pointsOf(name).some(isInvisible)) return [{ name, kind: "invisible", other: null }];
    if (lookalike !== null) return [{ name, kind: "look-alike", other: lookalike }];
    return name.split("_").some(isMixed) ? [{ name, kind: "mixed-script", other: null }] : [];
  });
}

function pointsOf(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

const ascii = new Map([..."01Im"].map((char, index) => [char, ["O", "l", "l", "rn"][index] ?? ""]));

function shapeOf(name: string): string {
  const shown = [...toNfkd(name)].filter((char) => !isInvisible(char.codePointAt(0) ?? 0));
  return toNfkd(shown.map(shapeOfCharacter).join(""));
}

function shapeOfCharacter(char: string): string {
  return ascii.get(char) ?? lookalikes.get(char) ?? char;
}

const together = [
  [HAN, HIRAGANA, KATAKANA, LATIN],
  [HAN, BOPOMOFO, LATIN],
  [HAN, HANGUL, LATIN],
];

function isMixed(word: string): boolean {
  const letters = pointsOf(word).map(scriptsOf);
  const written = letters.filter((scripts) => scripts.length > 0);
  if (/^\p{ASCII}*$/u.test(word)) return false;
  const present = [...new Set(written.flat())];
  if (present.some((script) => written.every((scripts) => scripts.includes(script)))) return false;
  const areTogether = (all: readonly number[]) =>
    written.every((scripts) => scripts.some((script) => all.includes(script)));
  if (together.some(areTogether)) return false;
  return [...word].some((char) => {
    const own = scriptsOf(char.codePointAt(0) ?? 0);
    if (own.length === 0) return false;
    const shape = shapeOfCharacter(char);
    const alike = [...lookalikes].flatMap(([source, like]) =>
      like === shape ? [source, ...([...like].length === 1 ? [like] : [])] : [],
    );
    const scripts = new Set(alike.flatMap((one) => scriptsOf(one.codePointAt(0) ?? 0)));
    return present.some((script) => {
      if (own.includes(script) || !scripts.has(script)) return false;
      const isGreek = own.includes(LATIN)
        ? script === GREEK
        : script === LATIN && own.includes(GREEK);
      return !(isGreek && (own.includes(LATIN) || /\P{ASCII}/u.test(shape)));
    });
  });
}
