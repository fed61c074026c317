/**
 * The prose: what each fault and each finding says. A sentence says what is wrong
 * and where; another says what to do.
 */
import type { MappingReason } from "../canonical/mapping.js";
import type { Refusal } from "../refusal.js";
import type {
  DocumentReason,
  Fault,
  FaultCode,
  FaultDataByCode,
  FaultOf,
  ObjectReason,
} from "../result.js";
import type { EffectKind } from "../verify/effect-kinds.js";
import type {
  ConfusableKind,
  FindingCode,
  FindingDataByCode,
  FindingDetail,
} from "../verify/finding.js";
import type { DecodingReason, SourceProblem } from "../verify/ports.js";
import { COMPILE_MESSAGES } from "./compile-message.js";
import { groupDigits } from "./coverage.js";
import { escapeText, quoteName as q } from "./escape.js";
import { SYNTAX_MESSAGES } from "./syntax-message.js";

/** `what` is wrong (without a full stop), and what `todo` (a sentence). */
export interface Message {
  readonly what: string;
  readonly todo: string;
}

/** Says what is wrong, where, and what to do, as one line of text. */
export function faultMessage(fault: Fault): string {
  const { what, todo } = messageOfFault(fault);
  const where =
    fault.span === null ? "" : ` (line ${fault.span.line}, column ${fault.span.column})`;
  return `${what}${where}. ${todo}`;
}

/** Says what a finding means; its places are for the reporter to show. */
export function findingMessage(detail: FindingDetail): Message {
  return messageOfFinding(detail);
}

// The generic parameter lets the compiler see that code and data belong together.
function messageOfFault<C extends FaultCode>({ code, data }: FaultOf<C>): Message {
  return FAULTS[code](data);
}

type DetailOf<C extends FindingCode> = {
  readonly [K in C]: { readonly code: K; readonly data: FindingDataByCode[K] };
}[C];

function messageOfFinding<C extends FindingCode>({ code, data }: DetailOf<C>): Message {
  return FINDINGS[code](data);
}

function message(what: string, todo: string): Message {
  return { what, todo };
}

/** A hash as people tell them apart. */
function short(hash: string): string {
  return `${escapeText(hash.slice(0, 12))}…`;
}

const FULL_HASH = "object_ and the 64 lower-case hexadecimal digits of a sha256";

const FAULTS: { readonly [C in FaultCode]: (data: FaultDataByCode[C]) => Message } = {
  "syntax-error": (refusal) =>
    message(`Python 3.14 refuses this: ${refusalText(refusal)}`, "Correct the source there."),
  "limit-exceeded": ({ limit, most }) =>
    message(`This exceeds the limit of ${groupDigits(most)} ${LIMITS[limit]}`, "Make it smaller."),
  "stray-statement": ({ statement }) =>
    message(
      `A function file holds one function and imports, and this is another statement (${plain(statement)})`,
      "Move it into the function, or out of the file.",
    ),
  "no-function": () =>
    message(
      "There is no function in this file",
      "Write one 'def' or 'async def' at its top level.",
    ),
  "multiple-functions": ({ name, first }) =>
    message(
      `${q(name)} is a second function beside ${q(first)}`,
      "Give each function a file of its own, or put one inside the other.",
    ),
  "unpaired-surrogate": () =>
    message(
      "The docstring has an unpaired surrogate, which no mapping can hold",
      "Take the escape out of the docstring.",
    ),
  "star-import": ({ module }) =>
    message(
      `'from ${plain(module)} import *' does not say which names it binds`,
      "Import each name that the function uses.",
    ),
  "relative-import": ({ module }) =>
    message(
      `${q(module)} is relative to a package, and a function of the pool is in none`,
      "Import by the full name of the module.",
    ),
  "name-clash": ({ name }) =>
    message(
      `${q(name)} is bound to two different things`,
      "Give one of them another name (import it 'as' something).",
    ),
  "malformed-hash": ({ name }) =>
    message(`${q(name)} is not the full hash of a function`, `Write ${FULL_HASH}.`),
  "nested-pool-import": ({ name }) =>
    message(
      `${q(name)} is imported from the pool inside the function`,
      "Move the import to the top of the file.",
    ),
  "opaque-pool-import": ({ module }) =>
    message(
      `'import ${plain(module)}' does not say which functions of the pool are used`,
      "Write 'from ouverture.pool import object_<hash> as name'.",
    ),
  "unresolved-keyword": ({ keyword, hash }) =>
    message(
      `The keyword ${q(keyword)} is no parameter of the function ${short(hash)} that is known here`,
      "Pass the argument by position, or give the function and its names in this language.",
    ),
  "unresolved-name": ({ name }) =>
    message(
      `${q(name)} is bound nowhere in this file and is no builtin`,
      "Pass it as a parameter, define it in the function, or import it.",
    ),
  "reserved-name": ({ name }) =>
    message(`${q(name)} is a name of the normal form`, "Give it another name."),
  "malformed-language": ({ language }) =>
    message(
      `${q(language)} is not the name of a language`,
      "Use 3 to 256 letters, digits, '-' and '_', such as eng, fra or fra-canadian.",
    ),
  "malformed-object": ({ reason, path }) =>
    message(`This is no object that can be read: ${documentText(reason, path)}`, RESTORE),
  "hash-mismatch": ({ expected, actual }) =>
    message(
      `The text under the hash ${short(expected)} has the hash ${short(actual)}: it is not that function`,
      RESTORE,
    ),
  "not-canonical": ({ line, refused }) =>
    message(
      refused === undefined
        ? `The text is not its own normal form: it differs from line ${line} on`
        : `The text has no normal form (line ${line}): ${lowerFirst(messageOfFault(refused).what)}`,
      "Normalize the function again, and use the hash that it then has.",
    ),
  "wrong-dependencies": ({ listed, actual }) =>
    message(
      `The metadata lists ${hashes(listed)} as dependencies, and the code imports ${hashes(actual)}`,
      `${RESTORE} Or list what the code imports, sorted.`,
    ),
  "invalid-mapping": ({ reason, name }) =>
    message(
      `The mapping is refused: ${mappingText(reason, name)}`,
      "Correct the mapping; the function is not affected.",
    ),
  "invalid-replacement": ({ reason, hash }) =>
    message(`The dependency cannot be replaced: ${REPLACEMENTS[reason](short(hash))}`, REPLACE),
  "joined-imports": ({ hash }) =>
    message(
      `The function imported ${short(hash)} already, and two imports became one`,
      "See that its calls mean what they should; the alias that it had before stays.",
    ),
  "passed-keywords": ({ hash }) =>
    message(
      `With '**' this passes keywords to ${short(hash)} that are known only when it runs`,
      "See that they are parameters of that function.",
    ),
};

