/** Where the step works: the repository in the workspace, and the paths of it that are meant. */
import { realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Folders, quoteName } from "@ouverture/core";
import { findRepository } from "@ouverture/pool";
import { InputError, type Inputs, type Variables } from "./inputs.js";

export interface Place {
  /** Where the runner has checked out; real, as all that follow. */
  readonly workspace: string;
  /** The folder that the inputs are relative to. */
  readonly directory: string;
  readonly root: string;
  /** What GitHub calls the repository and its pool, before the paths of the report. */
  readonly folders: Folders;
  /** Relative to `root`, with `/`; empty for all of it. */
  readonly paths: readonly string[];
  /** The file that configures the repository, where an input names one, relative to `root`. */
  readonly configuration: string | undefined;
  /** The folder of the pool, where an input names one. */
  readonly pool: string | undefined;
}

/** Finds the repository. Throws an `InputError` where an input leads out of the workspace. */
export function findPlace(inputs: Inputs, variables: Variables, home: string): Place {
  const workspace = realpathSync(variables.GITHUB_WORKSPACE || process.cwd());
  const directory = folderIn(workspace, inputs.directory);
  const found = findRepository(directory, home);
  // A runner may have its workspace in a repository of its own.
  const root = isWithin(workspace, found) ? found : directory;
  const paths = inputs.paths.map((path) => pathIn("paths", root, directory, path));
  const pool = inputs.pool === undefined ? undefined : resolve(directory, inputs.pool);
  const within = slashes(relative(root, directory));
  return {
    workspace,
    directory,
    root,
    folders: {
      root: slashes(relative(workspace, root)),
      ...(pool === undefined ? {} : { pool: slashes(relative(workspace, pool)) }),
    },
    paths: paths.length === 0 && within !== "" ? [within] : paths.filter((path) => path !== ""),
    configuration: inputs.config === undefined ? undefined : fileIn(root, directory, inputs.config),
    pool,
  };
}

/** Whether a path is a folder or in it. Both are real, or both are not. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** A link of the repository could lead anywhere. */
function folderIn(workspace: string, name: string): string {
  const path = resolve(workspace, name);
  const stats = statSync(path, { throwIfNoEntry: false });
  const input = `The input 'working-directory' is ${quoteName(name)}, and`;
  if (stats?.isDirectory() !== true) throw new InputError(`${input} there is no such folder.`);
  const real = realpathSync(path);
  if (isWithin(workspace, real)) return real;
  throw new InputError(`${input} has to be a folder in the workspace.`);
}

function fileIn(root: string, directory: string, name: string): string {
  const path = pathIn("config", root, directory, name);
  if (statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true) return path;
  throw new InputError(`The input 'config' is ${quoteName(name)}, and there is no such file.`);
}

function pathIn(input: string, root: string, directory: string, name: string): string {
  const path = relative(root, join(directory, name));
  if (!isAbsolute(name) && isWithin(root, join(root, path))) return slashes(path);
  throw new InputError(
    `The input '${input}' names ${quoteName(name)}, and has to name what is in the repository.`,
  );
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}
