/** `ouverture pull`: functions from the registries into the pool, with all that they import. */
import { listImports, pullClosure, readFunction } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { counted } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import type { CurrentPool, Session } from "../session.js";
import { runTransfer, summaryLine } from "../transfer.js";

interface PullFlags {
  readonly all?: true;
  readonly recursive: boolean;
  readonly update?: true;
  readonly verify?: true;
  readonly user?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Fetches functions from the registries, with all that they import, into the pool of the " +
        "repository, or into yours where the repository has none. Everything is checked before it " +
        "is written.",
    )
    .argument("[hash[@lang]...]", "functions; with a language only their names in that one")
    .option("--all", "every function that the sources of the repository import")
    .option("--update", "new names and languages for functions that are there already, too")
    .option("--recursive", "with all that they import (the default)", true)
    .option("--no-recursive", "only the functions themselves")
    .option("--verify", "read everything back from the pool and check it again")
    .option("--user", "into your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (names: string[], flags: PullFlags) => {
      await pull(names, flags, session);
    });
}

const HELP = `
Exit status: 0 everything is in the pool; 1 something is not; 2 it could not be done.

Example:
  $ ouverture pull --all --update
`;

async function pull(names: readonly string[], flags: PullFlags, session: Session): Promise<void> {
  const isAll = flags.all === true;
  if (isAll === names.length > 0) {
    fail(2, "Name the functions to pull, or say --all.", "'ouverture pull --help' has an example.");
  }
  const { root } = await session.configuration();
  const wanted = isAll ? { hashes: await listImports(root) } : await readNames(names, session);
  const pool = await session.currentPool({ user: flags.user });
  const source = await session.openSource({ allMappings: true, isPassing: true });
  const journey = { title: "Fetching", from: source.name, to: pool.name };
  const summary = await runTransfer(session, journey, (onProgress) =>
    pullClosure(source, pool, wanted.hashes, {
      languages: wanted.languages,
      recursive: flags.recursive,
      update: flags.update ?? false,
      onProgress,
    }),
  );
  if (flags.verify === true) await checkAgain(pool, [...wanted.hashes, ...summary.added]);
  session.answer(summary, () => summaryLine(summary));
}

interface Wanted {
  readonly hashes: readonly string[];
  readonly languages?: readonly string[] | undefined;
}

/** Where each function is wanted in a language, only those languages are fetched. */
async function readNames(names: readonly string[], session: Session): Promise<Wanted> {
  const references = [];
  for (const name of names) references.push(await session.resolveReference(name));
  const languages = references.flatMap(({ language }) => (language === null ? [] : [language]));
  return {
    hashes: references.map(({ hash }) => hash),
    languages: languages.length === references.length ? languages : undefined,
  };
}

async function checkAgain(pool: CurrentPool, hashes: readonly string[]): Promise<void> {
  const bad: string[] = [];
  for (const hash of new Set(hashes)) {
    if ((await readFunction(pool, hash))?.ok !== true) bad.push(shortHash(hash));
  }
  if (bad.length === 0) return;
  const what = counted(bad.length, "function is", "functions are");
  fail(1, `${what} not in ${pool.name} as the hash says.`, null, bad);
}
