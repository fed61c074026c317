/**
 * A line on standard error that says how far a long command is; only on a terminal. It is our own
 * because the one of the library takes Ctrl-C for itself, and ends the process as if all were well.
 */
import { escapeText } from "@ouverture/core";
import type { Session } from "../session.js";
import { groupDigits } from "./count.js";

export interface Progress {
  /** So many are done, or what `text` says; redraws from time to time. */
  update(done: number, text?: string): void;
  /** Takes the line away. Call it before anything else is written, and in `finally`. */
  end(): void;
}

/**
 * Begins to tell. Nothing is shown of what is done in a third of a second.
 * @param title what is done: `Checking`.
 * @param total how many there will be, where that is known.
 */
export function openProgress(session: Session, title: string, total?: number): Progress {
  const { noteScreen, outside } = session;
  if (!noteScreen.isTerminal || outside.environment.TERM === "dumb") return SILENT;
  let drawn = outside.now().getTime() + DELAY - INTERVAL;
  let isShown = false;
  const of = total === undefined ? "" : ` of ${groupDigits(total)}`;
  return {
    update: (done, other) => {
      const now = outside.now().getTime();
      if (now - drawn < INTERVAL) return;
      drawn = now;
      isShown = true;
      const text = other ?? `${escapeText(title)} ${groupDigits(done)}${of}`;
      const line = text.slice(0, noteScreen.width - 1);
      outside.stderr.write(CLEAR_LINE + noteScreen.paint.faint(line));
    },
    end: () => {
      if (isShown) outside.stderr.write(CLEAR_LINE);
      isShown = false;
    },
  };
}

/** In milliseconds. */
const DELAY = 300;
const INTERVAL = 100;
const CLEAR_LINE = "\r\u001b[2K";
const SILENT: Progress = { update: () => {}, end: () => {} };
