/** `ouverture callers`: who imports a function, and so on, as far as the pools know. */
import type { Command } from "commander";
import { followCallers } from "../function-graph.js";
import { addGraphOptions, answerGraph, type GraphFlags } from "../graph-command.js";
import { addIndexOptions } from "../index-options.js";
import { type IndexFlags, withIndexes } from "../open-indexes.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command.description(
    "Shows the functions of the pools that import a function, and who imports those, as a tree.",
  );
  addIndexOptions(addGraphOptions(command))
    .addHelpText("after", HELP)
    .action(async (digits: string, flags: GraphFlags & IndexFlags) => {
      const hash = await session.resolveHash(digits);
      const { user } = await session.configuration();
      const source = await session.openSource({ isLocal: true });
      const graph = await withIndexes(session, flags, (indexes) =>
        followCallers(source, indexes, hash, user.languages),
      );
      answerGraph(graph, hash, { ...flags, isReversed: true }, session);
    });
}

const HELP = `
Exit status: 0 it is shown; 1 a function is missing, or is not what its hash says; 2 it could not be done.

Example:
  $ ouverture callers 1a10a1ae3d69
`;
