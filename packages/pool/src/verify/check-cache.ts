/**
 * What was found of functions that were checked before: a function with the same bytes is not
 * checked again by the same program. That it is there, its bytes say and not this cache; what is
 * not flawless is not kept (docs/verify.md, "The cache").
 */
import { statSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionBytes, FunctionCheck, FunctionDocuments } from "@ouverture/core";
import { documentText } from "../document-text.js";
import { ownVersion } from "../own-version.js";
import { digestOf } from "../process/short-digest.js";
import { openKeptEntries } from "./kept-entries.js";

export interface CheckCache {
  /** What was found of a function with these bytes; `undefined` where it has to be checked. */
  recall(bytes: FunctionBytes): FunctionCheck | undefined;
  /** What there is to find of a function, from the cache or from a check. */
  inspect(bytes: FunctionBytes): Promise<FunctionCheck>;
  /** The same, with what another thread needs to keep it. */
  look(bytes: FunctionBytes): Promise<Looked>;
  /** Keeps what another thread has found. */
  keep(looked: Looked): void;
  /** Writes what is new, where there is something and it can be written. It never fails. */
  save(): Promise<void>;
}

export interface Looked {
  /** The digest of the bytes; `null` for what is not kept. */
  readonly key: string | null;
  readonly check: FunctionCheck;
  /** Was it checked just now, and not before? */
  readonly isNew: boolean;
}

/** More are not kept: those that were asked for last are. */
const MOST_ENTRIES = 200_000;

export interface CheckCacheOptions {
  /** The user's own folder for such; with `null` nothing is known, and nothing is kept. */
  readonly folder: string | null;
  /** As `programStamp` has it. */
  readonly program: string;
  /** Core's check, or what loads it when a function is not known. */
  readonly check: (documents: FunctionDocuments) => FunctionCheck | Promise<FunctionCheck>;
}

export function openCheckCache({ folder, program, check }: CheckCacheOptions): CheckCache {
  const head = { form: FORM, program };
  const kept = openKeptEntries<Kept>({ folder, name: NAME, head, most: MOST_ENTRIES });

  function recallKey(key: string | null): FunctionCheck | undefined {
    const known = key === null ? undefined : kept.recall(key);
    return known === undefined ? undefined : { ...FLAWLESS, ...known };
  }

  async function look(bytes: FunctionBytes): Promise<Looked> {
    const key = keyOf(bytes);
    const recalled = recallKey(key);
    const found = recalled ?? (await check(documentsOf(bytes)));
    return { key, check: found, isNew: recalled === undefined };
  }

  function keep({ key, check, isNew }: Looked): void {
    if (key === null || !isFlawless(check)) return;
    const { dependencies, effects } = check;
    kept.keep(key, { dependencies, effects }, isNew);
  }

  return {
    recall: (bytes) => (kept.isEmpty() ? undefined : recallKey(keyOf(bytes))),
    async inspect(bytes) {
      const looked = await look(bytes);
      if (looked.isNew) keep(looked);
      return looked.check;
    },
    look,
    keep,
    save: kept.save,
  };
}

const NAME = "checked-functions";
/** Goes up when what is kept changes. */
const FORM = 1;

/** What is kept of a check; all else of one is as in `FLAWLESS`. */
type Kept = Pick<FunctionCheck, "dependencies" | "effects">;
const FLAWLESS = { problem: null, isVerified: true, furtherProblems: [] } as const;

function isFlawless({ problem, isVerified, furtherProblems }: FunctionCheck): boolean {
  return problem === null && isVerified && furtherProblems.length === 0;
}

/**
 * The digest of all that a check depends on: what was asked for, and every byte that was given.
 * `null` where something stands in the place of a mapping.
 */
function keyOf({ hash, object, mappings }: FunctionBytes): string | null {
  const parts: Uint8Array[] = [Buffer.from(`${hash} ${object.length}\n`), object];
  for (const { language, hash: ofMapping, bytes } of mappings) {
    if (!(bytes instanceof Uint8Array)) return null;
    parts.push(Buffer.from(`\n${language} ${ofMapping} ${bytes.length}\n`), bytes);
  }
  return digestOf(Buffer.concat(parts));
}

function documentsOf({ hash, object, mappings }: FunctionBytes): FunctionDocuments {
  return {
    hash,
    object: documentText(object),
    mappings: mappings.map(({ bytes, ...reference }) => {
      return { ...reference, bytes: bytes instanceof Uint8Array ? documentText(bytes) : bytes };
    }),
  };
}

/**
 * What tells this program from every other: its version, and for one that is not released its file.
 * The name of that tells the content of all that it loads, in a bundle. Another program may find
 * something else in the same bytes.
 */
export function programStamp(): string {
  const file = fileURLToPath(import.meta.url);
  const { mtimeMs, size } = statSync(file);
  return `${ownVersion()} ${basename(file)} ${mtimeMs} ${size}`;
}
