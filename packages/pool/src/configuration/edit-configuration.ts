/**
 * Changes of a config.yaml: one value at a time, and what people wrote around it, their
 * comments and their order, stays.
 */
import { lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { escapeText, type Result } from "@ouverture/core";
import type { Document, Node, ParsedNode, YAMLMap } from "yaml";
import { errorCode } from "../directory/safe-file.js";
import { ConfigurationError, configurationError, keyOf } from "./configuration-fault.js";
import { decodeYaml, readUserText } from "./configuration-file.js";
import type { PartialUser } from "./configuration-schema.js";
import type { ConfigurationData, TextFault } from "./configuration-yaml.js";
import { patchLines } from "./patch-lines.js";
import { replaceFile } from "./replace-file.js";

/** A registry to write down; what is not said has its default. */
export interface NewRegistry {
  readonly name: string;
  readonly url: string;
  readonly priority?: number;
  readonly token_env?: string;
  readonly read_only?: boolean;
}

/**
 * Sets who the user is, in the configuration `file`, which is created where it is
 * missing. Throws a `ConfigurationError` where the value is refused, and where the file
 * cannot be read or written; then nothing is changed.
 */
export async function setUserValue<K extends keyof PartialUser>(
  file: string,
  key: K,
  value: NonNullable<PartialUser[K]>,
): Promise<void> {
  await requireValid(file, { user: { [key]: value } });
  await edit(file, (yaml, document) => {
    const user = sectionOf(yaml, document);
    const old = user.get(key, true);
    if (yaml.isScalar(old) && typeof value === "string") {
      old.value = value;
      return;
    }
    const node = document.createNode(value, { flow: yaml.isSeq(old) ? old.flow === true : true });
    if (yaml.isNode(old)) keepComments(old, node);
    user.set(key, node);
  });
}

/** Adds a registry at the end of the list. Throws as `setUserValue`, and where its name is taken. */
export async function addRegistry(file: string, registry: NewRegistry): Promise<void> {
  await requireValid(file, { registries: [registry] });
  await edit(file, (yaml, document) => {
    const list = document.get("registries", true);
    if (!yaml.isSeq<Node>(list)) {
      document.set("registries", document.createNode([registry]));
      return;
    }
    if (list.items.some((item) => isNamed(yaml, item, registry.name))) {
      const message = `${file} has a registry ${registry.name} already. Remove it first, or take another name.`;
      throw new ConfigurationError(file, escapeText(message));
    }
    const last = list.items.at(-1);
    const isFlow = yaml.isMap(last) && last.flow === true;
    list.add(document.createNode(registry, { flow: isFlow }));
  });
}

/** Takes a registry out; `false` where none has the name. Throws as `setUserValue`. */
export async function removeRegistry(file: string, name: string): Promise<boolean> {
  let isRemoved = false;
  await edit(file, (yaml, document) => {
    const list = document.get("registries", true);
    if (!yaml.isSeq<Node>(list)) return;
    const index = list.items.findIndex((item) => isNamed(yaml, item, name));
    if (index === -1) return;
    isRemoved = true;
    if (list.items.length === 1) document.delete("registries");
    else list.items.splice(index, 1);
  });
  return isRemoved;
}

type Yaml = typeof import("yaml");

/** What is refused here is what was given, and not what stands in the file. */
async function requireValid(file: string, value: unknown): Promise<void> {
  const { decodeConfiguration } = await import("./configuration-schema.js");
  const decoded = decodeConfiguration(value);
  if (decoded.ok) return;
  const { path, message } = decoded.fault;
  const key = keyOf(path).replace(/^(?:user|registries\[0\])\./, "");
  throw new ConfigurationError(file, escapeText(`${key} ${message}`));
}

async function edit(
  file: string,
  change: (yaml: Yaml, document: Document.Parsed) => void,
): Promise<void> {
  const text = readUserText(file);
  if (text !== null) await decodeYaml(file, text);
  const [yaml, { parseYaml }] = await Promise.all([
    import("yaml"),
    import("./configuration-yaml.js"),
  ]);
  const parsed = parseYaml(text ?? "");
  if (!parsed.ok) throw configurationError(file, parsed.fault.line, { ...parsed.fault, path: [] });
  const { document } = parsed.value;
  const before = write(document, text ?? "");
  change(yaml, document);
  const after = write(document, text ?? "");
  if (after === before) return;
  const patched = patchLines(text ?? "", before, after);
  const isPatched = patched !== null && isSameData(parseYaml(patched), parseYaml(after));
  await save(file, isPatched ? patched : after);
}

function sectionOf(yaml: Yaml, document: Document.Parsed): YAMLMap {
  const user = document.get("user", true);
  if (yaml.isMap(user)) return user;
  const section = new yaml.YAMLMap();
  document.set("user", section);
  return section;
}

function isNamed(yaml: Yaml, item: Node, name: string): boolean {
  return yaml.isMap(item) && item.get("name") === name;
}

function keepComments(from: Node, to: Node): void {
  to.commentBefore = from.commentBefore ?? null;
  to.comment = from.comment ?? null;
}

/** Writes a document as near to the layout of the text as the library can. */
function write(document: Document<ParsedNode>, text: string): string {
  return document.toString({
    lineWidth: 0,
    indent: /^( +)[^\s#]/m.exec(text)?.[1]?.length ?? 2,
    indentSeq: !/^-/m.test(text),
    flowCollectionPadding: /[[{] +[^\s#]/.test(text),
  });
}

function isSameData(
  a: Result<ConfigurationData, TextFault>,
  b: Result<ConfigurationData, TextFault>,
): boolean {
  return a.ok && b.ok && JSON.stringify(a.value.value) === JSON.stringify(b.value.value);
}

/** A link is kept, and what it leads to is changed: so dotfiles are managed. */
async function save(file: string, text: string): Promise<void> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const place = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()
      ? realpathSync(file)
      : file;
    const mode = statSync(place, { throwIfNoEntry: false })?.mode ?? 0o600;
    await replaceFile(place, text, { mode: mode & 0o777 });
  } catch (error) {
    const why = SENTENCES[errorCode(error)] ?? (error instanceof Error ? error.message : "");
    const message = `${file} cannot be written: ${why}. See that it can be.`;
    throw new ConfigurationError(file, escapeText(message), { cause: error });
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: "there is no permission to do so",
  EPERM: "there is no permission to do so",
  EROFS: "it is on a read-only file system",
  ENOSPC: "the disk is full",
  ENOENT: "it is a link to nothing",
};
