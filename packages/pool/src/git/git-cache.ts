/**
 * The copy of a remote repository that is kept in the cache. All processes share its
 * objects, which git writes without locks; the few files that git locks (references, the
 * ends of a shallow history) each has for itself, in a folder of its own. So nobody waits
 * for anybody, and a process that is killed blocks nobody.
 */
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { errorCode } from "../directory/safe-file.js";
import { runGit } from "./git-process.js";

/** How the repository names its objects. */
export type ObjectFormat = "sha1" | "sha256";

/** Where git works: its folder, and the variables that say so. */
export interface GitPlace {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface GitCache {
  readonly place: GitPlace;
  readonly format: ObjectFormat;
  /** The commit that was fetched last; `null` where there is none. */
  tip(): string | null;
  /** Was ever something fetched? */
  readonly isKnown: boolean;
  /** Takes a commit that is there by now as the tip, and tells other processes. */
  setTip(commit: string | null): void;
  /** Changes the format of a copy that has nothing yet. */
  setFormat(format: ObjectFormat): void;
  /** Are there so many packs and objects that a new copy is faster? */
  isCluttered(): boolean;
  close(): void;
}

/** Something in the copy is not as git left it: the copy has to be made anew. */
export class DamagedCopy extends Error {
  override readonly name = "DamagedCopy";
}

/** The reference of the tip. */
export const TIP = "refs/ouverture/tip";

/** Opens the copy in the folder `base`, which need not be there. Throws errors of the system. */
export function openGitCache(base: string): GitCache {
  const objects = join(base, "objects");
  mkdirSync(objects, { recursive: true });
  sweepViews(base);
  let state = readState(base);
  const isKnown = state !== null;
  const directory = join(base, `${VIEW}${process.pid}-${randomBytes(6).toString("hex")}`);
  mkdirSync(join(directory, "refs", "ouverture"), { recursive: true });
  writeFileSync(join(directory, "HEAD"), "ref: refs/heads/none\n");
  writeConfig(state?.format ?? "sha1");
  writeTip(state?.tip ?? null);
  const shallowFile = join(directory, "shallow");
  if (state !== null && state.shallow.length > 0) {
    writeFileSync(shallowFile, `${state.shallow.join("\n")}\n`);
  }

  function writeConfig(format: ObjectFormat): void {
    const version = format === "sha256" ? 1 : 0;
    const extension = format === "sha256" ? "[extensions]\n\tobjectformat = sha256\n" : "";
    // What is lost in a crash is fetched again.
    const core = `[core]\n\trepositoryformatversion = ${version}\n\tbare = true\n\tfsync = none\n`;
    writeFileSync(join(directory, "config"), core + extension);
  }
  function writeTip(tip: string | null): void {
    const file = join(directory, ...TIP.split("/"));
    if (tip === null) rmSync(file, { force: true });
    else writeFileSync(file, `${tip}\n`);
  }
  /** Older ends of the history are behind the tip, where it is one itself. */
  function readShallow(tip: string | null): string[] {
    const ends = readLines(shallowFile);
    return tip !== null && ends.includes(tip) ? [tip] : ends;
  }

  return {
    place: {
      directory,
      environment: { GIT_DIR: directory, GIT_OBJECT_DIRECTORY: objects, GIT_NO_LAZY_FETCH: "1" },
    },
    isKnown,
    get format() {
      return state?.format ?? "sha1";
    },
    tip: () => state?.tip ?? null,
    setTip(tip) {
      writeTip(tip);
      state = { tip, shallow: readShallow(tip), format: state?.format ?? "sha1" };
      writeState(base, state);
    },
    setFormat(format) {
      writeConfig(format);
      state = { tip: null, shallow: [], format };
    },
    isCluttered: () =>
      countEntries(join(objects, "pack")) > MOST_PACK_FILES ||
      countEntries(join(objects, "17")) > MOST_LOOSE_IN_ONE_OF_256,
    close: () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** The commit that a reference of the place means; `null` where there is none. */
export function readReference({ directory }: GitPlace, reference: string): string | null {
  return readLines(join(directory, ...reference.split("/")))[0] ?? null;
}

/** The error of the system where git could not be started: the copy may be gone meanwhile. */
export function whyNotStarted({ directory }: Pick<GitPlace, "directory">, error: Error): Error {
  return existsSync(directory) ? error : new DamagedCopy(`${directory} is gone`, { cause: error });
}

/** Does git say that objects of the copy are missing or broken? */
export function saysDamage(stderr: string): boolean {
  return /corrupt|inflate|bad object|not a valid (?:object|commit)|unable to (?:read|find)|could not read [0-9a-f]{40}|not a git repository/i.test(
    stderr,
  );
}

/** Is something of the copy missing or broken? */
export async function isDamaged({ place }: GitCache): Promise<boolean> {
  const args = ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"];
  return (await runGit(args, place)).status !== 0;
}

/** Takes a copy that is damaged out of the way. Who still reads it finds that it is gone. */
export function discardGitCache(base: string): void {
  const away = `${base}.${randomBytes(6).toString("hex")}.old`;
  try {
    renameSync(base, away);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  rmSync(away, { recursive: true, force: true, maxRetries: 3 });
}

const VIEW = "view-";
const STATE = "state.json";
/** Two or three files each. */
const MOST_PACK_FILES = 150;
const MOST_LOOSE_IN_ONE_OF_256 = 40;
/** No process reads for so long. */
const OLD_MILLISECONDS = 7 * 24 * 3_600_000;

interface State {
  readonly tip: string | null;
  readonly shallow: readonly string[];
  readonly format: ObjectFormat;
}

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** What is no state that was written here is none: the copy is then fetched anew. */
function readState(base: string): State | null {
  try {
    const { tip, shallow, format }: Partial<Record<string, unknown>> = JSON.parse(
      readFileSync(join(base, STATE), "utf8"),
    );
    if (tip !== null && (typeof tip !== "string" || !ID.test(tip))) return null;
    if (format !== "sha1" && format !== "sha256") return null;
    if (!Array.isArray(shallow)) return null;
    return { tip, shallow: shallow.filter((end) => ID.test(String(end))).map(String), format };
  } catch {
    return null;
  }
}

function writeState(base: string, state: State): void {
  const beside = join(base, `${VIEW}${process.pid}-${randomBytes(6).toString("hex")}.tmp`);
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, join(base, STATE));
}

/** Removes what processes that were killed left. */
function sweepViews(base: string): void {
  for (const name of readdirSync(base)) {
    if (!name.startsWith(VIEW)) continue;
    const place = join(base, name);
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats === undefined || Date.now() - stats.mtimeMs < OLD_MILLISECONDS) continue;
    rmSync(place, { recursive: true, force: true });
  }
}

function readLines(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => ID.test(line));
}

function countEntries(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
