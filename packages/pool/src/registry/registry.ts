/** From the settings of a registry to the registry (docs/pool.md, "Registries"). */
import { join } from "node:path";
import type { RegistrySettings } from "../configuration/configuration-registries.js";
import { type Environment, variableOf } from "../configuration/locations.js";
import { type FunctionSource, type FunctionStore, StoreError } from "../store.js";
import { parseRegistryUrl } from "./registry-url.js";

/** What is needed of the settings of a registry. */
export type RegistryAccess = Pick<RegistrySettings, "name" | "url" | "token_env" | "read_only">;

/** What a registry needs of the world. */
export interface RegistryContext {
  /** Has the variables that hold tokens. */
  readonly environment: Environment;
  /** The folder of what can be made again: clones are kept there. */
  readonly cache: string;
  /** Who publishes. */
  readonly identity?: { readonly name: string; readonly email: string } | undefined;
  /** Nothing is fetched: what was fetched before has to do. */
  readonly offline?: boolean | undefined;
  /** What web servers are told: `ouverture/1.2.3`. */
  readonly userAgent?: string | undefined;
  /** Milliseconds for a request, or without a sign of life; and how often it is made again. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
}

/**
 * Opens a registry, and loads what its kind needs. One on the web, and one that is
 * `read_only`, has no `add`. Throws a `StoreError` where the settings cannot be used.
 */
export async function openRegistry(
  settings: RegistryAccess,
  context: RegistryContext,
): Promise<FunctionSource | FunctionStore> {
  const { name, url, read_only = false } = settings;
  const place = parseRegistryUrl(url);
  switch (place.kind) {
    case "refused":
      throw new StoreError(name, `The URL of the registry ${name} ${place.why}`);
    case "directory": {
      const { openDirectoryRegistry } = await import("./directory-registry.js");
      const registry = openDirectoryRegistry(place.path, { name });
      return read_only ? withoutAdd(registry) : registry;
    }
    case "http": {
      if (context.offline) {
        throw new StoreError(
          name,
          `The registry ${name} is on the web, and nothing is fetched now.`,
        );
      }
      const { openHttpRegistry } = await import("../http/http-registry.js");
      const token = tokenOf(settings, context);
      const { userAgent, timeout, retries } = context;
      return openHttpRegistry({
        name,
        url,
        ...(token === null ? {} : { token }),
        ...(userAgent === undefined ? {} : { userAgent }),
        ...(timeout === undefined ? {} : { timeout }),
        ...(retries === undefined ? {} : { retries }),
      });
    }
    case "git": {
      const { openGitRegistry } = await import("../git/git-registry.js");
      const { identity, offline = false, timeout, retries } = context;
      const registry = openGitRegistry({
        name,
        url,
        cache: join(context.cache, "git"),
        readOnly: read_only,
        offline,
        ...(identity === undefined ? {} : { identity }),
        ...(timeout === undefined ? {} : { timeout }),
        ...(retries === undefined ? {} : { retries }),
      });
      return read_only ? withoutAdd(registry) : registry;
    }
  }
}

/** Can functions be put into it? */
export function isStore(source: FunctionSource): source is FunctionStore {
  return "add" in source;
}

function withoutAdd(store: FunctionStore): FunctionSource {
  const { add: _, ...source } = store;
  return source;
}

function tokenOf(
  { name, token_env }: RegistryAccess,
  { environment }: RegistryContext,
): string | null {
  if (token_env === undefined) return null;
  const token = variableOf(environment, token_env);
  if (token !== null) return token;
  const message = `The registry ${name} takes its token from $${token_env}, which is not set. Set it, or take token_env out of its settings.`;
  throw new StoreError(name, message);
}
