/**
 * What was found of functions that were checked before: a function with the same bytes is not
 * checked again by the same program. That it is there, its bytes say and not this cache; what is
 * not flawless is not kept (docs/verify.md, "The cache").
 */
import { lstatSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionBytes, FunctionCheck, FunctionDocuments } from "@ouverture/core";
import { documentText } from "../document-text.js";
import { ownVersion } from "../own-version.js";
import { isOwn } from "../process/is-own.js";
import { digestOf } from "../process/short-digest.js";

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
  const file = join(folder ?? "", "checked-functions");
  const head = JSON.stringify({ form: FORM, program });
  let known: Map<string, string> | undefined;
  const used = new Map<string, string>();
  let isChanged = false;
  const entries = (): Map<string, string> =>
    (known ??= folder === null ? new Map() : readEntries(file, head));

  function recallKey(key: string | null): FunctionCheck | undefined {
    const text = key === null ? undefined : entries().get(key);
    if (key === null || text === undefined) return undefined;
    used.set(key, text);
    return { ...FLAWLESS, ...(JSON.parse(text) as Kept) };
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
    used.set(key, JSON.stringify({ dependencies, effects } satisfies Kept));
    isChanged ||= isNew;
  }

  return {
    recall: (bytes) => recallKey(keyOf(bytes)),
    async inspect(bytes) {
      const looked = await look(bytes);
      if (looked.isNew) keep(looked);
      return looked.check;
    },
    look,
    keep,
    async save() {
      if (!isChanged || folder === null) return;
      // Another run may have written meanwhile.
      const kept = new Map([...used, ...readEntries(file, head)]);
      const lines = [head, ...[...kept].slice(0, MOST_ENTRIES).map(lineOf), ""];
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { replaceFile } = await import("../configuration/replace-file.js");
        await replaceFile(file, lines.join("\n"), { mode: 0o600, isSynced: false });
        isChanged = false;
      } catch {
        // It is only slower without.
      }
    },
  };
}

/** Goes up when the file below changes. */
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

function lineOf([key, text]: readonly [string, string]): string {
  return `${key} ${text}`;
}
const KEY_LENGTH = 64;
const LINE = /^[0-9a-f]{64} \{.*\}$/;

/** Nothing where there is no file, or it was written by another program, or others may write it. */
function readEntries(file: string, head: string): Map<string, string> {
  const entries = new Map<string, string>();
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || !isOwn(stats)) return entries;
    const [first, ...lines] = readFileSync(file, "utf8").split("\n");
    if (first !== head) return entries;
    for (const line of lines) {
      if (LINE.test(line)) entries.set(line.slice(0, KEY_LENGTH), line.slice(KEY_LENGTH + 1));
    }
    return entries;
  } catch {
    return entries;
  }
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
