/** A report in the format that was asked for, and where it goes. */
import { lstatSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Report, renderTerminal } from "@ouverture/core";
import { POOL_FOLDER, replaceFile } from "@ouverture/pool";
import { fail } from "../failure.js";
import type { Session } from "../session.js";
import type { ReportFormat, VerifyFlags } from "./verify-flags.js";

/**
 * Shows a report, or writes it whole to the file of `--output` and shows it for people.
 * @param root the repository, as it is seen from the working directory; "" where it is that.
 */
export async function giveReport(
  report: Report,
  flags: VerifyFlags,
  root: string,
  session: Session,
): Promise<void> {
  const format = flags.format ?? (session.isJson ? "json" : "terminal");
  if (flags.output === undefined) {
    session.print(await render(report, format, flags, root, session, true));
    return;
  }
  const text = await render(report, format, flags, root, session, false);
  await writeReport(flags.output, text, session);
  session.print(await render(report, "terminal", flags, root, session, true));
}

async function render(
  report: Report,
  format: ReportFormat,
  flags: VerifyFlags,
  root: string,
  session: Session,
  isShown: boolean,
): Promise<string> {
  const quiet = flags.quiet === true;
  const folders = { root, pool: root === "" ? POOL_FOLDER : `${root}/${POOL_FOLDER}` };
  if (format === "terminal") {
    const paint = isShown ? { paint: session.screen.paint } : {};
    return renderTerminal(report, { ...folders, quiet, ...paint });
  }
  const { renderForProgram } = await import("./render-for-program.js");
  return renderForProgram(report, format, folders, quiet);
}

/** Whole or not at all; what is no file, such as /dev/stderr, is written to as it is. */
async function writeReport(file: string, text: string, { outside }: Session): Promise<void> {
  const path = resolve(outside.directory, file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) fail(2, `'${file}' is a folder.`, "Name a file in it.");
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (isLink || (stats !== undefined && !stats.isFile())) writeFileSync(path, text);
  else await replaceFile(path, text);
}
