/** `ouverture log`: what was added last, to the pools or to a registry. */
import type { ListedFunction } from "@ouverture/pool";
import type { Command } from "commander";
import { addIndexOptions, addLimitOption } from "../index-options.js";
import { logOfRegistry } from "../log-of-registry.js";
import { type IndexFlags, onlyOnce, withIndexes } from "../open-indexes.js";
import { renderFunctions } from "../output/function-table.js";
import type { Session } from "../session.js";

interface LogFlags extends IndexFlags {
  readonly limit: number;
}

export function define(command: Command, session: Session): void {
  command
    .description("Shows the functions that were added last, the newest first.")
    .argument("[registry]", "a registry, instead of the pools");
  addLimitOption(addIndexOptions(command), USUAL)
    .addHelpText("after", HELP)
    .action(async (registry: string | undefined, flags: LogFlags) => {
      const functions =
        registry === undefined
          ? await logOfPools(flags, session)
          : await logOfRegistry(registry, flags.limit, session);
      session.answer({ functions }, (screen) =>
        renderFunctions(functions, screen, { dates: true }),
      );
      if (functions.length === 0 && !session.isJson) session.note("There is no function yet.");
    });
}

const USUAL = 20;
const HELP = `
Exit status: 0 they are shown; 2 the pools or the registry could not be read.

Example:
  $ ouverture log --limit 5
`;

async function logOfPools(flags: LogFlags, session: Session): Promise<readonly ListedFunction[]> {
  return withIndexes(session, flags, async (indexes) => {
    const recent = await Promise.all(indexes.map((index) => index.recent(flags.limit)));
    return onlyOnce(recent.flat()).sort(byTime).slice(0, flags.limit);
  });
}

/** The newest first; functions of one second by their hashes. */
function byTime(a: ListedFunction, b: ListedFunction): number {
  if (a.created !== b.created) return a.created < b.created ? 1 : -1;
  return a.hash < b.hash ? -1 : 1;
}
