/**
 * The registries of all parts of the configuration as one list, and which of them may
 * be sent a token: a repository could name any variable and any host.
 */

import { parseRegistryUrl } from "../registry/registry-url.js";
import { tokenHosts } from "./configuration-environment.js";
import type {
  ConfigurationKind,
  ConfigurationPart,
  RegistryEntry,
} from "./configuration-schema.js";
import type { Environment } from "./locations.js";

/** Where functions can be had, and how (docs/pool.md, "Registries"). */
export interface RegistrySettings {
  readonly name: string;
  readonly url: string;
  /** The smallest is asked first. */
  readonly priority: number;
  /** The variable that holds the token. */
  readonly token_env?: string;
  /** Nothing is to be published there. */
  readonly read_only?: boolean;
  /** What names it. */
  readonly from: ConfigurationKind;
}

/**
 * Merges by name: what a later part says of a registry is all that holds of it. Of
 * those of one priority the one that was named first comes first.
 */
export function mergeRegistries(
  parts: readonly ConfigurationPart[],
  environment: Environment,
): { readonly registries: readonly RegistrySettings[]; readonly notices: readonly string[] } {
  const own = parts.flatMap(({ kind, content }) =>
    kind === "user" ? (content.registries ?? []) : [],
  );
  const hosts = tokenHosts(environment);
  const merged = new Map<string, RegistrySettings>();
  const notices: string[] = [];
  for (const { kind, content } of parts) {
    for (const entry of content.registries ?? []) {
      const settings = { ...entry, from: kind };
      if (kind !== "repository") {
        merged.set(entry.name, settings);
        continue;
      }
      const replaced = merged.get(entry.name);
      if (replaced !== undefined && replaced.url !== entry.url) notices.push(replacement(entry));
      const isTrusted = mayHaveToken(entry, own, hosts);
      if (!isTrusted) notices.push(withheld(entry));
      const { token_env: _, ...withoutToken } = settings;
      merged.set(entry.name, isTrusted ? settings : withoutToken);
    }
  }
  const registries = [...merged.values()].sort((a, b) => a.priority - b.priority);
  return { registries, notices };
}

/** Has the user sent this variable to this place already, or named its host? */
function mayHaveToken(
  { url, token_env }: RegistryEntry,
  own: readonly RegistryEntry[],
  hosts: readonly string[],
): boolean {
  if (token_env === undefined) return true;
  const place = parseRegistryUrl(url);
  if (place.kind !== "http") return false;
  const { origin, host } = place;
  if (hosts.includes(host)) return true;
  return own.some((entry) => entry.token_env === token_env && originOf(entry.url) === origin);
}

function originOf(url: string): string | null {
  const place = parseRegistryUrl(url);
  return place.kind === "http" ? place.origin : null;
}

function withheld({ name, token_env }: RegistryEntry): string {
  return `The repository asks to send $${token_env} to its registry ${name}, and it is not sent. If you trust the host, name it in OUVERTURE_TOKEN_HOSTS.`;
}

function replacement({ name, url }: RegistryEntry): string {
  return `The repository's registry ${name} (${url}) takes the place of yours of that name. Rename yours to have both.`;
}
