/** The files of the configuration: from bytes that anybody may have put there to what they say. */
import { realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { escapeText, type Result } from "@ouverture/core";
import { errorCode, readFileBelow } from "../directory/safe-file.js";
import type { RepositoryView } from "../sources/repository-view.js";
import { ConfigurationError, configurationError } from "./configuration-fault.js";
import type { ConfigurationMemory } from "./configuration-memory.js";
import type { PartialConfiguration } from "./configuration-schema.js";
import type { ConfigurationData, TextFault } from "./configuration-yaml.js";

/** The largest file that is read: 1 MiB. */
const MOST_BYTES = 1 << 20;

/** What a file says; `null` where there is none, or where it says nothing of this. */
export type FileConfiguration = PartialConfiguration | null;

/** The user's own file, which may be a link. Throws a `ConfigurationError`. */
export async function readUserFile(
  path: string,
  memory?: ConfigurationMemory,
): Promise<FileConfiguration> {
  const text = readUserText(path);
  return text === null ? null : recallOr(memory, text, () => decodeYaml(path, text));
}

/** The text of the user's file; `null` where there is none. Throws a `ConfigurationError`. */
export function readUserText(path: string): string | null {
  return orNone(path, () => readText(path, realpathSync(path)));
}

/** A config.yaml below `root`, out of which it may not lead. Throws a `ConfigurationError`. */
export async function readRepositoryFile(
  root: string,
  path: string,
  memory?: ConfigurationMemory,
): Promise<FileConfiguration> {
  const text = readRepositoryText(root, path);
  return text === null ? null : recallOr(memory, text, () => decodeYaml(path, text));
}

/** The table `[tool.ouverture]` of a pyproject.toml below `root`. Throws a `ConfigurationError`. */
export async function readPyproject(
  root: string,
  path: string,
  memory?: ConfigurationMemory,
): Promise<FileConfiguration> {
  const text = readRepositoryText(root, path);
  if (text === null || !text.includes("ouverture")) return null;
  return recallOr(memory, text, () => readPyprojectText(path, text));
}

/** The table `[tool.ouverture]` of a text. Throws a `ConfigurationError`. */
export async function readPyprojectText(path: string, text: string): Promise<FileConfiguration> {
  if (!text.includes("ouverture")) return null;
  const { parsePyproject } = await import("./configuration-toml.js");
  const data = parsePyproject(text);
  return data.ok && data.value === null ? null : decode(path, data);
}

/** The text of a file of a view; `null` where there is none. Throws a `ConfigurationError`. */
export async function readViewText(
  view: Pick<RepositoryView, "read">,
  path: string,
  name: string,
): Promise<string | null> {
  const content = await view.read(path, MOST_BYTES);
  if (Buffer.isBuffer(content)) return decodeText(name, content);
  switch (content.why) {
    case "absent":
      return null;
    case "too-large":
      throw tooLarge(name);
    case "failed":
      throw refuse(name, `cannot be read: ${content.error}. See that it can be.`);
    default:
      throw notAFile(name);
  }
}

/** Reads a config.yaml that has this text. Throws a `ConfigurationError`. */
export async function decodeYaml(path: string, text: string): Promise<PartialConfiguration> {
  const { parseYaml } = await import("./configuration-yaml.js");
  return decode(path, parseYaml(text));
}

async function recallOr(
  memory: ConfigurationMemory | undefined,
  text: string,
  read: () => Promise<FileConfiguration>,
): Promise<FileConfiguration> {
  const known = memory?.recall(text) ?? null;
  if (known !== null) return known;
  const content = await read();
  if (content !== null) await memory?.remember(text, content);
  return content;
}

async function decode(
  path: string,
  data: Result<ConfigurationData | null, TextFault>,
): Promise<PartialConfiguration> {
  if (!data.ok) throw configurationError(path, data.fault.line, { ...data.fault, path: [] });
  const { decodeConfiguration } = await import("./configuration-schema.js");
  const content = decodeConfiguration(data.value?.value);
  if (content.ok) return withLines(content.value, data.value);
  throw configurationError(path, data.value?.lineOf(content.fault.path) ?? null, content.fault);
}

/** An exemption is told of by its line. */
function withLines(
  content: PartialConfiguration,
  data: ConfigurationData | null,
): PartialConfiguration {
  const exemptions = content.verify?.exemptions;
  if (exemptions === undefined || data === null) return content;
  const placed = exemptions.map((exemption, index) => {
    return { ...exemption, line: data.lineOf(["verify", "exemptions", index, "hash"]) };
  });
  return { ...content, verify: { ...content.verify, exemptions: placed } };
}

function readRepositoryText(root: string, path: string): string | null {
  return orNone(path, () => {
    const full = realpathSync(path);
    if (full.startsWith(join(realpathSync(root), sep))) return readText(path, full);
    throw refuse(path, "is a link that leads out of the repository. Put a file in its place.");
  });
}

function orNone(path: string, read: () => string | null): string | null {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    if (error instanceof ConfigurationError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(path, `cannot be read: ${why}. See that it can be.`, { cause: error });
  }
}

/** `full` is where the file is, `path` what it is called. */
function readText(path: string, full: string): string | null {
  const bytes = readFileBelow(dirname(full), basename(full), MOST_BYTES);
  if (bytes === undefined) return null;
  if (bytes === "not-a-file") throw notAFile(path);
  if (bytes === "too-large") throw tooLarge(path);
  return decodeText(path, bytes);
}

function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse(path, "is not UTF-8. Save it in that encoding.");
  }
}

function notAFile(path: string): ConfigurationError {
  return refuse(path, "is a folder or a device. Put a file in its place.");
}

function tooLarge(path: string): ConfigurationError {
  return refuse(path, `is larger than ${MOST_BYTES} bytes. Shorten it.`);
}

function refuse(path: string, why: string, options?: ErrorOptions): ConfigurationError {
  return new ConfigurationError(path, escapeText(`${path} ${why}`), options);
}
