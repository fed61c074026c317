/** Looks names up in effect-table.ts. */
import type { EffectKind } from "./effect-kinds.js";
import { ATTRIBUTES, EFFECTS, FOUND_IN_OTHERS, SYNONYMS } from "./effect-table.js";

/** The effects of what an import reaches at a path such as `["os", "system"]`; of a module, all that it can do. */
export function effectsOfPath(path: readonly string[]): ReadonlySet<EffectKind> {
  const { others } = table();
  const found = new Set<EffectKind>();
  for (let start = 0; start < Math.min(path.length, LONGEST); start += 1) {
    const first = path[start] ?? "";
    if (start > 0 && !others.has(withoutUnderscores(first))) continue;
    const rest = path.slice(start, start + LONGEST);
    for (const kind of lookUp(rest)) found.add(kind);
    const other = SYNONYM.get(first) ?? withoutUnderscores(first);
    if (other === first) continue;
    for (const kind of lookUp([...other.split("."), ...rest.slice(1)])) found.add(kind);
  }
  return found;
}

/** The effect of an attribute with this name, whatever it is of. */
export function effectOfAttribute(name: string): EffectKind | null {
  return table().attributes.get(name) ?? null;
}

/** More parts than the longest entry has, and than a module within a module needs. */
const LONGEST = 8;
const SYNONYM: ReadonlyMap<string, string> = new Map(Object.entries(SYNONYMS));

/** `_socket` is what `socket` is made of. */
function withoutUnderscores(name: string): string {
  return name.endsWith("__") ? name : name.replace(/^_+/, "");
}

function lookUp(path: readonly string[]): ReadonlySet<EffectKind> {
  const { entries, patterns, below } = table();
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join(".");
    const parent = path.slice(0, length - 1).join(".");
    const name = path[length - 1] ?? "";
    const matching = (patterns.get(parent) ?? []).filter(
      ({ prefix, suffix }) => name.startsWith(prefix) && name.endsWith(suffix),
    );
    const sets = [entries.get(key), ...matching.map(({ effects }) => effects)];
    const listed = sets.filter((set) => set !== undefined);
    const inside = length === path.length ? below.get(key) : undefined;
    if (listed.length === 0 && inside === undefined) continue;
    const isHarmless = listed.some(({ size }) => size === 0);
    return new Set([...(isHarmless ? [] : listed), inside ?? NONE].flatMap((set) => [...set]));
  }
  return NONE;
}
const NONE: ReadonlySet<EffectKind> = new Set();

// --- the table, as it is looked up ------------------------------------------------

interface Pattern {
  readonly prefix: string;
  readonly suffix: string;
  readonly effects: ReadonlySet<EffectKind>;
}
interface Table {
  readonly entries: ReadonlyMap<string, ReadonlySet<EffectKind>>;
  /** By the module whose names they match. */
  readonly patterns: ReadonlyMap<string, readonly Pattern[]>;
  /** Of each module, what the names listed in it can do. */
  readonly below: ReadonlyMap<string, ReadonlySet<EffectKind>>;
  readonly attributes: ReadonlyMap<string, EffectKind>;
  readonly others: ReadonlySet<string>;
}

/** Made when it is first needed. */
function table(): Table {
  made ??= makeTable();
  return made;
}
let made: Table | null = null;

function makeTable(): Table {
  const entries = new Map<string, Set<EffectKind>>();
  const patterns = new Map<string, Pattern[]>();
  const below = new Map<string, Set<EffectKind>>();
  for (const [kind, lines] of Object.entries(EFFECTS)) {
    const effects = kind === "none" ? [] : [kind].filter(isKind);
    for (const path of pathsIn(lines)) {
      const parts = path.split(".");
      const name = parts.pop() ?? "";
      const parent = parts.join(".");
      const [prefix = "", suffix] = name.split("*");
      if (suffix === undefined) add(entries, path, effects);
      else {
        const pattern = { prefix, suffix, effects: new Set(effects) };
        patterns.set(parent, [...(patterns.get(parent) ?? []), pattern]);
      }
      for (let length = parts.length; length > 0; length -= 1) {
        add(below, parts.slice(0, length).join("."), effects);
      }
    }
  }
  const attributes = Object.entries(ATTRIBUTES).flatMap(([kind, names]) =>
    isKind(kind) ? wordsOf(names).map((name) => [name, kind] as const) : [],
  );
  const others = new Set(wordsOf(FOUND_IN_OTHERS));
  return { entries, patterns, below, attributes: new Map(attributes), others };
}

function add(
  sets: Map<string, Set<EffectKind>>,
  key: string,
  effects: readonly EffectKind[],
): void {
  const set = sets.get(key) ?? new Set();
  for (const kind of effects) set.add(kind);
  sets.set(key, set);
}

function isKind(kind: string): kind is EffectKind {
  return kind !== "none" && Object.hasOwn(EFFECTS, kind);
}

/** The paths that lines name: `os: getenv` is `os.getenv`. */
function pathsIn(lines: string): string[] {
  return lines.split("\n").flatMap((line) => {
    const [, module, names = ""] = /^ *(?:([\w.]+):)?(.*)$/.exec(line) ?? [];
    return wordsOf(names).map((name) => (module === undefined ? name : `${module}.${name}`));
  });
}

function wordsOf(names: string): string[] {
  return names.split(/\s+/).filter((name) => name !== "");
}
