/** The places that a repository's functions come from besides its own pool. */
import type { Configuration } from "../configuration/configuration.js";
import type { Environment } from "../configuration/locations.js";
import { openDirectoryPool } from "../directory/directory-pool.js";
import { ownVersion } from "../own-version.js";
import { deferSource } from "../registry/defer-source.js";
import { type LayeredSource, openLayeredSource } from "../registry/layered-source.js";
import { openRegistry } from "../registry/registry.js";

export interface LayersOptions {
  readonly environment: Environment;
  readonly offline: boolean;
  /** Milliseconds for a request. */
  readonly timeout: number | undefined;
  readonly retries: number | undefined;
}

/**
 * The user's pool, and unless offline the registries by their priority. What these give, and
 * was checked, is kept in the user's pool.
 */
export function openLayers(
  { userPool, registries, cache }: Configuration,
  options: LayersOptions,
): LayeredSource {
  const user = openDirectoryPool(userPool, { name: "the user's pool" });
  const remote = (options.offline ? [] : registries).map((settings) =>
    deferSource(settings.name, () =>
      openRegistry(settings, { ...options, cache, userAgent: `ouverture/${ownVersion()}` }),
    ),
  );
  return openLayeredSource({ layers: [user, ...remote], keep: user, nearestMappings: true });
}