const REPLACE = "Give the full hash of a function that it imports, and that of another function.";

const REPLACEMENTS: Readonly<
  Record<FaultDataByCode["invalid-replacement"]["reason"], (hash: string) => string>
> = {
  "not-imported": (hash) => `the function does not import ${hash}`,
  same: (hash) => `${hash} would take its own place`,
  itself: (hash) => `${hash} is the function that imports it`,
};

const RESTORE = "Restore the object from where it came; objects are never edited.";

const LIMITS: Readonly<Record<FindingDataByCode["limit-exceeded"]["limit"], string>> = {
  nesting: "levels of nesting",
  "integer-digits": "digits of an integer",
  bytes: "bytes",
  "json-depth": "levels of nested JSON",
  depth: "imports between a source and a function",
  functions: "functions in one run",
  "run-bytes": "bytes of objects in one run",
  time: "seconds",
};

const FINDINGS: { readonly [C in FindingCode]: (data: FindingDataByCode[C]) => Message } = {
  "malformed-import": ({ name, full }) =>
    name === "*"
      ? message(
          "A star import does not say which functions it imports, so nothing can be verified",
          "Import each function by its full hash.",
        )
      : message(
          `${q(name)} is not the full hash of a function`,
          full === null ? `Write ${FULL_HASH}.` : `Write object_${full}, if that is the one.`,
        ),
  "dynamic-import": ({ form, name }) =>
    message(
      DYNAMIC[form](q(name)),
      "Write 'from ouverture.pool import object_<hash> as name' instead.",
    ),
  "unreadable-source": (data) => {
    if (data.reason === "syntax") {
      const { what, todo } = messageOfFault(data.fault);
      return message(`This file mentions the pool and cannot be read. ${what}`, todo);
    }
    return message(`This file cannot be read: ${undecodable(data)}`, UNDECODABLE[data.reason]);
  },
  missing: () =>
    message(
      "No pool has this function",
      "Add it to the pool of the repository (.ouverture), or import a function that is there.",
    ),
  unreachable: ({ error }) =>
    message(
      `A pool failed, and no other has this function: ${q(error)}`,
      "See that the pool can be reached, and run the check again.",
    ),
  "malformed-object": (data) => FAULTS["malformed-object"](data),
  "hash-mismatch": ({ actual }) =>
    message(
      `The text of this function has the hash ${short(actual)}: it is not the function that is imported`,
      RESTORE,
    ),
  "not-canonical": (data) =>
    data.isOlderForm
      ? message(
          "This function is intact, and stored in the older form, under a hash that others do not give it",
          "Normalize it again when its importers can follow, and use the hash that it then has.",
        )
      : FAULTS["not-canonical"](data),
  "wrong-dependencies": (data) => FAULTS["wrong-dependencies"](data),
  "limit-exceeded": ({ limit, most }) =>
    limit === "depth" || limit === "functions" || limit === "run-bytes" || limit === "time"
      ? message(
          `The check stops at ${groupDigits(limit === "time" ? most / 1000 : most)} ${LIMITS[limit]}: this function and others are not checked`,
          "Raise the limit, or import less.",
        )
      : message(
          `This object exceeds the limit of ${groupDigits(most)} ${LIMITS[limit]}`,
          "Split the function into smaller ones.",
        ),
  "forbidden-effect": ({ effects }) =>
    message(
      `This function ${effects.map(({ effect, names }) => `${EFFECTS[effect]} (${listed(names.map(q))})`).join(", and ")}, which this repository does not allow`,
      "Import another function, or read this one and exempt its hash, with a reason and a date.",
    ),
  "invalid-mapping": ({ language, mapping, reason, name }) =>
    message(
      `The mapping ${short(mapping)} of this function (${plain(language)}) is refused: ${mappingText(reason, name)}`,
      "Restore the mapping from where it came, or remove it; the function is not affected.",
    ),
  "confusable-name": ({ where, language, mapping, name, kind, other }) =>
    message(
      `The name ${q(name)} ${WHERE[where](plain(language ?? ""), short(mapping ?? ""))} ${CONFUSABLE[kind](q(other ?? ""))}`,
      where === "import"
        ? "Give it a name that cannot be taken for another."
        : "Read the function letter by letter before you trust it, or use another one.",
    ),
  "registry-fault": ({ store, kind, message: text }) =>
    message(`${REGISTRY[kind](q(store))}: ${q(text)}`, REGISTRY_TODO[kind]),
  "unused-exemption": ({ hash, effects, reason }) =>
    message(
      `The exemption of ${short(hash)} (${q(reason)}) exempts nothing: no function that is imported needs it for ${effects.join(", ")}`,
      "Take it out of the configuration.",
    ),
  "expired-exemption": ({ hash, expires, reason }) =>
    message(
      `The exemption of ${short(hash)} (${q(reason)}) held until ${plain(expires)}`,
      "Read the function again and give the exemption a new date, or take it out.",
    ),
};

