/** The places that a repository's functions come from besides its own pool. */
import type { Configuration } from "../configuration/configuration.js";
import type { Environment } from "../configuration/locations.js";
import { openDirectoryPool } from "../directory/directory-pool.js";
import { ownVersion } from "../own-version.js";
import { deferSource } from "../registry/defer-source.js";
import { type LayeredSource, openLayeredSource } from "../registry/layered-source.js";
import { openRegistry } from "../registry/registry.js";
import type { FunctionSource } from "../store.js";

export interface LayersOptions {
  readonly environment: Environment;
  readonly offline: boolean;
  /** Milliseconds for a request. */
  readonly timeout: number | undefined;
  readonly retries: number | undefined;
}

export interface Layers {
  /** The user's pool alone. It is the first of all. */
  readonly user: FunctionSource;
  readonly all: LayeredSource;
}

/**
 * The user's pool, and unless offline the registries by their priority. What these give, and
 * was checked, is kept in the user's pool.
 */
export function openLayers(
  { userPool, registries, cache }: Configuration,
  options: LayersOptions,
): Layers {
  const user = openDirectoryPool(userPool, { name: "the user's pool" });
  const remote = (options.offline ? [] : registries).map((settings) =>
    deferSource(settings.name, () =>
      openRegistry(settings, { ...options, cache, userAgent: `ouverture/${ownVersion()}` }),
    ),
  );
  const layers = [user, ...remote];
  return { user, all: openLayeredSource({ layers, keep: user, nearestMappings: true }) };
}
