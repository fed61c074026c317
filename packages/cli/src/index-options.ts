/** The options of the commands that look into the indexes of the pools. */
import { type Command, InvalidArgumentError } from "commander";

/** Adds `--user` and `--reindex`. */
export function addIndexOptions(command: Command): Command {
  return command
    .option("--user", "only your own pool, also inside a repository that has one")
    .option("--reindex", "read the whole pool anew; for changes that other programs made to it");
}

/** Adds `--limit`. */
export function addLimitOption(command: Command, usual: number): Command {
  return command.option("-n, --limit <number>", "how many at the most", readCount, usual);
}

function readCount(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 to 999999.");
}
