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
const FAIL_ON = "OUVERTURE_FAIL_ON";
const ALLOW_EMPTY = "OUVERTURE_ALLOW_EMPTY";
const EXCLUDE = "OUVERTURE_EXCLUDE";
const POLICY = "OUVERTURE_POLICY";
const TOKEN_HOSTS = "OUVERTURE_TOKEN_HOSTS";

/** What the environment says, and in which variables. An empty variable says nothing. */
export interface EnvironmentConfiguration {
  readonly content: PartialConfiguration;
  readonly variables: readonly string[];
}

/** Reads the variables `OUVERTURE_...` (docs/configuration.md). Throws a `ConfigurationError`. */
export async function readEnvironment(environment: Environment): Promise<EnvironmentConfiguration> {
  const known = [LANGUAGES, REGISTRIES, FAIL_ON, ALLOW_EMPTY, EXCLUDE, POLICY];
  const variables = [...Object.values(TEXTS), ...known].filter(
    (variable) => variableOf(environment, variable) !== null,
  );
  if (variables.length === 0) return { content: {}, variables };
  const texts = Object.entries(TEXTS).map(([key, name]) => [key, variableOf(environment, name)]);
  const user = Object.fromEntries(texts.filter(([, value]) => value !== null));
  const languages = listOf(environment, LANGUAGES, /[\s,]+/);
  const registries = readEntries(REGISTRIES, listOf(environment, REGISTRIES, /\s+/));
  const verify = readVerify(environment);
  const value = { user: languages.length > 0 ? { ...user, languages } : user, registries, verify };
  return { content: await decode(value, placeOfKey), variables };
}

/** The registries that the command line names, as `name=url`, and its policy, as `effect=deny`. */
export async function readCommandLine(
  entries: readonly string[],
  policy: readonly string[] = [],
): Promise<PartialConfiguration> {
  if (entries.length + policy.length === 0) return {};
  const registries = readEntries(COMMAND_LINE, entries);
  const verify = { effects: readPolicy(COMMAND_LINE, policy) };
  return decode({ registries, verify }, () => COMMAND_LINE);
}

const COMMAND_LINE = "the command line";

/** The hosts (`host` or `host:port`) that a token may go to although a repository names it. */
export function tokenHosts(environment: Environment): readonly string[] {
  return listOf(environment, TOKEN_HOSTS, /[\s,]+/).map((host) => host.toLowerCase());
}

function listOf(environment: Environment, variable: string, separator: RegExp): string[] {
  return (variableOf(environment, variable) ?? "").split(separator).filter((item) => item !== "");
}

/** The section `verify`, as far as variables say something of it. */
function readVerify(environment: Environment): Readonly<Record<string, unknown>> {
  const failOn = variableOf(environment, FAIL_ON);
  const allowEmpty = variableOf(environment, ALLOW_EMPTY);
  const exclude = listOf(environment, EXCLUDE, /[\s,]+/);
  const policy = listOf(environment, POLICY, /[\s,]+/);
  return {
    ...(failOn === null ? {} : { fail_on: failOn }),
    ...(allowEmpty === null ? {} : { allow_empty: SWITCHES.get(allowEmpty) ?? allowEmpty }),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(policy.length === 0 ? {} : { effects: readPolicy(POLICY, policy) }),
  };
}

const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function readPolicy(place: string, entries: readonly string[]): Readonly<Record<string, string>> {
  const pairs = entries.map((entry, index) => {
    const [effect = "", verdict, more] = entry.split("=");
    if (verdict !== undefined && more === undefined) return [effect, verdict] as const;
    const message = "has to be written as effect=allow or effect=deny.";
    throw configurationError(place, null, { path: ["policy", index], message });
  });
  return Object.fromEntries(pairs);
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
  if (section === "verify") return OF_VERIFY[String(key)] ?? POLICY;
  return Object.entries(TEXTS).find(([name]) => name === key)?.[1] ?? LANGUAGES;
}

const OF_VERIFY: Readonly<Record<string, string | undefined>> = {
  fail_on: FAIL_ON,
  allow_empty: ALLOW_EMPTY,
  exclude: EXCLUDE,
};

async function decode(
  value: unknown,
  placeOf: (path: KeyPath) => string,
): Promise<PartialConfiguration> {
  const { decodeConfiguration } = await import("./configuration-schema.js");
  const content = decodeConfiguration(value);
  if (content.ok) return content.value;
  throw configurationError(placeOf(content.fault.path), null, content.fault);
}
