/** What is wrong with a configuration: one sentence says what, where, and what to do. */
import { escapeText } from "@ouverture/core";

/** The way to a key: `["registries", 0, "url"]`. */
export type KeyPath = readonly (string | number)[];

/** What is wrong with a key, to be said after it: `has to be true or false.` */
export interface ConfigurationFault {
  /** Empty where it is the whole. */
  readonly path: KeyPath;
  readonly message: string;
}

/** A configuration that cannot be used. `message` is for people, and may be shown as it is. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  constructor(
    /** The file, or the name of the variable. */
    readonly place: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Makes the error of a fault. `line` is of a file, from 1. */
export function configurationError(
  place: string,
  line: number | null,
  { path, message }: ConfigurationFault,
): ConfigurationError {
  const where = line === null ? place : `${place}, line ${line}`;
  return new ConfigurationError(place, escapeText(`${where}: ${keyOf(path) || "it"} ${message}`));
}

/** Writes a key as people do: `registries[0].url`. */
export function keyOf(path: KeyPath): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${cut(part)}`));
  return parts.join("").replace(/^\./, "");
}

function cut(key: string): string {
  return key.length > 60 ? `${key.slice(0, 60)}…` : key;
}
