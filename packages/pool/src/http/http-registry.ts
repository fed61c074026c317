/**
 * A registry over static HTTP: the tree of a pool directory on any web server, bucket or
 * CDN, which cannot list, so that index.json says what there is (docs/pool.md, "Registries").
 */
import {
  type DocumentFault,
  MOST_BYTES,
  mappingPath,
  objectPath,
  type Result,
} from "@ouverture/core";
import type { FunctionSource, MappingReference } from "../store.js";
import { type HttpFile, type HttpSettings, openHttpClient } from "./http-client.js";
import { openBytes } from "./http-exchange.js";
import { decodeMappingIndex, type Listing, openListing } from "./http-index.js";

export type { HttpSettings } from "./http-client.js";

/** The list of all functions: some 67 bytes for each. */
const LISTING = "objects/index.json";
const MOST_LISTING_BYTES = 64 << 20;
/** The most mappings of a function whose ages are asked for. */
const MOST_AGES = 256;

/**
 * The registry at `settings.url`. Nothing is asked yet. Throws a `StoreError` where the
 * settings cannot be used: a URL that is not https (or http to this machine) or that
 * holds a password, a malformed token.
 */
export function openHttpRegistry(settings: HttpSettings): FunctionSource {
  const client = openHttpClient(settings);
  const underway = new Map<string, Promise<HttpFile<Uint8Array> | undefined>>();
  let listing: Promise<Listing | undefined> | undefined;

  /** The same file at the same time is one request. */
  function read(path: string): Promise<HttpFile<Uint8Array> | undefined> {
    const begun = underway.get(path);
    if (begun !== undefined) return begun;
    const reading = client.read(path, MOST_BYTES, openBytes).finally(() => underway.delete(path));
    underway.set(path, reading);
    return reading;
  }

  /** What is malformed has no place, and so is nowhere. */
  async function readDocument(
    path: Result<string, unknown>,
  ): Promise<Uint8Array | DocumentFault | undefined> {
    const file = path.ok ? await read(path.value) : undefined;
    return file?.body === "too-large" ? TOO_LARGE : file?.body;
  }

  async function listMappings(hash: string, language?: string): Promise<MappingReference[]> {
    const object = objectPath(hash);
    if (!object.ok) return [];
    const path = object.value.replace(/[^/]*$/, "index.json");
    const bytes = (await read(path))?.body;
    if (bytes === undefined) return [];
    const index = bytes === "too-large" ? null : decodeMappingIndex(hash, bytes);
    if (index === null) throw client.describe(path, "is no list of mappings", PUBLISH);
    const languages = language === undefined ? [...index.keys()] : [language];
    const references = languages.map((one) =>
      (index.get(one) ?? []).map((ofMapping) => ({ language: one, hash: ofMapping })),
    );
    if (references.flat().length > MOST_AGES) return references.flat();
    return (await Promise.all(references.map((some) => orderByAge(hash, some)))).flat();
  }

  /**
   * The mapping of a language that was there first stands first. A list in another order
   * than that of the hashes says which; of one in that order the host may know, by the age
   * of its files.
   */
  async function orderByAge(
    hash: string,
    references: MappingReference[],
  ): Promise<MappingReference[]> {
    const isSorted = references.every(
      (one, index) => index === 0 || one.hash > (references[index - 1]?.hash ?? ""),
    );
    if (!isSorted || references.length < 2) return references;
    const ages = await Promise.all(
      references.map(async (reference) => {
        const path = mappingPath(hash, reference.language, reference.hash);
        const file = path.ok ? await read(path.value) : undefined;
        return { reference, modified: file?.modified ?? Number.POSITIVE_INFINITY };
      }),
    );
    return ages
      .sort((a, b) => (a.modified < b.modified ? -1 : a.modified > b.modified ? 1 : 0))
      .map(({ reference }) => reference);
  }

  async function loadListing(): Promise<Listing | undefined> {
    const file = await client.read(LISTING, MOST_LISTING_BYTES, openListing);
    if (file === undefined) return undefined;
    if (file.body === null || file.body === "too-large") {
      throw client.describe(LISTING, "is no sorted list of functions", PUBLISH);
    }
    return file.body;
  }

  /** The list as it is now, for `complete` too from now on. */
  function reload(): Promise<Listing | undefined> {
    const loading = loadListing();
    listing = loading;
    loading.catch(() => {
      if (listing === loading) listing = undefined;
    });
    return loading;
  }

  async function* list(): AsyncGenerator<string> {
    const loaded = await reload();
    if (loaded === undefined) {
      throw client.describe(
        LISTING,
        "is not there, so that its functions cannot be listed",
        PUBLISH,
      );
    }
    yield* loaded.hashes();
  }

  /** From the list as it was when it was last read: it may be long. */
  async function complete(digits: string): Promise<string[]> {
    if (!/^[0-9a-f]{4,64}$/.test(digits)) return [];
    const loaded = await (listing ?? reload());
    return [...(loaded?.hashes() ?? [])].filter((hash) => hash.startsWith(digits));
  }

  return {
    name: settings.name,
    get: (hash) => readDocument(objectPath(hash)),
    complete,
    listMappings,
    getMapping: (hash, { language, hash: ofMapping }) =>
      readDocument(mappingPath(hash, language, ofMapping)),
    list,
    close: client.close,
  };
}

const PUBLISH = "publish to it again, or tell those who run it";
const TOO_LARGE: DocumentFault = {
  code: "limit-exceeded",
  data: { limit: "bytes", most: MOST_BYTES },
  span: null,
};
