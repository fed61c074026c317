/** A source that is opened when it is first asked: most functions are found before that. */
import type { FunctionSource } from "../store.js";

/** Gives the source that `open` will open. What keeps it from being opened is told to who asks. */
export function deferSource(name: string, open: () => Promise<FunctionSource>): FunctionSource {
  let opened: Promise<FunctionSource> | undefined;
  function source(): Promise<FunctionSource> {
    opened ??= open();
    return opened;
  }
  async function* list(): AsyncGenerator<string> {
    yield* (await source()).list() ?? [];
  }
  return {
    name,
    get: async (hash) => (await source()).get(hash),
    complete: async (digits) => (await source()).complete(digits),
    listMappings: async (hash, language) => (await source()).listMappings(hash, language),
    getMapping: async (hash, reference) => (await source()).getMapping(hash, reference),
    list,
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
