/** The settings and the pools of a session. Apart from session.ts, because it loads the pools. */
import {
  type Configuration,
  deferSource,
  type FunctionSource,
  type FunctionStore,
  type LayeredSource,
  loadConfiguration,
  openDirectoryPool,
  openLayeredSource,
  openRegistry,
} from "@ouverture/pool";
import { fail } from "./failure.js";
import type { Outside } from "./outside.js";
import type { CurrentPool, SourceOptions } from "./session.js";
import { ownVersion } from "./version.js";

export function readConfiguration(outside: Outside): Promise<Configuration> {
  return loadConfiguration({ directory: outside.directory, environment: outside.environment });
}

/** The pool that commands write to (decisions/0017). */
export function openCurrentPool(configuration: Configuration, user: boolean): CurrentPool {
  const { repositoryPool, userPool } = configuration;
  return user || repositoryPool === null ? openUserPool(userPool) : openOwnPool(repositoryPool);
}

/** Everything that is read from, in the order of docs/pool.md, "Registries"; or only the pools. */
export function openLayers(
  configuration: Configuration,
  outside: Outside,
  { isLocal = false, allMappings = false, isPassing = false }: SourceOptions,
): LayeredSource {
  const { repositoryPool, userPool, registries } = configuration;
  const user = openUserPool(userPool);
  const own = repositoryPool === null ? [] : [openOwnPool(repositoryPool)];
  const asked = isLocal ? [] : registries;
  const remote = asked.map(({ name }) =>
    deferSource(name, () => openNamedRegistry(name, configuration, outside)),
  );
  const layers = [...own, user, ...remote];
  const keep = isPassing ? undefined : user;
  return openLayeredSource({ layers, keep, nearestMappings: !allMappings });
}

/** A registry of the configuration. Fails, with a suggestion, where none has the name. */
export async function openNamedRegistry(
  name: string,
  { registries, user, cache }: Configuration,
  { environment }: Outside,
): Promise<FunctionSource | FunctionStore> {
  const settings = registries.find((registry) => registry.name === name);
  if (settings === undefined) return failUnknown(name, registries);
  const { username, email } = user;
  return openRegistry(settings, {
    environment,
    cache,
    userAgent: `ouverture/${ownVersion()}`,
    ...(username === null || email === null ? {} : { identity: { name: username, email } }),
  });
}

function failUnknown(name: string, registries: Configuration["registries"]): never {
  if (registries.length === 0) {
    const hint = "'ouverture remote add NAME URL' adds one.";
    fail(2, `There is no registry '${name}', and none at all.`, hint);
  }
  const names = registries.map((registry) => registry.name);
  const hint = `There is ${names.map((one) => `'${one}'`).join(", ")}.`;
  fail(2, `There is no registry '${name}'.`, hint);
}

function openOwnPool(directory: string): CurrentPool {
  return openDirectoryPool(directory, { name: "the repository's pool" });
}
function openUserPool(directory: string): CurrentPool {
  return openDirectoryPool(directory, { name: "the user's pool" });
}
