/**
 * The lines of a hook that check what is imported. They stand between two comments, so that
 * they can be found, be brought up to date, and be taken away again, byte for byte.
 */

/** The check, as lines of a shell: each ends the hook where it fails. */
export type HookLines = readonly string[];

/**
 * Puts the lines at the end of a hook, in place of those that are there.
 * @param text what is in the hook; `null` where there is none.
 * @param isOfHusky husky needs no first line that names the shell.
 * @returns what is to be in it; `null` where it cannot be known that the lines would be reached,
 *   so that it is for people to say where they go.
 */
export function addHookLines(
  text: string | null,
  lines: HookLines,
  isOfHusky: boolean,
): string | null {
  const block = [FIRST, ...lines, LAST, ""].join("\n");
  if (text === null) return isOfHusky ? block : `${SHELL}\n${block}`;
  const there = BLOCK.exec(text);
  if (there !== null) {
    return text.slice(0, there.index) + block + text.slice(there.index + there[0].length);
  }
  if (!canEndWith(text, isOfHusky)) return null;
  return text === "" ? block : `${text}\n${block}`;
}

/** Takes the lines out of a hook. `null`: nothing else was in it, so that the file goes. */
export function removeHookLines(text: string): string | null {
  const there = BLOCK.exec(text);
  if (there === null) return text;
  const before = text.slice(0, there.index).replace(/\n$/, "");
  const rest = before + text.slice(there.index + there[0].length);
  return rest === "" || rest === SHELL ? null : rest;
}

/** Does a hook check what is imported, in these lines or in others? */
export function runsCheck(text: string): boolean {
  return /^[^#\n]*\bouverture(?:-precommit\b| verify\b)/m.test(text);
}

const SHELL = "#!/bin/sh";
const FIRST = "# >>> ouverture: no unverified import gets into a commit";
const LAST = "# <<< ouverture ('git commit --no-verify' goes without)";
const BLOCK = /^# >>> ouverture.*\n(?:.*\n)*?# <<< ouverture.*\n/m;

/** Are lines at the end of this script surely run, where all before them went well? */
function canEndWith(text: string, isOfHusky: boolean): boolean {
  const isShell = text.startsWith("#!") ? SHELLS.test(text) : isOfHusky || text.trim() === "";
  return isShell && !text.includes("\r") && !ENDS.test(text) && !OPEN.test(text);
}

const SHELLS = /^#![^\n]*[/ ](?:ba|da|k|z)?sh(?: |\n|$)/;
/** It ends before its end, or hands on to another program. */
const ENDS = /^(?:exit|exec|return)\b/m;
/** The last line goes on, or a text begins somewhere that only the shell finds the end of. */
const OPEN = /\\\n*$|<<-?\s*["'\\]?\w/;
