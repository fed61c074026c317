/**
 * Objects and mappings that are not what they should be, and the finding that each must
 * give. `honest` is a function that imports `callee`; an attack makes other bytes of it.
 */
import { hash, mappingHash } from "../../../src/canonical/hash.js";
import { normalize } from "../../../src/canonical/normalize.js";
import { encodeMapping } from "../../../src/record/mapping.js";
import { encodeObject } from "../../../src/record/object.js";
import type { FindingCode } from "../../../src/verify/finding.js";
import { type Stored, storedFunction } from "../stored.js";

export const callee = storedFunction("def add(a, b):\n    return a + b\n");
const source = `from ouverture.pool import object_${callee.hash} as add\ndef total(values, start):\n    'Adds up.'\n    return add(sum(values), start)\n`;
export const honest = storedFunction(source);
const normal = normalize(source);
if (!normal.ok) throw new Error("no function");
export const mapping = normal.value.mapping;

export interface ObjectAttack {
  readonly title: string;
  /** Under this name it is imported. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly found: FindingCode;
}
export interface MappingAttack {
  readonly title: string;
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** Of `invalid-mapping`; with `ok`, no more than a warning that a name looks like another. */
  readonly reason: string;
}

const utf8 = new TextEncoder();
const text = encodeObject(honest.object);
const code = honest.object.normalized_code;

function object(title: string, found: FindingCode, bytes: string | Uint8Array): ObjectAttack {
  return {
    title,
    hash: honest.hash,
    found,
    bytes: typeof bytes === "string" ? utf8.encode(bytes) : bytes,
  };
}

/** With other code under the old hash. */
function underOldHash(title: string, changed: string): ObjectAttack {
  return object(
    title,
    "hash-mismatch",
    encodeObject({ ...honest.object, normalized_code: changed }),
  );
}

/** With other code under its own hash: what is asked for is that hash. */
function underOwnHash(title: string, changed: string): ObjectAttack {
  const name = hash(changed);
  const stored: Stored["object"] = { ...honest.object, hash: name, normalized_code: changed };
  return { title, hash: name, found: "not-canonical", bytes: utf8.encode(encodeObject(stored)) };
}

function withMetadata(change: Partial<Stored["object"]["metadata"]>): string {
  const metadata = { ...honest.object.metadata, ...change };
  return encodeObject({ ...honest.object, metadata });
}

