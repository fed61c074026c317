/** `ouverture run`: a function with arguments, in Python and in the reader's language. */
import type { Command } from "commander";
import { fail } from "../failure.js";
import { bringClosure } from "../python/bring-closure.js";
import { findPython } from "../python/find-python.js";
import { startPython } from "../python/start-python.js";
import type { Session } from "../session.js";

interface RunFlags {
  readonly debug?: true;
  readonly normalized?: true;
  readonly python?: string;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Runs a function in Python and prints what it returns. It is checked first, with all that " +
        "it imports. What it raises is shown in the words of the language.",
    )
    .argument("<hash[@lang]>", "the function; its hash may be abbreviated")
    .argument("[args...]", "literals of Python, such as 3, [1,2] or None; else texts")
    .option("--debug", "in Python's debugger, from its first line on")
    .option("--normalized", "with the normal form beside the words of the language")
    .option("--python <program>", "the Python to run it in ($OUVERTURE_PYTHON, else python3)")
    .addHelpText("after", HELP)
    .action(async (name: string, args: string[], flags: RunFlags) => {
      await runFunction(name, args, flags, session);
    });
}

const HELP = `
Exit status: 0 it returned; 1 it raised, or is not what its hash says; 2 it could not be run.

Examples:
  $ ouverture run d06024133566@fra '[1, 2, 6]'
  3.0
  $ ouverture run --debug d06024133566 -- '[1, 2]'
`;

async function runFunction(
  name: string,
  args: readonly string[],
  flags: RunFlags,
  session: Session,
): Promise<void> {
  const { hash, language, mapping } = await session.resolveReference(name);
  const program = findPython(flags.python, session.outside);
  await bringClosure(hash, session);
  const reference = [hash, language, mapping].filter((part) => part !== null).join("@");
  const options = [
    ...(flags.debug === true ? ["--debug"] : []),
    ...(flags.normalized === true ? ["--normalized"] : []),
    ...(session.isJson ? ["--json"] : []),
  ];
  const isQuiet = session.isJson && flags.debug !== true;
  const run = await startPython(
    { program, args: ["run", ...options, reference, "--", ...args], isQuiet },
    session,
  );
  if (isQuiet) answer(run.stdout, run.stderr, { hash, language }, session);
  session.finish(run.status === 0 || run.status === 2 || run.status === 130 ? run.status : 1);
}

/** The document of Python, with what was run; what the function printed went to its errors. */
function answer(stdout: string, stderr: string, about: object, session: Session): void {
  const text = stdout.trim();
  if (text === "") fail(1, stderr.trim() || "Python ended without an answer.");
  session.outside.stderr.write(stderr);
  session.answer({ ...about, ...JSON.parse(text) }, () => "");
}
