/** Functions on their way from one place to another, told to the user: pull, push and publish. */
import type { TransferProgress, TransferRefusal, Transferred } from "@ouverture/pool";
import { counted } from "./output/count.js";
import { shortHash } from "./output/hash.js";
import { openProgress } from "./output/progress.js";
import type { Session } from "./session.js";

/** What was done, for `--json`, and as a sentence. */
export interface TransferSummary {
  readonly from: string;
  readonly to: string;
  readonly added: readonly string[];
  /** How many were there already. */
  readonly known: number;
  readonly refused: readonly TransferRefusal[];
}

/**
 * Runs a transfer to its end, or to Ctrl-C between two functions. What is refused is told on the
 * error stream and makes the exit status 1.
 * @param begin starts it, and is given what to tell of its progress.
 */
export async function runTransfer(
  session: Session,
  names: { readonly title: string; readonly from: string; readonly to: string },
  begin: (onProgress: (progress: TransferProgress) => void) => AsyncIterable<Transferred>,
): Promise<TransferSummary> {
  const { signal } = session;
  const progress = openProgress(session, names.title);
  const added: string[] = [];
  const refused: TransferRefusal[] = [];
  let known = 0;
  try {
    for await (const one of begin(({ done }) => progress.update(done))) {
      if (one.outcome === "added") added.push(one.hash);
      else if (one.outcome === "known") known += 1;
      else refused.push(one);
      signal.throwIfAborted();
    }
  } finally {
    progress.end();
  }
  for (const refusal of refused) session.note(refusalLine(refusal));
  if (refused.length > 0) session.finish(1);
  return { from: names.from, to: names.to, added, known, refused };
}

/** `3 functions added to the user's pool, 2 there already, 1 refused`. */
export function summaryLine({ to, added, known, refused }: TransferSummary): string {
  const parts = [`${counted(added.length, "function")} added to ${to}`];
  if (known > 0) parts.push(`${known} there already`);
  if (refused.length > 0) parts.push(`${refused.length} refused`);
  return `${parts.join(", ")}\n`;
}

function refusalLine({ hash, mapping, message }: TransferRefusal): string {
  const what =
    mapping === null
      ? `function ${shortHash(hash)}`
      : `mapping ${shortHash(mapping.hash)} (${mapping.language}) of ${shortHash(hash)}`;
  return `refused: ${what}. ${message}`;
}
