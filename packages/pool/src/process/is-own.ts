/** Whose a file is: what is believed, or run, has to be the user's own. */
import type { Stats } from "node:fs";

/** Is what was looked at the user's, and nobody else's to write? Systems without users do not tell. */
export function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
