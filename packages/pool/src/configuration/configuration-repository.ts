/**
 * What a repository says of itself: .ouverture/config.yaml, or [tool.ouverture] in
 * pyproject.toml; on the disk, or as the index or a commit has them.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
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

/** Where they are, relative to the root. */
export const CONFIGURATION_FILES = [`${POOL_FOLDER}/config.yaml`, "pyproject.toml"] as const;
const [OWN, PYPROJECT] = CONFIGURATION_FILES;

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
): Promise<RepositoryFile | null> {
  const file = join(root, OWN);
  const pyproject = join(root, PYPROJECT);
  return oneOf(
    file,
    pool === null ? null : await readRepositoryFile(pool, file, memory),
    pyproject,
    await readPyproject(root, pyproject, memory),
  );
}

/** Reads the files of a view; `null` where it has none. Throws a `ConfigurationError`. */
export async function readRepositoryView(
  view: ConfigurationView,
  hasPool: boolean,
): Promise<RepositoryFile | null> {
  const [file, pyproject] = [OWN + view.label, PYPROJECT + view.label];
  const own = hasPool ? await readViewText(view, OWN, file) : null;
  const table = await readViewText(view, PYPROJECT, pyproject);
  return oneOf(
    file,
    own === null ? null : await decodeYaml(file, own),
    pyproject,
    table === null ? null : await readPyprojectText(pyproject, table),
  );
}

/** As `readRepository`; what a sparse checkout left out is read from the view. */
export async function readWorkingTree(
  root: string,
  pool: string | null,
  view: ConfigurationView,
  memory: ConfigurationMemory,
): Promise<RepositoryFile | null> {
  const isWhole = CONFIGURATION_FILES.every((path) => existsSync(join(root, path)));
  const onDisk = await readRepository(root, pool, memory);
  return onDisk ?? (isWhole ? null : await readRepositoryView(view, pool !== null));
}

function oneOf(
  file: string,
  own: PartialConfiguration | null,
  pyproject: string,
  table: PartialConfiguration | null,
): RepositoryFile | null {
  if (own !== null && table !== null) {
    const message = `${file} and [tool.ouverture] in ${pyproject} both configure this repository. Keep one of them.`;
    throw new ConfigurationError(file, escapeText(message));
  }
  if (own !== null) return { name: file, path: OWN, content: own };
  return table === null ? null : { name: pyproject, path: PYPROJECT, content: table };
}
