/**
 * What may stand in a configuration, in whichever format it is written
 * (docs/configuration.md). Keys that are not named here are refused.
 */
import { mappingPath, type Result } from "@ouverture/core";
import * as v from "valibot";
import { parseRegistryUrl } from "../registry/registry-url.js";
import type { ConfigurationFault, KeyPath } from "./configuration-fault.js";
import { list, section, text } from "./configuration-section.js";
import { type PartialVerify, verifySection } from "./configuration-verify.js";

/** Registries are asked by this number, the smallest first. */
const DEFAULT_PRIORITY = 100;
const LAST_PRIORITY = 1_000_000;

const username = text(
  v.regex(/^[^<>\p{Cc}]{1,200}$/u, "has to be 1 to 200 characters, without < and >."),
);
const email = text(
  v.regex(/^[^\s@<>\p{Cc}]+@[^\s@<>\p{Cc}]{1,200}$/u, "is no address. Write it as name@host."),
);
const publicKey = text(v.regex(/^(?:\P{Cc}|[\n\r\t]){1,20000}$/u, "has to be a key, as text."));
const language = text(
  v.check(
    isLanguage,
    "is no name of a language. Write a code of three letters such as eng or fra, or a name of letters, digits, - and _.",
  ),
);
const name = text(
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "has to be 1 to 64 letters, digits, dots, - and _, the first a letter or a digit.",
  ),
);
const url = text(
  v.rawCheck<string>(({ dataset, addIssue }) => {
    const parsed = dataset.typed ? parseRegistryUrl(dataset.value) : null;
    if (parsed?.kind === "refused") addIssue({ message: parsed.why });
  }),
);
const PRIORITY = `has to be a whole number from 0 to ${LAST_PRIORITY}.`;
const priority = v.pipe(
  v.number(PRIORITY),
  v.integer(PRIORITY),
  v.minValue(0, PRIORITY),
  v.maxValue(LAST_PRIORITY, PRIORITY),
);
const variable = text(
  v.regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,199}$/,
    "has to be the name of an environment variable, and not the token itself.",
  ),
);

const userSection = section({
  username: v.exactOptional(username),
  email: v.exactOptional(email),
  public_key: v.exactOptional(publicKey),
  languages: v.exactOptional(list(language, "[eng, fra]")),
});
const registry = v.pipe(
  section({
    name,
    url,
    priority: v.exactOptional(priority, DEFAULT_PRIORITY),
    token_env: v.exactOptional(variable),
    read_only: v.exactOptional(v.boolean("has to be true or false.")),
  }),
  v.forward(
    v.check(
      ({ url, token_env }) => token_env === undefined || parseRegistryUrl(url).kind === "http",
      "is for registries on https. Take it out: git has credentials of its own, and a folder needs none.",
    ),
    ["token_env"],
  ),
);
const fileSchema = section({
  user: v.nullish(userSection),
  registries: v.nullish(list(registry, "- { name: ..., url: ... }")),
  verify: v.nullish(verifySection),
});

/** What one source of the configuration says. */
export type PartialConfiguration = Omit<v.InferOutput<typeof fileSchema>, "verify"> & {
  readonly verify?: PartialVerify | null | undefined;
};
export type PartialUser = v.InferOutput<typeof userSection>;
export type RegistryEntry = v.InferOutput<typeof registry>;

/** Where a part of the configuration is from. */
export type ConfigurationKind = "user" | "repository" | "environment" | "command-line";
export interface ConfigurationPart {
  readonly kind: ConfigurationKind;
  readonly content: PartialConfiguration;
}

/** Reads what a file or an environment holds. Fault: the first thing that is wrong. */
export function decodeConfiguration(
  value: unknown,
): Result<PartialConfiguration, ConfigurationFault> {
  const read = v.safeParse(fileSchema, value);
  if (!read.success) {
    // A key that is misspelt is missing as well, and what helps is how it is spelt.
    const issue = read.issues.find(({ expected }) => expected === "never") ?? read.issues[0];
    return { ok: false, fault: { path: pathOf(issue), message: issue.message } };
  }
  const names = (read.output.registries ?? []).map((entry) => entry.name);
  const twice = names.findIndex((one, index) => names.indexOf(one) !== index);
  if (twice === -1) return { ok: true, value: read.output };
  const message = "is the name of an earlier registry as well. Give each its own.";
  return { ok: false, fault: { path: ["registries", twice, "name"], message } };
}

function isLanguage(value: string): boolean {
  return mappingPath(NO_HASH, value, NO_HASH).ok;
}

const NO_HASH = "0".repeat(64);

function pathOf(issue: v.BaseIssue<unknown>): KeyPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}
