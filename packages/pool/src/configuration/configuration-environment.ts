/** The configuration that the environment and the command line hold, as a file would. */
import { configurationError, type KeyPath } from "./configuration-fault.js";
import type { PartialConfiguration } from "./configuration-schema.js";
import { type Environment, variableOf } from "./locations.js";

const TEXTS = {
  username: "OUVERTURE_USERNAME",
  email: "OUVERTURE_EMAIL",
  public_key: "OUVERTURE_PUBLIC_KEY",
} as const;
const LANGUAGES = "OUVERTURE_LANGUAGES";
const REGISTRIES = "OUVERTURE_REGISTRIES";
const TOKEN_HOSTS = "OUVERTURE_TOKEN_HOSTS";

/** What the environment says, and in which variables. An empty variable says nothing. */
export interface EnvironmentConfiguration {
  readonly content: PartialConfiguration;
  readonly variables: readonly string[];
}

/** Reads the variables `OUVERTURE_...` (docs/configuration.md). Throws a `ConfigurationError`. */
export async function readEnvironment(environment: Environment): Promise<EnvironmentConfiguration> {
  const variables = [...Object.values(TEXTS), LANGUAGES, REGISTRIES].filter(
    (variable) => variableOf(environment, variable) !== null,
  );
  if (variables.length === 0) return { content: {}, variables };
  const texts = Object.entries(TEXTS).map(([key, name]) => [key, variableOf(environment, name)]);
  const user = Object.fromEntries(texts.filter(([, value]) => value !== null));
  const languages = listOf(environment, LANGUAGES, /[\s,]+/);
  const registries = readEntries(REGISTRIES, listOf(environment, REGISTRIES, /\s+/));
  const value = { user: languages.length > 0 ? { ...user, languages } : user, registries };
  return { content: await decode(value, placeOfKey), variables };
}

/** The registries that the command line names, each as `name=url`. */
export async function readCommandLine(entries: readonly string[]): Promise<PartialConfiguration> {
  if (entries.length === 0) return {};
  return decode({ registries: readEntries(COMMAND_LINE, entries) }, () => COMMAND_LINE);
}

const COMMAND_LINE = "the command line";

/** The hosts (`host` or `host:port`) that a token may go to although a repository names it. */
export function tokenHosts(environment: Environment): readonly string[] {
  return listOf(environment, TOKEN_HOSTS, /[\s,]+/).map((host) => host.toLowerCase());
}

function listOf(environment: Environment, variable: string, separator: RegExp): string[] {
  return (variableOf(environment, variable) ?? "").split(separator).filter((item) => item !== "");
}

/** What is wrong is not shown: there may be a password in it. */
function readEntries(place: string, entries: readonly string[]): unknown[] {
  return entries.map((entry, index) => {
    const at = entry.indexOf("=");
    if (at > 0) return { name: entry.slice(0, at), url: entry.slice(at + 1) };
    const message = "has to be written as name=url. Give it a name.";
    throw configurationError(place, null, { path: ["registries", index], message });
  });
}

function placeOfKey(path: KeyPath): string {
  const [section, key] = path;
  if (section === "registries") return REGISTRIES;
  return Object.entries(TEXTS).find(([name]) => name === key)?.[1] ?? LANGUAGES;
}

async function decode(
  value: unknown,
  placeOf: (path: KeyPath) => string,
): Promise<PartialConfiguration> {
  const { decodeConfiguration } = await import("./configuration-schema.js");
  const content = decodeConfiguration(value);
  if (content.ok) return content.value;
  throw configurationError(placeOf(content.fault.path), null, content.fault);
}
