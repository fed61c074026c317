/**
 * What the workflow asks for. An input goes over the variable of its name, and that over
 * the configuration file, of which the library knows: what is silent here is decided there.
 */
import { quoteName } from "@ouverture/core";

export interface Inputs {
  readonly directory: string;
  readonly paths: readonly string[];
  readonly exclude: readonly string[] | undefined;
  readonly config: string | undefined;
  readonly mode: Mode;
  readonly baseRef: string | undefined;
  readonly headRef: string | undefined;
  readonly pool: string | undefined;
  /** Each as `name=url`; those of `OUVERTURE_REGISTRIES` are read by the library. */
  readonly registries: readonly string[];
  readonly offline: boolean | undefined;
  readonly failOn: "error" | "warning" | undefined;
  readonly allowEmpty: boolean | undefined;
  readonly annotations: boolean;
  readonly summary: boolean;
  readonly comment: CommentMode;
  readonly sarifFile: string | undefined;
  readonly jsonFile: string | undefined;
  readonly cache: boolean;
  readonly concurrency: number | undefined;
  /** Seconds that a request may take. */
  readonly timeout: number | undefined;
  readonly retries: number | undefined;
  readonly token: string | undefined;
}
export type Mode = "all" | "changed";
export type CommentMode = "off" | "on-failure" | "always";

/** The variables of the process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** An input that cannot be used. `message` is one sentence, and may be shown as it is. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** Reads all inputs. Throws an `InputError` at the first that cannot be used. */
export function readInputs(variables: Variables): Inputs {
  const read = <T>(name: string, decode: (text: string) => T | Wrong): T | undefined =>
    readInput(variables, name, decode);
  return {
    directory: read("working-directory", decodePath) ?? ".",
    paths: read("paths", decodeLines) ?? [],
    exclude: read("exclude", decodeLines),
    config: read("config", decodePath),
    mode: read("mode", oneOf("all", "changed")) ?? "all",
    baseRef: read("base-ref", decodeReference),
    headRef: read("head-ref", decodeReference),
    pool: read("pool", decodePath),
    registries: read("registries", decodeWords) ?? [],
    offline: read("offline", decodeBoolean),
    failOn: read("fail-on", oneOf("error", "warning")),
    allowEmpty: read("allow-empty", decodeBoolean),
    annotations: read("annotations", decodeBoolean) ?? true,
    summary: read("summary", decodeBoolean) ?? true,
    comment: read("comment", oneOf("off", "on-failure", "always")) ?? "off",
    sarifFile: read("sarif-file", decodePath),
    jsonFile: read("json-file", decodePath),
    cache: read("cache", decodeBoolean) ?? true,
    concurrency: read("concurrency", numberFrom(1, 64)),
    timeout: read("timeout", numberFrom(1, 3600)),
    retries: read("retries", numberFrom(0, 10)),
    token: read("token", (text) => text),
  };
}

/** Variables that the library reads as part of the configuration; and a token has none. */
const WITHOUT_VARIABLE = ["registries", "fail-on", "allow-empty", "exclude", "token"];

/** `fail-on` is `INPUT_FAIL-ON` to the runner, and `OUVERTURE_FAIL_ON` to whoever sets it for all steps. */
function readInput<T>(
  variables: Variables,
  name: string,
  decode: (text: string) => T | Wrong,
): T | undefined {
  const input = variables[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";
  const variable = `OUVERTURE_${name.toUpperCase().replaceAll("-", "_")}`;
  const other = WITHOUT_VARIABLE.includes(name) ? "" : (variables[variable]?.trim() ?? "");
  const text = input === "" ? other : input;
  if (text === "") return undefined;
  const value = decode(text);
  if (!(value instanceof Wrong)) return value;
  const place = input === "" ? `The variable ${variable}` : `The input ${quoteName(name)}`;
  throw new InputError(`${place} is ${quoteName(text)}, and ${value.why}`);
}

/** Why a value cannot be used, to be said after it. */
class Wrong {
  constructor(readonly why: string) {}
}

function oneOf<T extends string>(...known: readonly T[]) {
  return (text: string): T | Wrong =>
    known.find((one) => one === text) ?? new Wrong(`has to be ${known.join(" or ")}.`);
}

/** YAML 1.2, core schema: what a workflow's author writes for a boolean. */
function decodeBoolean(text: string): boolean | Wrong {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return new Wrong("has to be true or false.");
}

function numberFrom(least: number, most: number) {
  return (text: string): number | Wrong => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return new Wrong(`has to be a whole number from ${least} to ${most}.`);
  };
}

function decodeLines(text: string): string[] | Wrong {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const found = lines.filter((line) => line !== "");
  const bad = found.map(decodePath).find((line) => line instanceof Wrong);
  return bad instanceof Wrong ? bad : found;
}

function decodeWords(text: string): string[] {
  return text.split(/\s+/);
}

function decodePath(text: string): string | Wrong {
  return /\p{Cc}/u.test(text) ? new Wrong("has to be a path without control characters.") : text;
}

/** git must never take it for an option (gitrevisions(7) has no name that begins so). */
function decodeReference(text: string): string | Wrong {
  if (!/^-|[\p{Cc}\s]/u.test(text)) return text;
  return new Wrong("has to be a branch, a tag or a commit.");
}