const EFFECTS: Readonly<Record<EffectKind, string>> = {
  eval: "runs code that is not in it",
  process: "starts or steers processes, or reaches below Python",
  deserialize: "makes objects of bytes that may run code",
  dynamic: "reaches names and objects in ways that reading cannot follow",
  network: "uses the network",
  filesystem: "reads or writes files",
  environment: "reads its surroundings",
};

const WHERE: Readonly<
  Record<
    FindingDataByCode["confusable-name"]["where"],
    (language: string, mapping: string) => string
  >
> = {
  mapping: (language, mapping) => `in the mapping ${mapping} of this function (${language})`,
  code: () => "in the code of this function",
  import: () => "of this import",
};

const CONFUSABLE: Readonly<Record<ConfusableKind, (other: string) => string>> = {
  invisible: () => "has characters that show nothing",
  bidirectional: () => "has characters that change the direction in which text is shown",
  "mixed-script": () => "mixes letters of scripts that have letters of the same shape",
  "look-alike": (other) => `looks like ${other}`,
};

const REGISTRY: Readonly<Record<SourceProblem["kind"], (store: string) => string>> = {
  failed: (store) => `${store} failed, and others served`,
  corrupt: (store) => `${store} gave something else than it was asked for, and others served`,
  "not-kept": (store) => `What was fetched could not be kept in ${store}`,
};
const REGISTRY_TODO: Readonly<Record<SourceProblem["kind"], string>> = {
  failed: "See that it can be reached, or take it out of the configuration.",
  corrupt: "Tell those who keep it, and do not rely on it until they have answered.",
  "not-kept": "See that it can be written; the check itself is not affected.",
};

const DYNAMIC: Readonly<
  Record<FindingDataByCode["dynamic-import"]["form"], (n: string) => string>
> = {
  call: (name) => `${name} reaches the pool by a name that is computed when it runs`,
  getattr: (name) => `getattr on ${name} gets a function whose hash is computed when it runs`,
  magic: (name) => `${name} runs something of this cell that names the pool and cannot be read`,
  value: (name) => `${name} is handed on, so that nobody can read which functions are used`,
};

