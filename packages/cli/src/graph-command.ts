/** What `deps` and `callers` share: the graph around a function, in three forms. */
import type { Command } from "commander";
import { fail } from "./failure.js";
import type { FunctionGraph } from "./function-graph.js";
import { renderDot, renderGraph } from "./output/graph.js";
import type { Session } from "./session.js";

export interface GraphFlags {
  readonly dot?: true;
}

/** Adds the argument and the option of a graph. */
export function addGraphOptions(command: Command): Command {
  return command
    .argument("<hash>", "the function; its hash may be abbreviated")
    .option("--dot", "in the language of Graphviz");
}

/** Shows the graph around `root`. Fails where `root` is in no pool. */
export function answerGraph(
  graph: FunctionGraph,
  root: string,
  { dot, isReversed }: GraphFlags & { readonly isReversed: boolean },
  session: Session,
): void {
  if (graph.get(root)?.state === "missing") {
    fail(
      1,
      `No pool or registry has the function ${root}.`,
      "'ouverture list' shows those there are.",
    );
  }
  if ([...graph.values()].some(({ state }) => state !== "present")) session.finish(1);
  session.answer({ hash: root, functions: [...graph.values()] }, (screen) =>
    dot === true ? renderDot(graph, isReversed) : renderGraph(graph, root, screen),
  );
}
