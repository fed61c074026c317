/**
 * The configuration that a repository is verified by. Whoever proposes a change does not
 * say what is trusted: with a trusted commit the repository's part is what it says there.
 */

import { join } from "node:path";
import { escapeText, type Notice } from "@ouverture/core";
import {
  type Configuration,
  type ConfigurationOptions,
  mergeConfiguration,
  openMemory,
} from "../configuration/configuration.js";
import {
  type ConfigurationFiles,
  type RepositoryFile,
  readRepositoryView,
  readWorkingTree,
} from "../configuration/configuration-repository.js";
import { differingKeys } from "../configuration/configuration-settings.js";
import { locate } from "../configuration/locations.js";
import { type GitRepository, RepositoryError } from "../git/git-repository.js";
import { isSameFolder, POOL_FOLDER } from "../sources/find-repository.js";
import { openCommitView } from "../sources/git-views.js";
import type { RepositoryView } from "../sources/repository-view.js";
import { type CommitOptions, findCommit } from "./find-commit.js";

export interface SettingsOptions extends Omit<ConfigurationOptions, "directory">, CommitOptions {
  readonly root: string;
  readonly repository: GitRepository | null;
  /** What is looked at, and whether it is the working tree. */
  readonly view: RepositoryView;
  readonly isOnDisk: boolean;
  readonly trustedCommit: string | undefined;
  /** Where the repository's part is. */
  readonly files: ConfigurationFiles;
}

export interface TrustedSettings {
  readonly configuration: Configuration;
  readonly notices: readonly Notice[];
}

/** Reads the configuration. Throws a `ConfigurationError`, or a `RepositoryError`. */
export async function readSettings(options: SettingsOptions): Promise<TrustedSettings> {
  const { root, environment, trustedCommit, files } = options;
  const places = locate(environment);
  // The folder of the user's configuration is no repository's.
  const pool = isSameFolder(root, places.home) ? null : join(root, POOL_FOLDER);
  const checked = options.isOnDisk
    ? await readWorkingTree(root, pool, options.view, openMemory(places, "repository"), files)
    : await readRepositoryView(options.view, pool !== null, files);
  const trusted =
    trustedCommit === undefined ? null : await readTrusted(trustedCommit, pool !== null, options);
  const file = trusted === null ? checked : trusted.file;
  const configuration = await mergeConfiguration({
    ...options,
    places,
    root,
    pool,
    repository: file,
  });
  const messages = configuration.notices.map((message): Notice => {
    return { code: "configuration", data: { message } };
  });
  return {
    configuration,
    notices: [...(trusted === null ? [] : trustNotices(trusted, checked, files)), ...messages],
  };
}

interface Trusted {
  readonly commit: string;
  readonly file: RepositoryFile | null;
}

async function readTrusted(
  name: string,
  hasPool: boolean,
  { repository, files, ...options }: SettingsOptions,
): Promise<Trusted> {
  const found =
    repository === null
      ? { missing: "There is no repository of git." }
      : await findCommit(repository, name, options);
  if (repository === null || "missing" in found) {
    const why = "missing" in found ? found.missing : "";
    throw new RepositoryError(
      `The commit '${escapeText(name)}', whose settings are trusted, is not to be had. ${why} Nothing was checked.`,
    );
  }
  const { commit } = found;
  const paths = [files.own, files.pyproject].filter((path) => path !== null);
  const view = openCommitView(repository, commit, paths);
  try {
    return { commit, file: await readRepositoryView(view, hasPool, files) };
  } finally {
    await view.close();
  }
}

function trustNotices(
  { commit, file }: Trusted,
  checked: RepositoryFile | null,
  files: ConfigurationFiles,
): Notice[] {
  const keys = differingKeys(file?.content ?? {}, checked?.content ?? {});
  const path = checked?.path ?? file?.path ?? files.own ?? "";
  const changed: Notice[] =
    keys.length === 0 ? [] : [{ code: "trust-changed", data: { keys, path } }];
  return [{ code: "trust-from-base", data: { commit } }, ...changed];
}
