/** The commands as commander knows them: those that are wanted with all they take, others by name. */
import { Command, Option } from "commander";
import { COMMANDS } from "./commands.js";
import type { Session } from "./session.js";
import { ownVersion } from "./version.js";

/**
 * Builds the tree of commands. Only the module of `wanted` is loaded: the others are listed. They
 * are left out where it is that command that is run.
 */
export async function buildProgram(session: Session, args: readonly string[]): Promise<Command> {
  const wanted = commandOf(args);
  const isRun = args[0] === wanted && COMMANDS.some(({ name }) => name === wanted);
  const { outside } = session;
  const program = new Command("ouverture")
    .description("Functions that are imported by hash, and the check that they are what it says.")
    .version(ownVersion(), "--version", "show the version")
    .helpOption("-h, --help", "show this help")
    .addHelpCommand(helpCommand())
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => session.screen.paint.strong(title),
      // Descriptions keep beside the options on narrow terminals, too.
      minWidthToWrap: 20,
    })
    .configureOutput({
      writeOut: (text) => void outside.stdout.write(text),
      writeErr: (text) => void outside.stderr.write(text),
      // What is wrong with the arguments is said by run.ts, from the error.
      outputError: () => {},
      getOutHelpWidth: () => Math.min(session.screen.width, WIDEST_HELP),
      getErrHelpWidth: () => Math.min(session.noteScreen.width, WIDEST_HELP),
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    });
  for (const { name, summary, group, load } of COMMANDS) {
    if (isRun && name !== wanted) continue;
    const command = program.command(name).summary(summary).description(summary);
    command.helpGroup(`${group}:`);
    if (name !== wanted) continue;
    const { define } = await load();
    define(command, session);
    for (const leaf of leavesOf(command)) leaf.addOption(jsonOption());
  }
  return program;
}

/** The name of the command that these arguments call; `undefined` where they call none. */
export function commandOf(args: readonly string[]): string | undefined {
  const words = args.filter((arg) => !arg.startsWith("-"));
  return words[0] === "help" ? words[1] : words[0];
}

/** Help is read best where lines are not too long. */
const WIDEST_HELP = 100;

const EXAMPLES = `
Examples:
  $ ouverture add mean.py@eng
  $ ouverture search mean
  $ ouverture get d06024133566@fra
  $ ouverture verify --all
`;

/** The commands below it that do something; itself, where it has none. */
function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function helpCommand(): Command {
  return new Command("help")
    .argument("[command]")
    .summary("show the help of a command")
    .helpGroup("Setup:");
}

function jsonOption(): Option {
  return new Option("--json", "give the answer as JSON, for machines");
}
