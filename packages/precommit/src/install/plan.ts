/** What an installation would change, before anything is: shown, agreed to, and then done. */

export interface FileChange {
  /** Where it is. */
  readonly path: string;
  /** Relative to the repository, with `/`. */
  readonly shown: string;
  /** `null`: there is no such file. */
  readonly before: string | null;
  /** `null`: the file goes. */
  readonly after: string | null;
  /** Of a new file. */
  readonly mode: number;
}

/** What is left to people, because it cannot be merged surely. */
export interface ByHand {
  readonly shown: string;
  /** Why, as a sentence. */
  readonly why: string;
  /** What to add. */
  readonly lines: readonly string[];
}

export interface Plan {
  readonly changes: readonly FileChange[];
  readonly byHand: readonly ByHand[];
  /** What to do afterwards, or to know, as sentences. */
  readonly notes: readonly string[];
}
