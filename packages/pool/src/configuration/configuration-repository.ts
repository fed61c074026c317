/**
 * What a repository says of itself: .ouverture/config.yaml, or [tool.ouverture] in
 * pyproject.toml; on the disk, or as the index or a commit has them.
 */
import { existsSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { escapeText } from "@ouverture/core";
import { POOL_FOLDER } from "../sources/find-repository.js";
import type { RepositoryView } from "../sources/repository-view.js";
import { ConfigurationError } from "./configuration-fault.js";
import {
  decodeYaml,
  readPyproject,
  readPyprojectText,
  readRepositoryFile,
  readViewText,
} from "./configuration-file.js";
import type { ConfigurationMemory } from "./configuration-memory.js";
import type { PartialConfiguration } from "./configuration-schema.js";

/** Where they are, relative to the root, with `/`; `null` where such a one is not read. */
export interface ConfigurationFiles {
  readonly own: string | null;
  readonly pyproject: string | null;
}

export const CONFIGURATION_FILES: ConfigurationFiles = {
  own: `${POOL_FOLDER}/config.yaml`,
  pyproject: "pyproject.toml",
};

/** The one file that is read where somebody names it, relative to the root. */
export function nameConfiguration(path: string): ConfigurationFiles {
  return path.endsWith(".toml") ? { own: null, pyproject: path } : { own: path, pyproject: null };
}

export interface RepositoryFile {
  /** As people call it. */
  readonly name: string;
  /** Relative to the root. */
  readonly path: string;
  readonly content: PartialConfiguration;
}

/** Where the files of a repository are read. */
export type ConfigurationView = Pick<RepositoryView, "label" | "read">;

/**
 * Reads the files on the disk; `null` where there are none. Throws a `ConfigurationError`.
 * @param pool the folder of the pool; `null` where what is called so is none.
 */
export async function readRepository(
  root: string,
  pool: string | null,
  memory?: ConfigurationMemory,
  files = CONFIGURATION_FILES,
): Promise<RepositoryFile | null> {
  const own = files.own === null ? null : join(root, files.own);
  const pyproject = files.pyproject === null ? null : join(root, files.pyproject);
  // The repository's pool may be a link.
  const folder = files.own === CONFIGURATION_FILES.own ? pool : root;
  return oneOf(
    { file: own, path: files.own },
    own === null || folder === null ? null : await readRepositoryFile(folder, own, memory),
    { file: pyproject, path: files.pyproject },
    pyproject === null ? null : await readPyproject(root, pyproject, memory),
  );
}

/** Reads the files of a view; `null` where it has none. Throws a `ConfigurationError`. */
export async function readRepositoryView(
  view: ConfigurationView,
  hasPool: boolean,
  files = CONFIGURATION_FILES,
): Promise<RepositoryFile | null> {
  const isRead = hasPool || files.own !== CONFIGURATION_FILES.own;
  const own = await readText(view, isRead ? files.own : null);
  const pyproject = await readText(view, files.pyproject);
  return oneOf(
    { file: own.file, path: files.own },
    own.text === null ? null : await decodeYaml(own.file, own.text),
    { file: pyproject.file, path: files.pyproject },
    pyproject.text === null ? null : await readPyprojectText(pyproject.file, pyproject.text),
  );
}

async function readText(
  view: ConfigurationView,
  path: string | null,
): Promise<{ readonly file: string; readonly text: string | null }> {
  const file = `${path}${view.label}`;
  return { file, text: path === null ? null : await readViewText(view, path, file) };
}

/** As `readRepository`; what a sparse checkout left out is read from the view. */
export async function readWorkingTree(
  root: string,
  pool: string | null,
  view: ConfigurationView,
  memory: ConfigurationMemory,
  files = CONFIGURATION_FILES,
): Promise<RepositoryFile | null> {
  const named = [files.own, files.pyproject].filter((path) => path !== null);
  const isWhole = named.every((path) => existsSync(join(root, path)));
  const own = pool !== null && isFolderBelow(root, pool) ? pool : null;
  const onDisk = await readRepository(root, own, memory, files);
  return onDisk ?? (isWhole ? null : await readRepositoryView(view, pool !== null, files));
}

/** A link that leads out of the repository is no folder of it. */
function isFolderBelow(root: string, folder: string): boolean {
  try {
    const place = realpathSync(folder);
    return statSync(place).isDirectory() && place.startsWith(join(realpathSync(root), sep));
  } catch {
    return false;
  }
}

/** A file as people call it, and relative to the root. */
interface Candidate {
  readonly file: string | null;
  readonly path: string | null;
}

function oneOf(
  own: Candidate,
  content: PartialConfiguration | null,
  pyproject: Candidate,
  table: PartialConfiguration | null,
): RepositoryFile | null {
  if (content !== null && table !== null) {
    const message = `${own.file} and [tool.ouverture] in ${pyproject.file} both configure this repository. Keep one of them.`;
    throw new ConfigurationError(own.file ?? "", escapeText(message));
  }
  if (content !== null) return { name: own.file ?? "", path: own.path ?? "", content };
  if (table === null) return null;
  return { name: pyproject.file ?? "", path: pyproject.path ?? "", content: table };
}
