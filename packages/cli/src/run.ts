/** The `ouverture` command: arguments to commands, and what goes wrong to one sentence. */
import { escapeText } from "@ouverture/core";
import { CommanderError } from "commander";
import { COMMANDS } from "./commands.js";
import { Cancellation, CommandFailure, failureOf } from "./failure.js";
import { renderDocument } from "./output/json.js";
import type { ExitStatus, Outside } from "./outside.js";
import { buildProgram, commandOf } from "./program.js";
import { openSession, type Session } from "./session.js";

/** Runs the command with these arguments, and gives its exit status. Never throws. */
export async function run(args: readonly string[], outside: Outside): Promise<ExitStatus> {
  const opened = openSession(outside, asksForJson(args));
  const { session } = opened;
  const thrown = await attempt(() => runCommand(args, session));
  const closing = await attempt(async () => tell(await opened.close(), thrown, session));
  const error = thrown ?? closing;
  if (error === null) return opened.status();
  if (isHelp(error.reason)) return error.reason.exitCode === 0 ? 0 : 2;
  if (error.reason instanceof Cancellation || opened.isInterrupted()) {
    session.note("ouverture: Cancelled.");
    return 130;
  }
  return showFailure(failureFor(error.reason, args), session);
}

async function runCommand(args: readonly string[], session: Session): Promise<void> {
  const name = commandOf(args);
  const program = await buildProgram(session, args);
  // Help for what is no command: that is said as where it is called.
  const isLost = args[0] === "help" && name !== undefined && !isCommand(name);
  const wanted = isLost ? [name] : args.length === 0 ? ["--help"] : args;
  await program.parseAsync(wanted, { from: "user" });
}

function isCommand(name: string): boolean {
  return name === "help" || COMMANDS.some((command) => command.name === name);
}

/** What was thrown; `null` where nothing was. */
async function attempt(work: () => Promise<void>): Promise<{ readonly reason: unknown } | null> {
  try {
    await work();
    return null;
  } catch (reason) {
    return { reason };
  }
}

/** What went wrong beside, unless the command has failed just because of it. */
function tell(
  problems: readonly string[],
  thrown: { readonly reason: unknown } | null,
  session: Session,
): void {
  const said = thrown?.reason instanceof Error ? thrown.reason.message : "";
  for (const problem of problems) {
    if (!said.includes(problem)) session.note(`ouverture: ${escapeText(problem)}`);
  }
}

/** Codes of what commander throws once it has shown help, or the version. */
const HELP = new Set(["commander.help", "commander.helpDisplayed", "commander.version"]);

function isHelp(reason: unknown): reason is CommanderError {
  return reason instanceof CommanderError && HELP.has(reason.code);
}

function failureFor(reason: unknown, args: readonly string[]): CommandFailure {
  return reason instanceof CommanderError ? usageFailure(reason, args) : failureOf(reason);
}

/** Known before the command is, so that wrong arguments are answered in JSON, too. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).includes("--json");
}

/** What commander says of wrong arguments. */
function usageFailure({ message }: CommanderError, args: readonly string[]): CommandFailure {
  const text = message
    .replace(/^error: /, "")
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .replace(/\.?$/, ".");
  const name = commandOf(args);
  const help =
    name !== undefined && isCommand(name)
      ? `'ouverture ${name} --help' shows how it is used.`
      : "'ouverture --help' says what there is.";
  return new CommandFailure(2, text, help, []);
}

/** One sentence and what to do, on standard error; with `--json` a document on standard output. */
function showFailure(
  { status, message, hint, details }: CommandFailure,
  session: Session,
): ExitStatus {
  if (session.isJson) {
    session.print(renderDocument({ error: { status, message, hint, details } }));
    return status;
  }
  const name = session.noteScreen.paint.error("ouverture:");
  const text = escapeText(hint === null ? message : `${message} ${hint}`);
  session.note(
    [`${name} ${text}`, ...details.map((line) => `  ${escapeText(line.trim())}`)].join("\n"),
  );
  return status;
}
