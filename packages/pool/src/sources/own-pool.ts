/** Pools of a repository that are no plain folder: in two parts, or behind a link. */
import type { DocumentFault } from "@ouverture/core";
import type { FunctionSource } from "../store.js";

/** Several sources of one pool, of which the first that has something decides. */
export function firstPool(name: string, sources: readonly FunctionSource[]): FunctionSource {
  async function first<T>(ask: (source: FunctionSource) => Promise<T | undefined>) {
    for (const source of sources) {
      const answer = await ask(source);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
  async function all(ask: (source: FunctionSource) => Promise<readonly string[]>) {
    const answers = await Promise.all(sources.map(ask));
    return [...new Set(answers.flat())].sort();
  }
  async function* list(): AsyncGenerator<string> {
    const known = new Set<string>();
    for (const source of sources) {
      for await (const hash of source.list() ?? []) known.add(hash);
    }
    yield* [...known].sort();
  }
  return {
    name,
    get: (hash) => first((source) => source.get(hash)),
    getMapping: (hash, reference) => first((source) => source.getMapping(hash, reference)),
    async listMappings(hash, language) {
      const listed = await Promise.all(sources.map((one) => one.listMappings(hash, language)));
      const references = listed.flat().map((one) => [`${one.language} ${one.hash}`, one] as const);
      return [...new Map(references).values()];
    },
    complete: (digits) => all((source) => source.complete(digits)),
    list,
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** A pool behind a link that leads out of the repository: each function of it is at fault. */
export function refusePool(name: string): FunctionSource {
  const fault: DocumentFault = {
    code: "malformed-object",
    data: { reason: "not-a-file", path: "" },
    span: null,
  };
  return {
    name,
    get: () => Promise.resolve(fault),
    getMapping: () => Promise.resolve(fault),
    listMappings: () => Promise.resolve([]),
    complete: () => Promise.resolve([]),
    list: () => null,
    close: () => Promise.resolve(),
  };
}
