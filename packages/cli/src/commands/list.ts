/** `ouverture list`: all functions of the pools, by their names. */
import type { ListedFunction } from "@ouverture/pool";
import type { Command } from "commander";
import { addIndexOptions } from "../index-options.js";
import { type IndexFlags, onlyOnce, withIndexes } from "../open-indexes.js";
import { renderFunctions } from "../output/function-table.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command.description("Lists the functions of the repository's pool and of yours, by their names.");
  addIndexOptions(command)
    .addHelpText("after", HELP)
    .action(async (flags: IndexFlags) => {
      const functions = await withIndexes(session, flags, async (indexes) => {
        const listed: ListedFunction[] = [];
        for (const index of indexes) for await (const one of index.list()) listed.push(one);
        return onlyOnce(listed);
      });
      session.answer({ functions }, (screen) => renderFunctions(functions, screen));
      if (functions.length === 0 && !session.isJson) {
        session.note("The pools have no function yet. 'ouverture add FILE.py@LANG' adds one.");
      }
    });
}

const HELP = `
Exit status: 0 they are listed; 2 the pools could not be read.

Example:
  $ ouverture list
`;
