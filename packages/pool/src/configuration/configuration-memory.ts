/**
 * What a configuration file said when it was last read, kept with its text: while the text
 * is the same, no parser has to be loaded. That takes longer than a command may.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { PartialConfiguration } from "./configuration-schema.js";
import { replaceFile } from "./replace-file.js";

export interface ConfigurationMemory {
  /** What this text was found to say; `null` where it is not known. */
  recall(text: string): PartialConfiguration | null;
  /** Keeps what a text says, if it can be kept. */
  remember(text: string, content: PartialConfiguration): Promise<void>;
}

/** Goes up with each change of configuration-schema.ts, so that nothing is known any more. */
const FORM = 2;

/** The memory in `file`, which holds one text and belongs to the user. */
export function openConfigurationMemory(file: string): ConfigurationMemory {
  return {
    recall(text) {
      try {
        const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
        return isKept(kept) && kept.form === FORM && kept.text === text ? kept.content : null;
      } catch {
        return null;
      }
    },
    async remember(text, content) {
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        const kept: Kept = { form: FORM, text, content };
        await replaceFile(file, JSON.stringify(kept), { mode: 0o600, isSynced: false });
      } catch {
        // It is only slower without.
      }
    },
  };
}

interface Kept {
  readonly form: number;
  readonly text: string;
  readonly content: PartialConfiguration;
}

/** What is in the user's own cache was written by this module. */
function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "form" in value && "content" in value;
}
