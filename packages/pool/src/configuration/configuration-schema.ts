/**
 * What may stand in a configuration, in whichever format it is written
 * (docs/configuration.md). Keys that are not named here are refused.
 */
import { mappingPath, type Result } from "@ouverture/core";
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { parseRegistryUrl } from "../registry/registry-url.js";
import type { ConfigurationFault, KeyPath } from "./configuration-fault.js";

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
});

/** What one source of the configuration says. */
export type PartialConfiguration = v.InferOutput<typeof fileSchema>;
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

function text<A extends v.PipeItem<string, string, v.BaseIssue<unknown>>>(action: A) {
  return v.pipe(v.string("has to be text. Write it in quotes."), action);
}

function list<S extends v.GenericSchema>(item: S, example: string) {
  return v.array(item, `has to be a list, as in ${example}.`);
}

/** A key that is missing, or not known, is reported under itself. */
function section<E extends v.ObjectEntries>(entries: E) {
  const schema = v.strictObject(entries, ({ expected, path }) => {
    if (expected !== "never") return "is missing.";
    return `is not known. ${suggestionOf(String(path?.[0].key), Object.keys(entries))}`;
  });
  return v.pipe(v.custom<object>(isPlain, "has to be a section of keys and values."), schema);
}

/** A list is no section, and neither is a date. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function suggestionOf(key: string, known: readonly string[]): string {
  const all = `The keys here are ${known.join(", ")}.`;
  if (key.length > 40) return all;
  const nearest = closest(key.toLowerCase().replaceAll("-", "_"), known);
  return distance(key, nearest) <= 1 + nearest.length / 3 ? `Did you mean ${nearest}? ${all}` : all;
}

function pathOf(issue: v.BaseIssue<unknown>): KeyPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
}
