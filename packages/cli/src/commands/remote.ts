/** `ouverture remote`: the registries, and all of their functions to or from the pool. */
import { join } from "node:path";
import { escapeText } from "@ouverture/core";
import {
  addRegistry,
  isStore,
  POOL_FOLDER,
  pullClosure,
  pushClosure,
  removeRegistry,
} from "@ouverture/pool";
import { type Command, InvalidArgumentError } from "commander";
import { fail } from "../failure.js";
import { renderTable } from "../output/table.js";
import type { Session } from "../session.js";
import { runTransfer, summaryLine } from "../transfer.js";

interface PlaceFlags {
  /** The setting is the repository's, for all who work in it. */
  readonly repository?: true;
}
interface AddFlags extends PlaceFlags {
  readonly priority?: number;
  readonly tokenEnv?: string;
  readonly readOnly?: true;
}
interface TransferFlags {
  readonly user?: true;
  readonly update?: true;
}

export function define(command: Command, session: Session): void {
  command.description(
    "Registries are folders (file://), static sites (https://) and git repositories (git+https://, " +
      "git+ssh://, git@host:path, git+file://) that functions are pulled from and published to.",
  );
  command.addHelpText("after", HELP);
  command
    .command("add")
    .description("add a registry to your settings")
    .argument("<name>")
    .argument("<url>")
    .option("--priority <number>", "the smallest is asked first", readPriority)
    .option("--token-env <variable>", "the environment variable that holds the token for it")
    .option("--read-only", "never publish to it")
    .option("--repository", "in the settings of this repository, for all who work in it")
    .action(async (name: string, url: string, flags: AddFlags) => {
      await add(name, url, flags, session);
    });
  command
    .command("remove")
    .description("remove a registry from your settings")
    .argument("<name>")
    .option("--repository", "from the settings of this repository")
    .action(async (name: string, flags: PlaceFlags) => {
      await remove(name, flags, session);
    });
  command
    .command("list", { isDefault: true })
    .description("list the registries, in the order in which they are asked")
    .action(async () => {
      await list(session);
    });
  command
    .command("pull")
    .description("fetch all functions of a registry into the pool")
    .argument("<name>")
    .option("--update", "new names and languages for functions that are there already, too")
    .option("--user", "into your own pool, also inside a repository that has one")
    .action(async (name: string, flags: TransferFlags) => {
      await pull(name, flags, session);
    });
  command
    .command("push")
    .description("put all functions of the pool into a registry")
    .argument("<name>")
    .option("--user", "from your own pool, also inside a repository that has one")
    .action(async (name: string, flags: TransferFlags) => {
      await push(name, flags, session);
    });
}

const HELP = `
Exit status: 0 it is done; 1 something is refused, or there is no such registry; 2 it could not be done.

Example:
  $ ouverture remote add company git+https://git.example.com/team/pool.git --priority 1
  $ ouverture remote pull company
`;

function readPriority(text: string): number {
  if (/^[0-9]{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 0 on.");
}

async function add(name: string, url: string, flags: AddFlags, session: Session): Promise<void> {
  const file = await settingsFile(flags, session);
  const { priority, tokenEnv, readOnly } = flags;
  await addRegistry(file, {
    name,
    url,
    ...(priority === undefined ? {} : { priority }),
    ...(tokenEnv === undefined ? {} : { token_env: tokenEnv }),
    ...(readOnly === undefined ? {} : { read_only: readOnly }),
  });
  session.answer({ name, url, configuration: file }, () => {
    return escapeText(`The registry '${name}' is in ${file}.`).concat("\n");
  });
}

async function remove(name: string, flags: PlaceFlags, session: Session): Promise<void> {
  const file = await settingsFile(flags, session);
  if (!(await removeRegistry(file, name))) {
    fail(1, `There is no registry '${name}' in ${file}.`, "'ouverture remote list' shows all.");
  }
  session.answer({ name, configuration: file }, () => {
    return escapeText(`The registry '${name}' is no longer in ${file}.`).concat("\n");
  });
}

/** The file of the settings that are changed. */
async function settingsFile({ repository }: PlaceFlags, session: Session): Promise<string> {
  const { userConfiguration, repositoryPool } = await session.configuration();
  if (repository !== true) return userConfiguration;
  if (repositoryPool === null) {
    fail(2, `This repository has no ${POOL_FOLDER}.`, "'ouverture init --repo' makes it.");
  }
  return join(repositoryPool, "config.yaml");
}

async function list(session: Session): Promise<void> {
  const { registries } = await session.configuration();
  session.answer({ registries }, (screen) =>
    renderTable(
      [
        { title: "name" },
        { title: "priority", align: "right", isWhole: true },
        { title: "url" },
        { title: "" },
      ],
      registries.map(({ name, priority, url, read_only }) => [
        name,
        String(priority),
        url,
        read_only === true ? "read only" : "",
      ]),
      screen,
    ),
  );
  if (registries.length === 0 && !session.isJson) {
    session.note("There is no registry. 'ouverture remote add NAME URL' adds one.");
  }
}

async function pull(name: string, flags: TransferFlags, session: Session): Promise<void> {
  const registry = await session.openRegistry(name);
  const hashes = registry.list();
  if (hashes === null) {
    const hint = "Pull functions by their hashes: 'ouverture pull HASH'.";
    return fail(2, `The registry '${name}' cannot be listed.`, hint);
  }
  const pool = await session.currentPool({ user: flags.user });
  const journey = { title: "Fetching", from: name, to: pool.name };
  const summary = await runTransfer(session, journey, (onProgress) =>
    pullClosure(registry, pool, hashes, { update: flags.update ?? false, onProgress }),
  );
  session.answer(summary, () => summaryLine(summary));
}

async function push(name: string, flags: TransferFlags, session: Session): Promise<void> {
  const registry = await session.openRegistry(name);
  if (!isStore(registry)) {
    const hint = "Push to the folder or git repository that it is served from.";
    return fail(2, `The registry '${name}' is only read.`, hint);
  }
  const pool = await session.currentPool({ user: flags.user });
  const source = await session.openSource({ isLocal: true, allMappings: true });
  const journey = { title: "Publishing", from: pool.name, to: name };
  const summary = await runTransfer(session, journey, (onProgress) =>
    pushClosure(source, registry, pool.list() ?? [], { onProgress }),
  );
  session.answer(summary, () => summaryLine(summary));
}
