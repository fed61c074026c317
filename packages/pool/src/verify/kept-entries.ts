/**
 * What runs keep for later ones, as lines of a file in the user's cache folder: JSON under a digest
 * (docs/verify.md, "The cache"). It is only slower without, so that nothing here fails.
 */
import { lstatSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isOwn } from "../process/is-own.js";

export interface KeptEntries<T extends object> {
  /** Is nothing known from earlier runs? */
  isEmpty(): boolean;
  /** What an earlier run kept under a digest in hexadecimal. */
  recall(key: string): T | undefined;
  keep(key: string, value: T, isNew: boolean): void;
  /** Writes what is new, where there is something and it can be written. */
  save(): Promise<void>;
}

export interface KeptEntriesOptions {
  /** The user's own folder for such; with `null` nothing is known, and nothing is kept. */
  readonly folder: string | null;
  readonly name: string;
  /** What the entries depend on but their digests: with another it is a new file. */
  readonly head: object;
  /** More are not kept: those that were asked for last are. */
  readonly most: number;
}

/** The file is read when it is first asked. What it has is believed, where only the user may write it. */
export function openKeptEntries<T extends object>(options: KeptEntriesOptions): KeptEntries<T> {
  const { folder, name, most } = options;
  const file = join(folder ?? "", name);
  const head = JSON.stringify(options.head);
  let known: Map<string, string> | undefined;
  const used = new Map<string, string>();
  let isChanged = false;
  const entries = (): Map<string, string> =>
    (known ??= folder === null ? new Map() : readEntries(file, head));

  return {
    isEmpty: () => entries().size === 0,
    recall(key) {
      const text = entries().get(key);
      const value = text === undefined ? undefined : parse(text);
      if (text === undefined || value === undefined) return undefined;
      used.set(key, text);
      return value as T;
    },
    keep(key, value, isNew) {
      used.set(key, JSON.stringify(value));
      isChanged ||= isNew;
    },
    async save() {
      if (!isChanged || folder === null) return;
      // Another run may have written meanwhile.
      const kept = new Map([...used, ...readEntries(file, head)]);
      const lines = [head, ...[...kept].slice(0, most).map(lineOf), ""];
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { replaceFile } = await import("../configuration/replace-file.js");
        await replaceFile(file, lines.join("\n"), { mode: 0o600, isSynced: false });
        isChanged = false;
      } catch {}
    },
  };
}

/** `undefined` for what is damaged. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
