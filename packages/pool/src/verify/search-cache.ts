/**
 * What was found in sources that were searched before: one with the same text is not parsed again by
 * the same program. What is not flawless is not kept (docs/verify.md, "The cache").
 */
import {
  type SearchedFile,
  type SearchedSource,
  type SearchSource,
  searchSource,
} from "@ouverture/core";
import { digestOf } from "../process/short-digest.js";
import { openKeptEntries } from "./kept-entries.js";

export interface SearchCache {
  /** As core's `searchSource`. */
  readonly search: SearchSource;
  /** Keeps what is new. It never fails. */
  save(): Promise<void>;
}

export interface SearchCacheOptions {
  /** The user's own folder for such; with `null` nothing is known, and nothing is kept. */
  readonly folder: string | null;
  /** As `programStamp` has it. */
  readonly program: string;
}

export function openSearchCache({ folder, program }: SearchCacheOptions): SearchCache {
  const head = { form: FORM, program };
  const kept = openKeptEntries<Kept>({ folder, name: NAME, head, most: MOST_ENTRIES });

  function search(file: SearchedFile): SearchedSource {
    const key = folder === null ? null : keyOf(file);
    const known = key === null ? undefined : kept.recall(key);
    if (known !== undefined) return placedIn(file.path, known);
    const found = searchSource(file);
    if (key !== null && isFlawless(found)) kept.keep(key, withoutPath(found), true);
    return found;
  }

  return { search, save: kept.save };
}

const NAME = "searched-sources";
/** Goes up when what is kept changes. */
const FORM = 1;
/** Each is some hundred bytes. */
const MOST_ENTRIES = 10_000;

type Import = SearchedSource["imports"][number];
type Unplaced<T> = T extends Import
  ? Omit<T, "location"> & { readonly location: Omit<Import["location"], "path"> }
  : never;
/** What is kept of a search, which has no problems. */
interface Kept {
  readonly imports: readonly Unplaced<Import>[];
}

/** Each import is of a function, and there is no more to say of it. */
function isFlawless({ imports, problems }: SearchedSource): boolean {
  return problems.length === 0 && imports.every(({ kind }) => kind === "function");
}

/** All that a search depends on, but for the path. `null` for what is not searched for imports. */
function keyOf(file: SearchedFile): string | null {
  if (file.kind !== "text" && file.kind !== "notebook") return null;
  const bytes = Buffer.from(`${file.kind}\n${file.text}`);
  return HALF.test(file.text) ? null : digestOf(bytes);
}
/** Half of a surrogate pair, which would be another character in the bytes. */
const HALF = /\p{Surrogate}/u;

function withoutPath({ imports }: SearchedSource): Kept {
  return {
    imports: imports.map(({ location: { path: _, ...location }, ...one }): Unplaced<Import> => {
      return { ...one, location };
    }),
  };
}

function placedIn(path: string, { imports }: Kept): SearchedSource {
  return {
    imports: imports.map(({ location, ...one }): Import => {
      return { ...one, location: { path, ...location } };
    }),
    problems: [],
  };
}
