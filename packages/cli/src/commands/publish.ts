/** `ouverture publish`: functions with all that they import into a registry, for others to pull. */
import { type FunctionStore, isStore, pushClosure } from "@ouverture/pool";
import type { Command } from "commander";
import { addFiles, renderAdded } from "../add-files.js";
import { fail } from "../failure.js";
import type { Session } from "../session.js";
import { runTransfer, summaryLine } from "../transfer.js";

interface PublishFlags {
  readonly to?: string;
  readonly comment?: string;
  readonly user?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Stores the functions of files in the pool, then puts them and all that they import into a " +
        "registry: a commit in a git registry, files in a folder. What is there can be served as " +
        "a static site.",
    )
    .argument("<file@lang|hash...>", "Python files with their languages, or functions of the pools")
    .option("--to <registry>", "the registry (default: the first that can be written to)")
    .option("--comment <text>", "a note on the names in these files", "")
    .option("--user", "store in your own pool first, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (names: string[], flags: PublishFlags) => {
      await publish(names, flags, session);
    });
}

const HELP = `
Exit status: 0 everything is in the registry; 1 something is not; 2 it could not be done.

Example:
  $ ouverture publish mean.py@eng moyenne.py@fra --to company
`;

async function publish(
  names: readonly string[],
  flags: PublishFlags,
  session: Session,
): Promise<void> {
  const registry = await openTarget(flags.to, session);
  const files = names.filter(isFile);
  const hashes: string[] = [];
  for (const name of names.filter((one) => !isFile(one))) {
    hashes.push((await session.resolveReference(name)).hash);
  }
  const added = await addFiles(files, { ...flags, tag: [] }, session);
  hashes.push(...added.functions.map(({ hash }) => hash));
  const source = await session.openSource({ allMappings: true });
  const journey = { title: "Publishing", from: source.name, to: registry.name };
  const summary = await runTransfer(session, journey, (onProgress) =>
    pushClosure(source, registry, new Set(hashes), { onProgress }),
  );
  const document = { pool: added.pool, functions: added.functions, ...summary };
  session.answer(document, (screen) => renderAdded(added, screen) + summaryLine(summary));
}

/** A hash has neither a dot nor a separator. */
function isFile(name: string): boolean {
  return /[./\\]/.test(name);
}

async function openTarget(name: string | undefined, session: Session): Promise<FunctionStore> {
  const { registries } = await session.configuration();
  const writable = registries.find(({ read_only, url }) => read_only !== true && !isWeb(url));
  const chosen = name ?? writable?.name;
  if (chosen === undefined) {
    const hint =
      "'ouverture remote add NAME URL' adds one: a folder (file://) or a git repository.";
    fail(2, "There is no registry that can be written to.", hint);
  }
  const registry = await session.openRegistry(chosen);
  if (isStore(registry)) return registry;
  return fail(
    2,
    `The registry '${chosen}' is only read.`,
    "Publish to the folder or git repository that it is served from.",
  );
}

/** A site is only read; the folder or repository behind it is written. */
function isWeb(url: string): boolean {
  return /^https?:/i.test(url);
}