export const objectAttacks: readonly ObjectAttack[] = [
  object("another function in its place", "malformed-object", encodeObject(callee.object)),
  object("nothing", "malformed-object", ""),
  object("cut in the middle", "malformed-object", text.slice(0, text.length / 2)),
  object("cut at its last byte", "malformed-object", text.slice(0, -1)),
  object("something after it", "malformed-object", `${text}{}`),
  object(
    "no UTF-8",
    "malformed-object",
    Uint8Array.from([...utf8.encode(text).slice(0, -2), 0xff, 10, 125]),
  ),
  object("UTF-16", "malformed-object", new Uint8Array(Buffer.from(text, "utf16le"))),
  object("HTML of a login page", "malformed-object", "<!doctype html><title>Log in</title>"),
  object("a list", "malformed-object", `[${text}]`),
  object("a key twice", "malformed-object", text.replace("{", `{"hash": "${honest.hash}",`)),
  object(
    "a key twice, once escaped",
    "malformed-object",
    text.replace("{", `{"h\\u0061sh": "${callee.hash}",`),
  ),
  object(
    "__proto__",
    "malformed-object",
    text.replace("{", `{"__proto__": {"hash": "${honest.hash}"},`),
  ),
  object("a key more", "malformed-object", text.replace("{", `{"run": "os.system",`)),
  object("a key less", "malformed-object", text.replace(/"encoding": "none",/, "")),
  object(
    "another schema",
    "malformed-object",
    text.replace('"schema_version": 1', '"schema_version": 2'),
  ),
  object(
    "a schema of text",
    "malformed-object",
    text.replace('"schema_version": 1', '"schema_version": "1"'),
  ),
  object("another digest", "malformed-object", text.replace('"sha256"', '"md5"')),
  object("an encoding that is none", "malformed-object", text.replace('"none"', '"gzip"')),
  object("an unknown encoding", "malformed-object", text.replace('"none"', '"br"')),
  object(
    "a forged hash",
    "malformed-object",
    text.replace(`"hash": "${honest.hash}"`, `"hash": "${callee.hash}"`),
  ),
  object("10,000 levels of JSON", "limit-exceeded", `${"[".repeat(10_000)}${"]".repeat(10_000)}`),
  object("more than 1 MiB", "limit-exceeded", " ".repeat(1 << 20) + text),
  object(
    "dependencies left out",
    "wrong-dependencies",
    withMetadata({ dependencies: ["0".repeat(64)] }),
  ),
  object(
    "dependencies added",
    "wrong-dependencies",
    withMetadata({ dependencies: [callee.hash, "0".repeat(64)] }),
  ),
  object(
    "dependencies twice",
    "wrong-dependencies",
    withMetadata({ dependencies: [callee.hash, callee.hash] }),
  ),
  object(
    "itself as a dependency",
    "wrong-dependencies",
    withMetadata({ dependencies: [honest.hash] }),
  ),
  underOldHash("another operator", code.replace("sum", "max")),
  underOldHash("a space more", code.replace("return ", "return  ")),
  underOldHash("a line end more", `${code}\n`),
  underOldHash(
    "a statement before the return",
    code.replace("    return", "    exec('')\n    return"),
  ),
  underOldHash("another callee", code.replaceAll(callee.hash, "0".repeat(64))),
  underOldHash("look-alike letters", code.replace("sum", "ѕum")),
  object(
    // The hash of an older form leaves a docstring out; no tool printed this one.
    "a bidirectional control in a docstring",
    "not-canonical",
    encodeObject({
      ...honest.object,
      normalized_code: code.replace("return", "'\u202e'\n    return"),
    }),
  ),
  underOldHash("other numbers", code.replaceAll("_ouverture_v_1", "_ouverture_v_9")),
  underOwnHash("two functions in one object", `${code}\n\ndef f():\n    pass`),
  underOwnHash("a statement beside the function", `${code}\n\nimport os\nos.system('x')`),
  underOwnHash("a statement before the function", `print('x')\n\n${code}`),
  underOwnHash("no function", "import os"),
  underOwnHash("a class", "class _ouverture_v_0:\n    pass"),
  underOwnHash("no Python", "def _ouverture_v_0(:\n    pass"),
  underOwnHash("another layout", code.replace("def ", "def  ")),
  underOwnHash("comments", code.replace("    return", "    # harmless\n    return")),
  underOwnHash(
    "numbers out of order",
    code
      .replaceAll("_v_1", "_v_7")
      .replaceAll("_v_2", "_v_1")
      .replaceAll("_v_7", "_v_2")
      .replace("_ouverture_v_0", "other"),
  ),
  underOwnHash("names of its own", code.replaceAll("_ouverture_v_1", "values")),
  underOwnHash("a name that is bound nowhere", code.replace("sum", "undefined")),
  underOwnHash(
    "a pool import inside",
    "def _ouverture_v_0():\n    from ouverture.pool import object_" +
      `${callee.hash}\n    return object_${callee.hash}`,
  ),
  underOwnHash(
    "the pool as a module",
    "import ouverture.pool\n\ndef _ouverture_v_0():\n    return ouverture.pool",
  ),
  underOwnHash("a star import", "from os import *\n\ndef _ouverture_v_0():\n    pass"),
  underOwnHash("form feeds and CR", code.replaceAll("\n", "\r")),
  underOwnHash("a byte order mark", `\ufeff${code}`),
  underOwnHash("nothing at all", ""),
];

