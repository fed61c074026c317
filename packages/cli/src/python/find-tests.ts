/** Which functions of the pools test another: they import it, and are called or marked as tests. */
import type { StoredObject } from "@ouverture/core";
import { type FunctionSource, readFunction, readMappings, type SearchIndex } from "@ouverture/pool";
import { nameOf } from "../name-of.js";
import { type IndexFlags, withIndexes } from "../open-indexes.js";
import type { Session } from "../session.js";

export interface TestFunction {
  readonly hash: string;
  /** In the reader's language. */
  readonly name: string;
  /** `null` where it has no names at all. */
  readonly language: string | null;
}

/** Finds them, sorted by their names. */
export async function findTests(
  hash: string,
  flags: IndexFlags,
  session: Session,
): Promise<TestFunction[]> {
  const callers = await withIndexes(session, flags, (indexes) => findCallers(hash, indexes));
  const source = await session.openSource({ isLocal: true, allMappings: true });
  const { user } = await session.configuration();
  const tests: TestFunction[] = [];
  for (const caller of callers) {
    const found = await readFunction(source, caller);
    if (found?.ok !== true || !found.value.dependencies.includes(hash)) continue;
    const { object } = found.value;
    const isMarked = object.metadata.tags.includes("test");
    if (!isMarked && !(await isCalledTest(source, object))) continue;
    const { name, language } = await nameOf(source, object, user.languages);
    tests.push({ hash: caller, name: name ?? caller.slice(0, SHOWN_DIGITS), language });
  }
  return tests.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const SHOWN_DIGITS = 12;

async function findCallers(hash: string, indexes: readonly SearchIndex[]): Promise<string[]> {
  const graphs = await Promise.all(indexes.map((index) => index.callers(hash, { depth: 1 })));
  const callers = graphs.flatMap((graph) => graph?.find((one) => one.hash === hash)?.next ?? []);
  return [...new Set(callers)];
}

/** Does its name in any language begin with `test`? */
async function isCalledTest(source: FunctionSource, object: StoredObject): Promise<boolean> {
  for await (const { mapping } of readMappings(source, object)) {
    if (mapping.ok && mapping.value.name_mapping._ouverture_v_0?.startsWith("test")) return true;
  }
  return false;
}