const UNDECODABLE: Readonly<Record<DecodingReason["reason"], string>> = {
  "unknown-encoding": "Write it in UTF-8.",
  "not-in-encoding": "Write it in UTF-8, or declare the encoding that it has.",
  "too-large": "Split it, or take it out of the repository.",
  "not-a-notebook": "Write it again with Jupyter, or take it out of the repository.",
  "cannot-read": "See that it can be read, and run the check again.",
};

function undecodable(data: DecodingReason): string {
  switch (data.reason) {
    case "unknown-encoding":
      return `it declares the encoding ${q(data.encoding)}, which is not known here`;
    case "not-in-encoding":
      return `its bytes are not valid in its encoding, ${q(data.encoding)}`;
    case "too-large":
      return `it is larger than ${groupDigits(data.most)} bytes`;
    case "not-a-notebook":
      return "it is no notebook whose cells have texts";
    case "cannot-read":
      return q(data.error);
  }
}

/** `{0}`, `{1}` ... of the sentences stand for the arguments of the refusal. */
function refusalText({ reason, args }: Refusal): string {
  const text: string = { ...SYNTAX_MESSAGES, ...COMPILE_MESSAGES }[reason];
  return text.replace(/\{([0-9])\}/g, (_, index) => plain(String(args[Number(index)] ?? "")));
}

const DOCUMENTS: Readonly<Record<ObjectReason, string>> = {
  "not-utf8": "it is not UTF-8",
  "not-json": "it is not JSON",
  "duplicate-key": "a key stands twice in it",
  surrogate: "it has an unpaired surrogate",
  "missing-key": "there is no",
  "unknown-key": "there is an unknown",
  "wrong-value": "it has the wrong value of",
  "not-gzip": "it is not gzip in base64, the encoding that it names:",
  "other-hash": "it is stored under another hash than it names in its",
  "not-a-file": "in its place is a link, a folder or a device",
};

function documentText(reason: ObjectReason, path: string): string {
  return path === "" ? DOCUMENTS[reason] : `${DOCUMENTS[reason]} ${q(path)}`;
}

type StoredMappingReason =
  | MappingReason
  | FaultDataByCode["limit-exceeded"]["limit"]
  | "other-hash"
  | "not-there"
  | "not-a-file";

const MAPPINGS: Readonly<Record<StoredMappingReason, (name: string) => string>> = {
  "no-mapping": () => "its docstring, names, aliases and comment are not all texts",
  "missing-name": (name) => `it has no name for ${name}`,
  "unknown-number": (name) => `it names ${name}, which the function does not have`,
  "unknown-hash": (name) => `it gives an alias to ${name}, which the function does not import`,
  "not-an-identifier": (name) => `${name} is not a Python identifier`,
  "not-nfkc": (name) => `${name} is not in Unicode's form NFKC, so that Python reads another name`,
  keyword: (name) => `${name} is a keyword of Python`,
  reserved: (name) => `${name} is a name of the normal form`,
  docstring: () => "no docstring that Python reads is the one that it has",
  "not-there": () => "it is listed, and it is not there",
  bytes: exceeding,
  "json-depth": exceeding,
  nesting: exceeding,
  "integer-digits": exceeding,
  "not-a-file": () => "in its place is a link, a folder or a device",
  "other-hash": (name) => `its hash is ${name}, not the one under which it is stored`,
  "other-meaning": (name) => `with ${name} the text would be another function`,
};

function exceeding(most: string): string {
  return `it exceeds a limit of the reader (${most})`;
}

function mappingText(reason: string, name: string): string {
  if (isMappingReason(reason)) return MAPPINGS[reason](q(name));
  return isDocumentReason(reason) ? documentText(reason, name) : `${plain(reason)} ${q(name)}`;
}

function isMappingReason(reason: string): reason is StoredMappingReason {
  return Object.hasOwn(MAPPINGS, reason);
}

function isDocumentReason(reason: string): reason is DocumentReason {
  return Object.hasOwn(DOCUMENTS, reason);
}

/** Some of a list, and how many are left. */
function listed(texts: readonly string[]): string {
  if (texts.length <= 3) return texts.join(", ");
  return `${texts.slice(0, 3).join(", ")} and ${groupDigits(texts.length - 3)} more`;
}

function hashes(list: readonly string[]): string {
  return list.length === 0 ? "nothing" : listed(list.map(short));
}

/** A name without quotes. */
function plain(name: string): string {
  return q(name).slice(1, -1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
