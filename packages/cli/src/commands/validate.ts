/** `ouverture validate`: the integrity of a pool, every file of it. */
import { escapeText } from "@ouverture/core";
import { type PoolSummary, type Problem, validatePool } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { counted } from "../output/count.js";
import { openProgress } from "../output/progress.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Reads every object and every mapping of the pool and checks that each is what its hash " +
        "says, that no dependency is missing, and that there is nothing else.",
    )
    .argument("[hash]", "only this function")
    .option("--user", "your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (digits: string | undefined, flags: { readonly user?: true }) => {
      await validate(digits, flags.user, session);
    });
}

const HELP = `
Exit status: 0 the pool is sound; 1 something in it is not; 2 it could not be read.

Example:
  $ ouverture validate
  11 functions, 28 mappings: no errors
`;

async function validate(
  digits: string | undefined,
  user: true | undefined,
  session: Session,
): Promise<void> {
  const pool = await session.currentPool({ user });
  const hash = digits === undefined ? undefined : await session.resolveHash(digits);
  const progress = openProgress(session, "Checking");
  const problems: Problem[] = [];
  const validation = validatePool(pool, { hash, onProgress: (done) => progress.update(done) });
  try {
    for await (const problem of validation) problems.push(problem);
  } finally {
    progress.end();
  }
  const { summary } = validation;
  if (hash !== undefined && summary.functions === 0 && problems.length === 0) {
    fail(1, `${pool.name} does not have the function ${hash}.`, "'ouverture pull' fetches it.");
  }
  if (summary.errors > 0) session.finish(1);
  session.answer({ pool: pool.directory, ...summary, problems }, ({ paint }) => {
    const lines = problems.map(({ severity, path, message }) => {
      const mark = severity === "error" ? paint.error("error") : paint.warning("notice");
      return `${mark} ${paint.strong(escapeText(path))}\n  ${message}\n`;
    });
    return [...lines, summaryLine(summary)].join("");
  });
}

function summaryLine({ functions, mappings, errors, notices }: PoolSummary): string {
  const seen = `${counted(functions, "function")}, ${counted(mappings, "mapping")}`;
  const errorsText = errors === 0 ? "no errors" : counted(errors, "error");
  const noticesText = notices === 0 ? "" : `, ${counted(notices, "notice")}`;
  return `${seen}: ${errorsText}${noticesText}\n`;
}
