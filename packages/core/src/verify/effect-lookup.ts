/** Looks names up in effect-table.ts. */
import type { EffectKind } from "./effect-kinds.js";
import { ATTRIBUTES, EFFECTS, FOUND_IN_OTHERS, SYNONYMS } from "./effect-table.js";

/** The effects of what an import reaches at a path such as `["os", "system"]`; of a module, all that it can do. */
export function effectsOfPath(path: readonly string[]): Effects {
  const { others } = table();
  let found = NONE;
  for (let start = 0; start < path.length && start < LONGEST; start += 1) {
    const first = path[start] ?? "";
    const bare = withoutUnderscores(first);
    if (start > 0 && !others.has(bare)) continue;
    const rest = path.slice(start, start + LONGEST);
    found = union(found, lookUp(rest));
    const other = SYNONYM.get(first) ?? bare;
    if (other !== first) found = union(found, lookUp([...other.split("."), ...rest.slice(1)]));
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
  if (!name.startsWith("_") || name.endsWith("__")) return name;
  return name.replace(/^_+/, "");
}

function union(one: Effects, other: Effects): Effects {
  if (other.size === 0) return one;
  return one.size === 0 ? other : new Set([...one, ...other]);
}

/** The effects of the longest entry that `path` begins with. */
function lookUp(path: readonly string[]): Effects {
  const { below } = table();
  let found = NONE;
  let parent = "";
  for (const [index, name] of path.entries()) {
    const key = index === 0 ? name : `${parent}.${name}`;
    const inside = below.get(key);
    const isWhole = index === path.length - 1;
    found = effectsAt(key, parent, name, isWhole ? inside : undefined) ?? found;
    if (inside === undefined) break;
    parent = key;
  }
  return found;
}

/** What is listed as `key`, which is `name` in `parent`, and `inside` it; `null` where nothing is. */
function effectsAt(
  key: string,
  parent: string,
  name: string,
  inside: Effects | undefined,
): Effects | null {
  const { entries, patterns } = table();
  const entry = entries.get(key);
  const matching = patterns
    .get(parent)
    ?.filter(({ prefix, suffix }) => name.startsWith(prefix) && name.endsWith(suffix));
  if (matching === undefined || matching.length === 0) {
    if (entry === undefined || inside === undefined) return entry ?? inside ?? null;
  }
  const sets = [entry, ...(matching ?? []).map(({ effects }) => effects)];
  const listed = sets.filter((set) => set !== undefined);
  const isHarmless = listed.some(({ size }) => size === 0);
  return [...(isHarmless ? [] : listed), inside ?? NONE].reduce(union, NONE);
}

type Effects = ReadonlySet<EffectKind>;
const NONE: Effects = new Set();

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
