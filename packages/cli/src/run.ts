/** The `ouverture` command: arguments to commands, and what goes wrong to one sentence. */
import { readFileSync } from "node:fs";
import { escapeText } from "@ouverture/core";
import { Command, CommanderError } from "commander";
import { addVerify } from "./commands/verify.js";
import type { ExitStatus, Outside } from "./outside.js";

/** Runs the command with these arguments, and gives its exit status. Never throws. */
export async function run(args: readonly string[], outside: Outside): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = new Command("ouverture")
    .description("Functions that are imported by hash, and the check that they are what it says.")
    .version(ownVersion(), "--version", "show the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", "\nExample:\n  $ ouverture verify --all")
    .exitOverride()
    .configureOutput({
      writeOut: outside.stdout,
      writeErr: outside.stderr,
      outputError: (text, write) => write(`ouverture: ${oneSentence(text)}\n`),
    });
  addVerify(program, outside, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const reason = error instanceof Error ? error.message : String(error);
    outside.stderr(`ouverture: ${escapeText(reason)}\n`);
    return 2;
  }
}

/** What commander says of wrong arguments, on one line. */
function oneSentence(text: string): string {
  const lines = text
    .replace(/^error: /, "")
    .trim()
    .split("\n");
  return `${lines.map(escapeText).join(" ")}; 'ouverture --help' says what there is.`;
}

function ownVersion(): string {
  const json: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const isPackage = typeof json === "object" && json !== null && "version" in json;
  return isPackage ? String(json.version) : "unknown";
}
