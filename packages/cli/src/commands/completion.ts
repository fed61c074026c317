/** `ouverture completion`: the script with which a shell completes our commands, and its answers. */
import { escapeText } from "@ouverture/core";
import { Argument, type Command, Option } from "commander";
import { completeWords } from "../completion/complete-words.js";
import { SHELL_SCRIPTS, SHELLS, type Shell } from "../completion/shell-scripts.js";
import { splitLine } from "../completion/split-line.js";
import { buildProgram } from "../program.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description("Prints the script with which a shell completes commands, options, hashes, files.")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addOption(new Option("--line <text>", "the line up to the cursor").hideHelp())
    .addHelpText("after", HELP)
    .action(async (shell: Shell, { line }: { readonly line?: string }) => {
      if (line !== undefined) await answer(shell, line, session);
      else {
        session.answer({ shell, script: SHELL_SCRIPTS[shell] }, () => SHELL_SCRIPTS[shell]);
      }
    });
}

const HELP = `
Examples:
  $ echo 'eval "$(ouverture completion bash)"' >> ~/.bashrc
  $ echo 'eval "$(ouverture completion zsh)"' >> ~/.zshrc
  $ ouverture completion fish > ~/.config/fish/completions/ouverture.fish
`;

async function answer(shell: Shell, line: string, session: Session): Promise<void> {
  const words = splitLine(line).slice(1);
  // The word that is typed may be the beginning of another command.
  const program = await buildProgram(session, words.slice(0, -1));
  const { values, files } = await completeWords(program, words, session);
  const parted = shell === "bash" ? (words.at(-1) ?? "").search(/[^@=:]*$/) : 0;
  const lines = values.map(
    ({ value, description }) => `${escapeText(value).slice(parted)}\t${escapeText(description)}`,
  );
  session.print([files ? "files" : "values", ...lines, ""].join("\n"));
}
