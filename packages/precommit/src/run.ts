/** `ouverture-precommit`: arguments to commands, and what goes wrong to one sentence. */
import { parseArgs } from "node:util";
import { escapeText } from "@ouverture/core";
import { ConfigurationError, StoreError } from "@ouverture/pool";
import { Failure, fail } from "./failure.js";
import { HELP } from "./help.js";
import type { ExitStatus, Outside } from "./outside.js";
import { ownVersion } from "./version.js";

/** Runs a command, and gives its exit status. Never throws: what is not checked does not pass. */
export async function run(args: readonly string[], outside: Outside): Promise<ExitStatus> {
  try {
    return await runCommand(args, outside);
  } catch (error) {
    outside.note(`${outside.paint.error("ouverture-precommit:")} ${sentenceOf(error)}\n`);
    return 2;
  }
}

async function runCommand(args: readonly string[], outside: Outside): Promise<ExitStatus> {
  const { values, positionals } = parse(args);
  if (values.help) {
    outside.print(HELP);
    return 0;
  }
  if (values.version) {
    outside.print(`${ownVersion()}\n`);
    return 0;
  }
  const [name = "staged", ...operands] = positionals;
  const command = COMMANDS.get(name);
  if (command === undefined) {
    fail(`There is no command '${name}'.`, "'ouverture-precommit --help' says what there is.");
  }
  const given = Object.keys(values).filter((option) => !command.options.includes(option));
  if (given[0] !== undefined) fail(`${name} takes no --${given[0]}.`, SEE_HELP);
  if (operands.length > 0 && !command.takesFiles) {
    fail(`${name} takes no argument '${operands[0]}'.`, SEE_HELP);
  }
  return command.run(values, operands, outside);
}

const SEE_HELP = "'ouverture-precommit --help' shows how it is used.";

const OPTIONS = {
  "allow-unfetched": { type: "boolean" },
  "dry-run": { type: "boolean" },
  help: { type: "boolean", short: "h" },
  "lint-staged": { type: "boolean" },
  offline: { type: "boolean" },
  online: { type: "boolean" },
  plain: { type: "boolean" },
  version: { type: "boolean" },
  yes: { type: "boolean", short: "y" },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's sentences are good; what follows them is about quoting.
    const [message = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    return fail(`${message.replace(/\.$/, "")}.`, SEE_HELP);
  }
}

/** What the options say; each command is given those that it takes. */
export type Flags = ReturnType<typeof parse>["values"];

interface Command {
  readonly options: readonly string[];
  /** Takes it names of files? */
  readonly takesFiles: boolean;
  readonly run: (flags: Flags, files: readonly string[], outside: Outside) => Promise<ExitStatus>;
}

/** Only the module of the one that runs is loaded. */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    "staged",
    {
      options: ["allow-unfetched", "offline", "online"],
      // lint-staged puts them after a command; all that is staged is checked, whatever they say.
      takesFiles: true,
      run: async (flags, _, outside) =>
        (await import("./commands/staged.js")).checkStaged(flags, outside),
    },
  ],
  [
    "verify-all",
    {
      options: ["allow-unfetched", "offline", "online"],
      takesFiles: false,
      run: async (flags, _, outside) =>
        (await import("./commands/verify-all.js")).checkAll(flags, outside),
    },
  ],
  [
    "verify-files",
    {
      options: ["allow-unfetched", "offline", "online"],
      takesFiles: true,
      run: async (flags, files, outside) =>
        (await import("./commands/verify-files.js")).checkFiles(files, flags, outside),
    },
  ],
  [
    "install",
    {
      options: ["dry-run", "lint-staged", "plain", "yes"],
      takesFiles: false,
      run: async (flags, _, outside) =>
        (await import("./commands/install.js")).install(flags, outside),
    },
  ],
  [
    "uninstall",
    {
      options: ["dry-run", "yes"],
      takesFiles: false,
      run: async (flags, _, outside) =>
        (await import("./commands/install.js")).uninstall(flags, outside),
    },
  ],
  [
    "doctor",
    {
      options: [],
      takesFiles: false,
      run: async (_, __, outside) => (await import("./commands/doctor.js")).examine(outside),
    },
  ],
]);

/** What went wrong, and what to do. A defect shows where it is. */
function sentenceOf(error: unknown): string {
  if (error instanceof Failure) {
    return escapeText(error.hint === null ? error.message : `${error.message} ${error.hint}`);
  }
  if (!(error instanceof Error)) return escapeText(String(error));
  const isKnown =
    error instanceof ConfigurationError || error instanceof StoreError || !isDefect(error);
  if (isKnown) return escapeText(error.message);
  const stack = (error.stack ?? "").split("\n").slice(1).map(escapeText).join("\n");
  return `This is a defect: ${escapeText(error.message)}. Please report it with the lines below.\n${stack}`;
}

function isDefect(error: Error): boolean {
  // Node gives a code to its own errors; some of them are of these types.
  return DEFECTS.some((type) => error instanceof type) && !("code" in error);
}

const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];
