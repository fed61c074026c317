/** `ouverture migrate`: functions of the older tool to the form that is written today. */
import { escapeText, faultMessage } from "@ouverture/core";
import { type MigrationResult, type MigrationSummary, migratePool } from "@ouverture/pool";
import type { Command } from "commander";
import { counted } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import { openProgress } from "../output/progress.js";
import type { Session } from "../session.js";

interface MigrateFlags {
  readonly keepV0?: true;
  readonly dryRun?: true;
  readonly rehash?: true;
  readonly user?: true;
}

export function define(command: Command, session: Session): void {
  command
    .description(
      "Writes functions of schema 0 in schema 1, under the same hashes. With --rehash functions of " +
        "the older form get the hash that others give them, with all their names and languages; " +
        "the old ones stay. One that cannot be migrated is told, and the others go on.",
    )
    .argument("[hash]", "only this function")
    .option("--keep-v0", "keep the files of schema 0")
    .option("--dry-run", "say what would be done, and write nothing")
    .option("--rehash", "give functions of the older form their new hash, callees first")
    .option("--user", "your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (digits: string | undefined, flags: MigrateFlags) => {
      await migrate(digits, flags, session);
    });
}

const HELP = `
Exit status: 0 all is migrated; 1 a function is not, or not whole; 2 the pool could not be read or written.

Example:
  $ ouverture migrate --dry-run
`;

async function migrate(
  digits: string | undefined,
  { keepV0, dryRun, rehash, user }: MigrateFlags,
  session: Session,
): Promise<void> {
  const pool = await session.currentPool({ user });
  const hash = digits === undefined ? undefined : await session.resolveHash(digits);
  const progress = openProgress(session, "Migrating");
  const results: MigrationResult[] = [];
  const onResult = (result: MigrationResult): void => {
    results.push(result);
    progress.update(results.length);
  };
  let summary: MigrationSummary;
  try {
    summary = await migratePool(pool, { hash, keepV0, dryRun, rehash, onResult });
  } finally {
    progress.end();
  }
  if (results.some(isWanting)) session.finish(1);
  const document = { pool: pool.directory, dryRun: dryRun === true, ...summary, results };
  session.answer(document, () => {
    const lines = results.flatMap(linesOf);
    return [...lines, `${summaryLine(summary, dryRun === true)}\n`].join("");
  });
}

/** Was anything left behind? */
function isWanting({ outcome, findings, missing }: MigrationResult): boolean {
  return outcome === "refused" || findings.length > 0 || missing.length > 0;
}

function linesOf(result: MigrationResult): string[] {
  const { outcome, hash, now, path, findings, missing, message } = result;
  const first =
    outcome === "rehashed"
      ? `${hash} -> ${now}`
      : outcome === "refused"
        ? `refused: ${escapeText(path)}. ${message}`
        : `${outcome}: ${hash}`;
  return [
    `${first}\n`,
    ...findings.map(({ fault, language }) => {
      const where = language === null ? "" : `${escapeText(language)}: `;
      return `  ${where}${faultMessage(fault)}\n`;
    }),
    ...missing.map((one) => `  It imports ${shortHash(one)}, which is not in the pool.\n`),
  ];
}

function summaryLine(
  { migrated, rehashed, rewritten, refused }: MigrationSummary,
  isDry: boolean,
): string {
  const done = [
    `${counted(migrated, "function")} migrated`,
    ...(rehashed > 0 ? [`${rehashed} rehashed`] : []),
    ...(rewritten > 0 ? [`${rewritten} rewritten`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return isDry ? `Nothing is written. It would be: ${done.join(", ")}` : done.join(", ");
}
