/** `ouverture add`: functions of files into the pool, each in the language that it is written in. */
import type { Command } from "commander";
import { type AddFlags, addFiles, renderAdded } from "../add-files.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Normalizes the function of each file and stores it in the pool of the repository, or in " +
        "yours where the repository has none. Nothing is stored before all files are checked.",
    )
    .argument("<file@lang...>", "a Python file with one function, and its language: mean.py@eng")
    .option("--comment <text>", "a note on this variant of the names", "")
    .option("--tag <tag>", "a word to find a new function by (may be repeated)", collect, [])
    .option("--user", "store in your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (files: string[], flags: AddFlags) => {
      const added = await addFiles(files, flags, session);
      session.answer(added, (screen) => renderAdded(added, screen));
    });
}

const HELP = `
Exit status: 0 all is stored; 1 a file is no function that can be stored; 2 it could not be done.

Example:
  $ ouverture add mean.py@eng moyenne.py@fra
`;

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
