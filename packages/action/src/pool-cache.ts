/**
 * The functions that registries gave, kept by GitHub from run to run. They are in the user's pool,
 * of which everything is checked again when it is read: what is restored is trusted no more than
 * a registry.
 */
import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { objectPath, type Report } from "@ouverture/core";
import { writeLog } from "./log.js";

export interface PoolCache {
  /** Keeps what this run has fetched besides. Never fails. */
  save(report: Report): Promise<void>;
}

/** Goes up when what is kept has another form. */
const PREFIX = "ouverture-pool-1-";

/** The cache that is used where there is nothing to keep. */
export const NO_CACHE: PoolCache = { save: async () => {} };

/** Restores the pool in `folder`. Without a service, or with one that fails, it stays empty. */
export async function restorePool(folder: string): Promise<PoolCache> {
  const { isFeatureAvailable, restoreCache, saveCache } = await import("@actions/cache");
  if (!isFeatureAvailable()) return NO_CACHE;
  const restored = await attempt("restored", () => restoreCache([folder], PREFIX, [PREFIX]));
  return {
    async save(report) {
      if (isSpoilt(report)) return;
      prune(folder, report);
      const files = listFiles(folder);
      const key = keyOf(files);
      if (files.length === 0 || key === restored) return;
      await attempt("saved", () => saveCache([folder], key));
    },
  };
}

/** What is content-addressed is the same where its names are. */
function keyOf(files: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  return `${PREFIX}${digest.slice(0, 32)}`;
}

function listFiles(folder: string): string[] {
  try {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
      .map((path) => path.replaceAll("\\", "/"))
      .sort();
  } catch {
    return [];
  }
}

/** What was restored is not what it was, and is better fetched again than kept. */
function isSpoilt({ findings }: Report): boolean {
  return findings.some(
    ({ code, data }) => code === "registry-fault" && "store" in data && data.store === USER_POOL,
  );
}

/** How the library calls the user's pool. */
const USER_POOL = "the user's pool";

/** From how many functions on those that this run did not need are forgotten. */
const MOST_FUNCTIONS = 10_000;

function prune(folder: string, { functions }: Report): void {
  const paths = functions.map(({ hash }) => objectPath(hash));
  const needed = new Set(paths.flatMap((path) => (path.ok ? [`/${dirname(path.value)}`] : [])));
  const held = new Set(
    listFiles(folder)
      .filter((path) => path.endsWith("/object.json"))
      .map((path) => path.slice(0, path.lastIndexOf("/"))),
  );
  if (held.size <= MOST_FUNCTIONS) return;
  for (const path of held) {
    if (!needed.has(path)) rmSync(join(folder, path), { recursive: true, force: true });
  }
}

/** A cache makes a run faster, and never another one. */
async function attempt<T>(what: string, task: () => Promise<T>): Promise<T | undefined> {
  const release = captureOutput();
  try {
    return await task();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return void writeLog(`The cache of fetched functions could not be ${what}: ${why}`);
  } finally {
    release();
  }
}

/**
 * What the library and tar print: as lines of the log, because a warning or an error of a cache is
 * none of the check's, and what a service has answered is foreign text.
 */
function captureOutput(): () => void {
  const { write } = process.stdout;
  let text = "";
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  return () => {
    process.stdout.write = write;
    const lines = text.split(/\r?\n/).filter((line) => line !== "" && !/^::debug::/.test(line));
    if (lines.length > 0) writeLog(lines.map((line) => line.replace(COMMAND, "")).join("\n"));
  };
}

const COMMAND = /^::[a-z-]+[^:]*::/;
