/** `ouverture vendor`: what the repository imports, into its own pool, for use without a network. */
import { join } from "node:path";
import { listImports, openDirectoryPool, POOL_FOLDER, pullClosure } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { checkReadLanguage } from "../language.js";
import { counted } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import { askConfirmation } from "../prompts.js";
import { readClosure } from "../python/bring-closure.js";
import type { Session } from "../session.js";
import { runTransfer, summaryLine } from "../transfer.js";
import { listSurplus, removeFunctions } from "../vendor/prune-pool.js";

interface VendorFlags {
  readonly languages?: string;
  readonly prune?: true;
  readonly yes?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Writes every function that the sources of the repository import, and all that those " +
        `import, into ${POOL_FOLDER}/ of the repository. Everything is checked before it is written.`,
    )
    .option("--languages <lang,...>", "only names in these languages, where a function has some")
    .option("--prune", "remove the functions that nothing in the repository imports any more")
    .option("--yes", "remove them without a question")
    .addHelpText("after", HELP)
    .action(async (flags: VendorFlags) => {
      await vendor(flags, session);
    });
}

const HELP = `
Exit status: 0 everything is there; 1 something is not; 2 it could not be done.

Example:
  $ ouverture vendor --prune
`;

async function vendor(flags: VendorFlags, session: Session): Promise<void> {
  const languages = await readLanguages(flags.languages);
  const { root } = await session.configuration();
  const pool = openDirectoryPool(join(root, POOL_FOLDER), { name: "the repository's pool" });
  const hashes = await listImports(root);
  const source = await session.openSource({ allMappings: true, isPassing: true });
  const journey = { title: "Vendoring", from: source.name, to: pool.name };
  const summary = await runTransfer(session, journey, (onProgress) =>
    pullClosure(source, pool, hashes, { languages, update: true, onProgress }),
  );
  const needed = new Set<string>();
  for (const hash of hashes) {
    for (const one of (await readClosure(pool, hash)) ?? []) needed.add(one.object.hash);
  }
  const surplus = await listSurplus(pool, needed);
  const isWhole = summary.refused.length === 0;
  const removed = flags.prune === true && isWhole ? await prune(surplus, pool, flags, session) : [];
  session.answer({ ...summary, surplus, removed }, () => {
    const kept = surplus.length - removed.length;
    const pruned = removed.length === 0 ? "" : `${counted(removed.length, "function")} removed\n`;
    const hint =
      kept === 0
        ? ""
        : `${counted(kept, "function")} of it ${kept === 1 ? "is" : "are"} imported by nothing here` +
          (isWhole ? ": --prune removes what is not needed\n" : "; nothing is removed now\n");
    return summaryLine(summary) + pruned + hint;
  });
}

async function readLanguages(text: string | undefined): Promise<string[] | undefined> {
  if (text === undefined) return undefined;
  const languages = text.split(/[\s,]+/).filter((one) => one !== "");
  if (languages.length === 0) fail(2, "--languages names none.", "Example: --languages eng,fra.");
  for (const language of languages) await checkReadLanguage(language);
  return languages;
}

/** Asks before it removes. Gives the hashes of what is gone. */
async function prune(
  surplus: readonly string[],
  pool: { readonly directory: string },
  { yes }: VendorFlags,
  session: Session,
): Promise<readonly string[]> {
  if (surplus.length === 0) return [];
  const shown = surplus.slice(0, MOST_SHOWN).map(shortHash).join(", ");
  const more = surplus.length > MOST_SHOWN ? ` and ${surplus.length - MOST_SHOWN} more` : "";
  const message = `Remove ${counted(surplus.length, "function")} (${shown}${more})?`;
  const isWanted =
    yes === true || (await askConfirmation(session, { message, option: "--yes", initial: false }));
  if (!isWanted) return [];
  session.signal.throwIfAborted();
  removeFunctions(pool.directory, surplus);
  return surplus;
}

const MOST_SHOWN = 5;