/** What a decorator or a default does when it is imported is an effect as any other. */
export const effectAttacks: readonly { title: string; stored: Stored }[] = [
  { title: "a decorator", stored: storedFunction("import os\n@os.system\ndef f():\n    pass\n") },
  { title: "a default", stored: storedFunction("def f(x=exec('')):\n    pass\n") },
  { title: "an annotation", stored: storedFunction("def f(x: eval('1')):\n    pass\n") },
  {
    title: "a class in it",
    stored: storedFunction("def f():\n    class C(__import__('os').system): pass\n"),
  },
].map(({ title, stored }) => ({ title, stored }));

function renamed(title: string, reason: string, name: string): MappingAttack {
  const changed = { ...mapping, name_mapping: { ...mapping.name_mapping, _ouverture_v_1: name } };
  return {
    title,
    reason,
    hash: mappingHash(changed),
    bytes: utf8.encode(encodeMapping(changed)),
  };
}

function changed(title: string, reason: string, change: object): MappingAttack {
  const other = { ...mapping, ...change };
  return { title, reason, hash: mappingHash(other), bytes: utf8.encode(encodeMapping(other)) };
}

function written(title: string, reason: string, bytes: string): MappingAttack {
  return { title, reason, hash: mappingHash(mapping), bytes: utf8.encode(bytes) };
}

const json = encodeMapping(mapping);

export const mappingAttacks: readonly MappingAttack[] = [
  renamed(
    "a value that is code",
    "not-an-identifier",
    "x):\n    import os; os.system('x')\n    return (x",
  ),
  renamed("an expression", "not-an-identifier", "x=exec('')"),
  renamed("nothing", "not-an-identifier", ""),
  renamed("a space", "not-an-identifier", "a b"),
  renamed("a keyword", "keyword", "lambda"),
  renamed("a constant", "keyword", "None"),
  renamed("a number of the normal form", "reserved", "_ouverture_v_2"),
  renamed("the name of another", "other-meaning", "start"),
  renamed("the name of the function that is called", "other-meaning", "add"),
  renamed("a builtin that the code calls", "other-meaning", "sum"),
  renamed("an NFKC twin", "not-nfkc", "ｓtart"),
  renamed("a ligature", "not-nfkc", "ﬁle"),
  renamed("a look-alike twin", "ok", "ѕtart"),
  renamed("the look-alike of a builtin", "ok", "ѕum"),
  renamed("mixed scripts", "ok", "vаlues"),
  renamed("an invisible character", "ok", "val\u034fues"),
  renamed("a bidirectional control", "not-an-identifier", "val\u202eues"),
  renamed("an escape of the terminal", "not-an-identifier", "\u001b[2J"),
  changed("a number left out", "missing-name", { name_mapping: { _ouverture_v_0: "total" } }),
  changed("a number too many", "unknown-number", {
    name_mapping: { ...mapping.name_mapping, _ouverture_v_9: "x" },
  }),
  changed("an alias of what is not imported", "unknown-hash", {
    alias_mapping: { ...mapping.alias_mapping, ["0".repeat(64)]: "x" },
  }),
  changed("an alias that is code", "not-an-identifier", {
    alias_mapping: { [callee.hash]: "x, os" },
  }),
  written("another hash", "other-hash", json.replace("Adds up.", "Takes all.")),
  written(
    "swapped names",
    "other-hash",
    json.replace("values", "Q").replace("start", "values").replace("Q", "start"),
  ),
  written("a key twice", "duplicate-key", json.replace("{", '{"comment": "x",')),
  written("__proto__", "unknown-key", json.replace("{", '{"__proto__": {},')),
  written("no JSON", "not-json", json.slice(1)),
  written(
    "a list of names",
    "wrong-value",
    json.replace(/"name_mapping": \{[^}]*\}/, '"name_mapping": []'),
  ),
  written("10,000 levels", "json-depth", `${"[".repeat(10_000)}${"]".repeat(10_000)}`),
  written("more than 1 MiB", "bytes", " ".repeat(1 << 20) + json),
];
