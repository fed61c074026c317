/**
 * The configuration: what the user, the repository, the environment and the command
 * line say, the later over the earlier (docs/configuration.md).
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import { escapeText } from "@ouverture/core";
import { findRepository, isSameFolder, POOL_FOLDER } from "../sources/find-repository.js";
import { readCommandLine, readEnvironment } from "./configuration-environment.js";
import { ConfigurationError } from "./configuration-fault.js";
import { readUserFile } from "./configuration-file.js";
import { type ConfigurationMemory, openConfigurationMemory } from "./configuration-memory.js";
import { mergeRegistries, type RegistrySettings } from "./configuration-registries.js";
import { type RepositoryFile, readRepository } from "./configuration-repository.js";
import type { ConfigurationKind, ConfigurationPart, PartialUser } from "./configuration-schema.js";
import { mergeVerify, type VerifySettings } from "./configuration-settings.js";
import { type Environment, type Locations, locate } from "./locations.js";

export interface Configuration {
  readonly user: UserSettings;
  /** In the order in which they are asked. */
  readonly registries: readonly RegistrySettings[];
  readonly verify: VerifySettings;
  readonly userPool: string;
  /** `null` where the repository has no pool, or there is no repository. */
  readonly repositoryPool: string | null;
  /** The repository's folder, or else the directory. */
  readonly root: string;
  readonly cache: string;
  /** The file that `whoami` and `remote` change; it need not exist. */
  readonly userConfiguration: string;
  /** What was read: files, and the names of variables. */
  readonly sources: readonly { readonly kind: ConfigurationKind; readonly path: string }[];
  /** What the user is to be told: one sentence each. */
  readonly notices: readonly string[];
}
/** Who the user is; `null` where nothing says so. */
export interface UserSettings {
  readonly username: string | null;
  readonly email: string | null;
  readonly public_key: string | null;
  /** The human languages to show functions in, the dearest first. */
  readonly languages: readonly string[];
}

export interface ConfigurationOptions {
  /** Where the command runs. */
  readonly directory: string;
  readonly environment: Environment;
  /** The registries of the command line, each as `name=url`. */
  readonly registries?: readonly string[] | undefined;
  /** What the command line allows and denies, each as `effect=allow`. */
  readonly policy?: readonly string[] | undefined;
}

/**
 * Reads the whole configuration. Throws a `ConfigurationError` where a part of it
 * cannot be read, or says what it may not.
 */
export async function loadConfiguration(options: ConfigurationOptions): Promise<Configuration> {
  const places = locate(options.environment);
  const { root, pool } = findPool(options.directory, places);
  const repository = await readRepository(root, pool, openMemory(places, "repository"));
  return mergeConfiguration({ ...options, places, root, pool, repository });
}

/** What a repository's file was found to say, or what the user's was. */
export function openMemory({ cache }: Locations, kind: ConfigurationKind): ConfigurationMemory {
  return openConfigurationMemory(join(cache, `configuration-${kind}.json`));
}

export interface Merging extends Omit<ConfigurationOptions, "directory"> {
  readonly places: Locations;
  readonly root: string;
  /** The folder of the repository's pool. */
  readonly pool: string | null;
  /** What the repository says. */
  readonly repository: RepositoryFile | null;
}

/** Reads the other parts of the configuration, and merges all of them. Throws as above. */
export async function mergeConfiguration(merging: Merging): Promise<Configuration> {
  const { environment, places, root, pool, repository } = merging;
  const user = await readUserFile(places.userConfiguration, openMemory(places, "user"));
  const variables = await readEnvironment(environment);
  const commandLine = await readCommandLine(merging.registries ?? [], merging.policy);
  const parts: readonly ConfigurationPart[] = [
    { kind: "user", content: user ?? {} },
    { kind: "repository", content: repository?.content ?? {} },
    { kind: "environment", content: variables.content },
    { kind: "command-line", content: commandLine },
  ];
  const { registries, notices } = mergeRegistries(parts, environment);
  return {
    user: mergeUser(parts),
    registries,
    verify: mergeVerify(parts, repository?.path ?? null),
    userPool: places.userPool,
    repositoryPool: pool,
    root,
    cache: places.cache,
    userConfiguration: places.userConfiguration,
    sources: [
      ...(user === null ? [] : [{ kind: "user" as const, path: places.userConfiguration }]),
      ...(repository === null ? [] : [{ kind: "repository" as const, path: repository.name }]),
      ...variables.variables.map((path) => ({ kind: "environment" as const, path })),
    ],
    notices: [...noticeOfTwo(places), ...noticeOfIdentity(repository), ...notices].map(escapeText),
  };
}

/** The user's own `~/.ouverture` holds a configuration, and makes no repository of the home. */
function findPool(
  directory: string,
  { home }: Locations,
): { readonly root: string; readonly pool: string | null } {
  const found = findRepository(directory, home);
  const pool = join(found, POOL_FOLDER);
  const stats = statSync(pool, { throwIfNoEntry: false });
  if (stats === undefined || isSameFolder(found, home)) return { root: found, pool: null };
  if (stats.isDirectory()) return { root: found, pool };
  throw new ConfigurationError(
    pool,
    escapeText(`${pool} is no folder, and a pool is one. Move it away.`),
  );
}

/** Who the user is, a repository does not say; in which languages it is read, it does. */
function mergeUser(parts: readonly ConfigurationPart[]): UserSettings {
  const users = parts.map(({ kind, content }): PartialUser => {
    const user = content.user ?? {};
    if (kind !== "repository") return user;
    return user.languages === undefined ? {} : { languages: user.languages };
  });
  const none: UserSettings = { username: null, email: null, public_key: null, languages: [] };
  const merged: UserSettings = Object.assign({}, none, ...users);
  return { ...merged, languages: [...new Set(merged.languages)] };
}

function noticeOfTwo({ userConfiguration, otherConfiguration }: Locations): string[] {
  if (otherConfiguration === null) return [];
  return [
    `${otherConfiguration} is not read, because there is ${userConfiguration}. Make one file of them.`,
  ];
}

function noticeOfIdentity(repository: RepositoryFile | null): string[] {
  const { languages: _, ...identity } = repository?.content.user ?? {};
  const keys = Object.keys(identity).map((key) => `user.${key}`);
  if (repository === null || keys.length === 0) return [];
  return [
    `${repository.name}: ${keys.join(", ")} has no effect, because a repository does not say who you are. Take it out there.`,
  ];
}
