/** The lists by which a host that cannot list says what it has (docs/pool.md, "Directory"). */
import { mappingPath } from "@ouverture/core";
import type { BodyReader } from "./http-exchange.js";

/**
 * Reads index.json of a function: the hashes of its mappings by language, each once, in the
 * order of the list, and none that is malformed. `null` where it is no such list.
 */
export function decodeMappingIndex(
  hash: string,
  bytes: Uint8Array,
): Map<string, readonly string[]> | null {
  const index = parseJson(bytes);
  if (typeof index !== "object" || index === null || Array.isArray(index)) return null;
  const languages = new Map<string, readonly string[]>();
  for (const [language, listed] of Object.entries(index)) {
    if (!Array.isArray(listed)) return null;
    const texts = listed.filter((one): one is string => typeof one === "string");
    const hashes = [...new Set(texts)].filter((one) => mappingPath(hash, language, one).ok);
    if (hashes.length > 0) languages.set(language, hashes);
  }
  return languages;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The hashes of the functions of a registry, sorted; kept in 32 bytes each. */
export interface Listing {
  hashes(): Generator<string>;
}

/**
 * Reads objects/index.json, `{"functions": ["<hash>", ...]}`, each hash after the one
 * before it, as it comes: it may be long. `null` where it is no such list.
 */
export function openListing(): BodyReader<Listing | null> {
  const decoder = new TextDecoder("latin1");
  const packed: Buffer[] = [];
  let state: State | undefined = "start";
  let last = "";
  let rest = "";
  return {
    take(chunk) {
      if (state === undefined) return;
      const text: string = rest + decoder.decode(chunk);
      const found: string[] = [];
      let at = 0;
      for (let token = readToken(text, at); token !== null; token = readToken(text, at)) {
        const isInOrder = token.kind !== "hash" || token.text > last;
        state = isInOrder ? STEPS[state][token.kind] : undefined;
        if (state === undefined) return;
        at = token.end;
        if (token.kind !== "hash") continue;
        last = token.text;
        found.push(last);
      }
      if (found.length > 0) packed.push(Buffer.from(found.join(""), "hex"));
      rest = text.slice(at).replace(/^[ \n\r\t]+/, "");
      if (rest.length > LONGEST_TOKEN) state = undefined;
    },
    end: () => (state === "end" && rest === "" ? { hashes: () => unpack(packed) } : null),
  };
}

type State = "start" | "key" | "colon" | "list" | "first" | "next" | "hash" | "close" | "end";

/** What may stand where, and what then. */
const STEPS: Readonly<Record<State, Readonly<Partial<Record<Kind, State>>>>> = {
  start: { "{": "key" },
  key: { functions: "colon" },
  colon: { ":": "list" },
  list: { "[": "first" },
  first: { hash: "next", "]": "close" },
  next: { ",": "hash", "]": "close" },
  hash: { hash: "next" },
  close: { "}": "end" },
  end: {},
};

type Kind = "{" | "}" | "[" | "]" | ":" | "," | "functions" | "hash" | "other";
interface Token {
  readonly kind: Kind;
  readonly text: string;
  /** Where it ends. */
  readonly end: number;
}

/** A text in quotes, or a mark. */
const TOKEN = /[ \n\r\t]*(?:"([^"\\]{0,64})"|[{}[\]:,])/y;
const LONGEST_TOKEN = 66;
const MARKS: readonly Kind[] = ["{", "}", "[", "]", ":", ","];

/** `null` where there is none, or not all of it. */
function readToken(text: string, at: number): Token | null {
  TOKEN.lastIndex = at;
  const found = TOKEN.exec(text);
  if (found === null) return null;
  const end = TOKEN.lastIndex;
  const quoted = found[1];
  const mark = text.charAt(end - 1);
  if (quoted === undefined) {
    return { kind: MARKS.find((one) => one === mark) ?? "other", text: mark, end };
  }
  const kind = quoted === "functions" ? quoted : /^[0-9a-f]{64}$/.test(quoted) ? "hash" : "other";
  return { kind, text: quoted, end };
}

function* unpack(packed: readonly Buffer[]): Generator<string> {
  for (const hashes of packed) {
    const text = hashes.toString("hex");
    for (let at = 0; at < text.length; at += 64) yield text.slice(at, at + 64);
  }
}
