/**
 * The parts of a finding in words, once for all formats: its sentences, its places, the
 * way to the function, and where the function is stored.
 */
import { objectPath } from "../record/layout.js";
import type { Finding, Location } from "../verify/finding.js";
import { counted } from "./coverage.js";
import { escapeText } from "./escape.js";
import { findingMessage } from "./message.js";

/** What the front end knows of where it is. */
export interface Folders {
  /** How the sources' folder is called before their paths: `examples/market`. */
  readonly root?: string | undefined;
  /** How the pool's folder is called before the paths of its objects; else `.ouverture` in `root`. */
  readonly pool?: string | undefined;
}

/** Functions of a way that are listed; of a longer one the first and the last. */
const LONGEST_WAY = 6;

/** What is wrong and what to do, on one line. */
export function findingSentences(finding: Finding): string {
  const { what, todo } = findingMessage(finding);
  return `${what}. ${todo}`;
}

/** `app/main.py:3:5`, or `analysis.ipynb, cell 3:2:5`. */
export function placeText(location: Location, { root }: Folders): string {
  return `${under(root, location.path)}${positionText(location)}`;
}

/** What stands behind the path: `:3:5`, or `, cell 3:2:5`. */
export function positionText({ cell, line, column }: Location): string {
  return `${cell === undefined ? "" : `, cell ${cell}`}:${line}:${column}`;
}

export function under(folder: string | undefined, path: string): string {
  return folder === undefined || folder === "" ? path : `${folder}/${path}`;
}

/** A hash as people tell it from others. */
export function shortHash(hash: string): string {
  return `${escapeText(hash.slice(0, 12))}…`;
}

/** From the function that is imported to the one at fault. */
export function wayText(way: readonly string[]): string {
  const shown = way.map(shortHash);
  const left = shown.length - LONGEST_WAY;
  if (left > 1) shown.splice(LONGEST_WAY / 2, left, `(${left} more)`);
  return shown.join(" → ");
}

/** ` It is so at 3 other places, too.`; empty where there is one place, or none. */
export function otherPlaces({ locations }: Finding): string {
  const count = locations.length - 1;
  return count <= 0 ? "" : ` It is so at ${counted(count, "other place")}, too.`;
}

/** `and 1,003 more places`; empty where there are none. */
export function morePlaces(count: number): string {
  return count <= 0 ? "" : `and ${counted(count, "more place")}`;
}

/** Where a function lies in the repository's pool; the pool itself for what is no hash. */
export function storedAt(hash: string, folders: Folders): string {
  const path = objectPath(hash);
  const pool = poolFolder(folders);
  return path.ok ? under(pool, path.value) : pool;
}

export function poolFolder({ root, pool }: Folders): string {
  return pool ?? under(root, ".ouverture");
}
