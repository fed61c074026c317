/** What a reader of the report has to know although nothing is wrong: how the check was made. */
export interface NoticeDataByCode {
  /** The commit that changes are compared with is not there. */
  readonly "base-missing": { readonly base: string; readonly reason: string };
  /** Only changes were asked for, and all was checked: `path` is what changed. */
  readonly "everything-checked": {
    readonly why: "pool" | "configuration" | "base";
    readonly path: string | null;
  };
  /** The settings of trust are those of this commit. */
  readonly "trust-from-base": { readonly commit: string };
  /** Settings of trust that the change under review would change. */
  readonly "trust-changed": { readonly keys: readonly string[]; readonly path: string };
  readonly offline: Record<never, never>;
  /** What the configuration says that should be known; one sentence. */
  readonly configuration: { readonly message: string };
  /** Functions that no source gave, and that the caller lets pass. */
  readonly unfetched: { readonly count: number };
  readonly "nothing-changed": Record<never, never>;
}
export type NoticeCode = keyof NoticeDataByCode;

export type Notice = {
  readonly [C in NoticeCode]: { readonly code: C; readonly data: NoticeDataByCode[C] };
}[NoticeCode];
