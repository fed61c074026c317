/** The prose of notices: one sentence each, about how a check was made. */
import type { Notice, NoticeCode, NoticeDataByCode } from "../verify/notice.js";
import { counted, groupDigits } from "./coverage.js";
import { quoteName as q, showText } from "./escape.js";

/** Says what a notice tells, as whole sentences on one line. */
export function noticeMessage(notice: Notice): string {
  return messageOf(notice);
}

/** Is it one that whoever merges the change must not miss? */
export function isSeriousNotice({ code }: Notice): boolean {
  return code === "trust-changed" || code === "unfetched";
}

// The generic parameter lets the compiler see that code and data belong together.
function messageOf<C extends NoticeCode>({ code, data }: NoticeOf<C>): string {
  return NOTICES[code](data);
}

type NoticeOf<C extends NoticeCode> = {
  readonly [K in C]: { readonly code: K; readonly data: NoticeDataByCode[K] };
}[C];

const NOTICES: { readonly [C in NoticeCode]: (data: NoticeDataByCode[C]) => string } = {
  "base-missing": ({ base, reason }) =>
    `The commit ${q(base)}, with which changes are compared, is not here: ${showText(reason)}`,
  "everything-checked": ({ why, path }) => `Every import was checked, ${WHY[why](path)}.`,
  "trust-from-base": ({ commit }) =>
    `Registries, effects and exemptions are those of the commit ${showText(commit.slice(0, 12))}, not those of the change.`,
  "trust-changed": ({ keys, path }) =>
    `The change would change what is trusted: ${listKeys(keys)} in ${q(path)}. It takes effect once it is merged.`,
  offline: () => "No registry was asked, because the check was made offline.",
  configuration: ({ message }) => showText(message),
  unfetched: ({ count }) =>
    `${counted(count, "function")} could not be fetched, and ${count === 1 ? "was" : "were"} let pass without a check.`,
  "nothing-changed": () => "No file with an import of the pool has changed.",
};

const WHY: Readonly<
  Record<NoticeDataByCode["everything-checked"]["why"], (path: string | null) => string>
> = {
  pool: (path) => `because the pool has changed${at(path)}`,
  configuration: (path) => `because the configuration has changed${at(path)}`,
  base: () => "because it is not known what has changed",
};

function at(path: string | null): string {
  return path === null ? "" : ` (${q(path)})`;
}

/** Keys that are named; the others are counted. */
const MOST_KEYS = 5;

function listKeys(keys: readonly string[]): string {
  const left = keys.length - MOST_KEYS;
  const shown = keys.slice(0, MOST_KEYS).map(q).join(", ");
  return left > 0 ? `${shown} and ${groupDigits(left)} more` : shown;
}
