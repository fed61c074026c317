/** The lookup of effects against its plain definition: every entry is compared, and the longest counts. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { effectsOfPath } from "../../src/verify/effect-lookup.js";
import { EFFECTS, FOUND_IN_OTHERS, SYNONYMS } from "../../src/verify/effect-table.js";

interface Entry {
  readonly text: string;
  readonly parts: readonly string[];
  readonly kind: string;
}

const entries: Entry[] = Object.entries(EFFECTS).flatMap(([kind, lines]) =>
  lines.split("\n").flatMap((line) => {
    const [before = "", after] = line.split(":");
    const module = after === undefined ? "" : `${before.trim()}.`;
    const words = (after ?? before).trim().split(/\s+/);
    return words.flatMap((word) =>
      word === "" ? [] : [{ text: module + word, parts: (module + word).split("."), kind }],
    );
  }),
);

function plainEffects(path: readonly string[]): string[] {
  const others = FOUND_IN_OTHERS.split(" ");
  const bare = (name: string) => (/__$/.test(name) ? name : name.replace(/^_+/, ""));
  const kinds = path.slice(0, 8).flatMap((first, start) => {
    if (start > 0 && !others.includes(bare(first))) return [];
    const rest = path.slice(start, start + 8);
    const synonym = Object.hasOwn(SYNONYMS, first) ? SYNONYMS[first] : undefined;
    const other = synonym ?? bare(first);
    return [
      ...longest(rest),
      ...(other === first ? [] : longest([...other.split("."), ...rest.slice(1)])),
    ];
  });
  return [...new Set(kinds)].sort();
}

function longest(path: readonly string[]): readonly string[] {
  for (let length = path.length; length > 0; length -= 1) {
    const begun = path.slice(0, length);
    const key = begun.join(".");
    const listed = entries.filter((entry) => isOf(entry, key, begun));
    const inside = entries.filter(({ text }) => text.startsWith(`${key}.`));
    const below = length === path.length ? inside : [];
    if (listed.length === 0 && below.length === 0) continue;
    // One that is listed as harmless, and as nothing else, is harmless.
    const patterns = listed.filter(({ parts }) => parts.at(-1)?.includes("*"));
    const names = listed.filter((entry) => !patterns.includes(entry));
    const isHarmless =
      patterns.some(({ kind }) => kind === "none") ||
      (names.length > 0 && names.every(({ kind }) => kind === "none"));
    return [...(isHarmless ? [] : listed), ...below].flatMap(({ kind }) =>
      kind === "none" ? [] : [kind],
    );
  }
  return [];
}

function isOf({ text, parts }: Entry, key: string, path: readonly string[]): boolean {
  if (!text.includes("*")) return text === key;
  const [prefix = "", suffix = ""] = parts.at(-1)?.split("*") ?? [];
  const name = path.at(-1) ?? "";
  const isInParent = parts.slice(0, -1).join(".") === path.slice(0, -1).join(".");
  return isInParent && name.startsWith(prefix) && name.endsWith(suffix);
}

it("gives the effects of the longest entry", () => {
  const word = fc.constantFrom(...entries.flatMap(({ parts }) => parts));
  const part = fc.oneof(
    word.map((name) => name.replace("*", "x")),
    fc.constantFrom(...Object.keys(SYNONYMS), ...FOUND_IN_OTHERS.split(" ")),
    fc.constantFrom("", "_", "__", "_os", "__os", "__os__", "os.path", "path.join", "constructor"),
  );
  const entry = fc.constantFrom(...entries);
  const known = entry.map(({ parts }) => parts.map((name) => name.replace("*", "ab")));
  const path = fc
    .tuple(fc.array(part, { maxLength: 2 }), fc.oneof(known, fc.constant([])), fc.array(part))
    .map((parts) => parts.flat());
  fc.assert(
    fc.property(path, (any) => {
      expect([...effectsOfPath(any)].sort()).toEqual(plainEffects(any));
    }),
    { numRuns: 1000 },
  );
});
