/** `ouverture compile`: a function and all that it imports, as one file of Python. */
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { escapeText } from "@ouverture/core";
import type { Command } from "commander";
import { chooseReadings } from "../compile/choose-readings.js";
import { writeStandaloneFile } from "../compile/standalone-file.js";
import { fail } from "../failure.js";
import { counted } from "../output/count.js";
import { bringClosure } from "../python/bring-closure.js";
import type { Session } from "../session.js";

interface CompileFlags {
  readonly force?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Writes a function and all that it imports into one file of Python, which needs nothing of " +
        "the pool: to be imported, or to be run with arguments. Everything is checked first.",
    )
    .argument("<hash[@lang[@mapping]]>", "the function; hashes may be abbreviated")
    .argument("<file>", "the file to write; one that is there is kept")
    .option("--force", "write over a file that is there")
    .addHelpText("after", HELP)
    .action(async (name: string, file: string, flags: CompileFlags) => {
      await compile(name, file, flags, session);
    });
}

const HELP = `
Exit status: 0 it is written; 1 there is no such function, or not in this language; 2 it could not be done.

Example:
  $ ouverture compile 1a10a1ae3d69@eng discount.py
  $ python3 discount.py '[(2, 10)]' 25
`;

async function compile(
  name: string,
  file: string,
  flags: CompileFlags,
  session: Session,
): Promise<void> {
  const { hash, language, mapping } = await session.resolveReference(name);
  const path = resolve(session.outside.directory, file);
  if (flags.force !== true && existsSync(path)) {
    fail(1, `There is a file '${file}' already.`, "Name another one, or say --force.");
  }
  const closure = await bringClosure(hash, session);
  const { user } = await session.configuration();
  const source = await session.openSource({ isLocal: true });
  const { languages } = user;
  const readings = await chooseReadings({ source, closure, languages, language, mapping });
  writeFileSync(path, writeStandaloneFile(readings), { flag: flags.force === true ? "w" : "wx" });
  const root = readings.at(-1);
  const functions = readings.map(({ hash, language, name }) => ({ hash, language, name }));
  session.answer({ hash, language: root?.language ?? null, file, functions }, () => "");
  if (!session.isJson) {
    session.note(escapeText(`'${file}' has ${root?.name} and ${others(readings.length - 1)}.`));
  }
}

function others(count: number): string {
  return count === 0
    ? "imports nothing of the pool"
    : `${counted(count, "function")} that it imports`;
}
