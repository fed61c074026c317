/** `init --repo`: shows each file that the repository lacks, asks, and writes it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { escapeText } from "@ouverture/core";
import { fail } from "../failure.js";
import { type Cell, renderCell } from "../output/cell.js";
import type { Screen } from "../output/screen.js";
import { askConfirmation, canAsk } from "../prompts.js";
import type { Session } from "../session.js";
import { planRepositoryFiles, type RepositoryFile } from "./repository-files.js";

export interface SetupFlags {
  readonly yes?: true;
  readonly dryRun?: true;
}

/** What was done with a file. */
type Action = "written" | "would-write" | "left-out" | "there" | "by-hand";

export async function setUpRepository(flags: SetupFlags, session: Session): Promise<void> {
  const { directory, environment } = session.outside;
  const { root, sources } = await session.configuration();
  const hasConfiguration = sources.some(({ kind }) => kind === "repository");
  const files = planRepositoryFiles(root, environment, hasConfiguration);
  const lacking = files.filter(({ state }) => state === "to-do");
  if (lacking.length > 0 && !flags.yes && !flags.dryRun && !canAsk(session)) {
    const names = lacking.map(({ path }) => shownPath(root, path)).join(", ");
    fail(2, `There is no terminal to ask at whether to write ${names}.`, WITHOUT_TERMINAL);
  }
  const done: { file: RepositoryFile; action: Action }[] = [];
  for (const file of files) done.push({ file, action: await treat(file, flags, session) });
  const document = {
    repository: root,
    files: done.map(({ file, action }) => ({
      path: shownPath(root, file.path),
      action,
      content: file.content,
      lines: action === "by-hand" ? file.lines : [],
    })),
  };
  session.answer(document, (screen) =>
    done
      .map(({ file, action }) => summaryOf(file, action, shownPath(directory, file.path), screen))
      .join(""),
  );
}

const WITHOUT_TERMINAL = "Give --yes to write them, or --dry-run to see them.";

async function treat(file: RepositoryFile, flags: SetupFlags, session: Session): Promise<Action> {
  if (file.state === "done") return "there";
  if (file.state === "by-hand") return "by-hand";
  if (flags.dryRun) return "would-write";
  if (!flags.yes && !(await isAgreed(file, session))) return "left-out";
  write(file);
  return "written";
}

async function isAgreed(file: RepositoryFile, session: Session): Promise<boolean> {
  const path = escapeText(shownPath(session.outside.directory, file.path));
  if (file.content !== null) session.note(`\n${preview(file.content, session.noteScreen)}`);
  return askConfirmation(session, {
    message: `Write ${path}, ${file.purpose}?`,
    option: "--yes",
  });
}

/** Nothing that is there is touched: somebody may have put it there in the meantime. */
function write({ path, content, mode }: RepositoryFile): void {
  mkdirSync(content === null ? path : dirname(path), { recursive: true });
  if (content !== null) writeFileSync(path, content, { flag: "wx", mode });
}

function preview(content: string, screen: Screen): string {
  const lines = content.trimEnd().split("\n");
  return lines
    .map((text) => `  ${renderCell({ text, paint: screen.paint.faint }, screen)}`)
    .join("\n");
}

const SUMMARY: Readonly<Record<Action, string>> = {
  written: "written",
  "would-write": "would be written:",
  "left-out": "left out",
  there: "is there already",
  "by-hand": "is there already, and stays as it is; add to it:",
};

function summaryOf(file: RepositoryFile, action: Action, path: string, screen: Screen): string {
  const { paint } = screen;
  const mark = action === "by-hand" || action === "left-out" ? paint.warning("!") : paint.good("✓");
  const name: Cell = { text: path, paint: paint.strong };
  const below =
    action === "by-hand"
      ? `${file.lines.map((line) => `    ${line}`).join("\n")}\n`
      : action === "would-write" && file.content !== null
        ? `${preview(file.content, screen)}\n`
        : "";
  return `${mark} ${renderCell(name, screen)} ${SUMMARY[action]}\n${below}`;
}

function shownPath(from: string, path: string): string {
  return (relative(from, path) || ".").split(sep).join("/");
}
