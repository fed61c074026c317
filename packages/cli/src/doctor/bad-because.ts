/** An error as something that `doctor` found. */
import { bad, type Check } from "@ouverture/pool";

/** What an error says, as what was found. */
export function badBecause(what: string, error: unknown): Check {
  return bad(what, error instanceof Error ? error.message : String(error), null);
}
