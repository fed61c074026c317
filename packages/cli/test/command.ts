/** The command as tests run it, and copies of the example to change. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { run } from "../src/run.js";

export const market = fileURLToPath(new URL("../../../examples/market", import.meta.url));

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder. */
export async function ouverture(
  directory: string,
  args: readonly string[],
  more: { readonly environment?: Record<string, string>; readonly isTerminal?: boolean } = {},
): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const status = await run(args, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    directory,
    environment: more.environment ?? {},
    isTerminal: more.isTerminal ?? false,
  });
  return { status, stdout, stderr };
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ouverture-cli-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the example, for one test. */
export function copyOfMarket(): string {
  const folder = temporaryFolder();
  cpSync(market, folder, { recursive: true });
  return folder;
}
