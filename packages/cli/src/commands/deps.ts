/** `ouverture deps`: what a function imports from the pool, and so on. */
import type { Command } from "commander";
import { followDependencies } from "../function-graph.js";
import { addGraphOptions, answerGraph, type GraphFlags } from "../graph-command.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command.description(
    "Shows the functions of the pool that a function imports, and what those import, as a tree.",
  );
  addGraphOptions(command)
    .addHelpText("after", HELP)
    .action(async (digits: string, flags: GraphFlags) => {
      const hash = await session.resolveHash(digits);
      const { user } = await session.configuration();
      const graph = await followDependencies(await session.openSource(), hash, user.languages);
      answerGraph(graph, hash, { ...flags, isReversed: false }, session);
    });
}

const HELP = `
Exit status: 0 it is shown; 1 a function is missing, or is not what its hash says; 2 it could not be done.

Example:
  $ ouverture deps 1a10a1ae3d69 --dot | dot -Tsvg > deps.svg
`;
