/**
 * The same answer everywhere: functions called as they were written, through their import in each
 * language, as compiled, and as `ouverture run` does, on each Python of this machine. They are made
 * up by chance, and those of examples/.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type Callee,
  encodeMapping,
  encodeObject,
  mappingHash,
  mappingPath,
  type NormalForm,
  normalize,
  objectPath,
} from "@ouverture/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ouverture } from "../../cli/test/command.js";
import { EXAMPLES } from "./examples.js";
import { interpreters } from "./interpreters.js";
import { runRows } from "./run-rows.js";
import { type Known, LANGUAGES, makeRunnable, parameterOf } from "./runnable.js";

const COUNT = Number(process.env.ANSWER_FUNCTIONS ?? 200);
const root = mkdtempSync(join(tmpdir(), "ouverture-answers-"));
afterAll(() => rmSync(root, { recursive: true }));

interface Row {
  readonly hash: string;
  readonly calls: readonly unknown[][];
  /** By language: the module as it was written, and the function's name. */
  readonly direct: Record<string, [module: string, name: string]>;
}

const rows: Row[] = [];
const forms = new Map<string, Map<string, NormalForm>>();

function write(path: string, text: string): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

/** Stores a function that is written in some languages, as a pool and as modules. */
function store(index: number, sources: Readonly<Record<string, string>>, calls: readonly string[]) {
  const direct: Row["direct"] = {};
  const stored = new Map<string, NormalForm>();
  for (const [language, source] of Object.entries(sources)) {
    const callee = (hash: string): Callee | undefined => {
      const form = forms.get(hash)?.get(language);
      return form && { code: form.code, name_mapping: form.mapping.name_mapping };
    };
    const normal = normalize(source, { callee });
    if (!normal.ok) throw new Error(`${JSON.stringify(normal.fault)}\n${source}`);
    const { hash, mapping } = normal.value;
    stored.set(language, normal.value);
    const place = mappingPath(hash, language, mappingHash(mapping));
    if (place.ok) write(`.ouverture/${place.value}`, encodeMapping(mapping));
    const name = mapping.name_mapping._ouverture_v_0 ?? "";
    direct[language] = [`m_${language}_${index}`, name];
    write(
      `m_${language}_${index}.py`,
      source.replaceAll(
        /^from ouverture\.pool import object_([0-9a-f]{64})(?= as)/gm,
        (_, one: string) => {
          const known = rows.find((row) => row.hash === one)?.direct ?? {};
          const [module, word] = known[language] ?? Object.values(known)[0] ?? [];
          return `from ${module} import ${word}`;
        },
      ),
    );
  }
  const [first, ...others] = stored.values();
  if (first === undefined || others.some(({ hash }) => hash !== first.hash)) {
    throw new Error(`the languages differ: ${JSON.stringify(sources)}`);
  }
  const path = objectPath(first.hash);
  const object = encodeObject({
    schema_version: 1,
    hash: first.hash,
    hash_algorithm: "sha256",
    normalized_code: first.code,
    encoding: "none",
    metadata: {
      created: "2026-01-01T00:00:00Z",
      author: "",
      tags: [],
      dependencies: first.dependencies,
    },
  });
  if (path.ok) write(`.ouverture/${path.value}`, object);
  forms.set(first.hash, stored);
  rows.push({ hash: first.hash, calls: calls.map((call) => JSON.parse(asJson(call))), direct });
}

function asJson(call: string): string {
  return call.replaceAll("'", '"').replaceAll("None", "null");
}

beforeAll(async () => {
  for (let seed = 0; seed < COUNT; seed += 1) {
    const known: Known[] = rows.map(({ hash }) => ({
      hash,
      parameter: Object.fromEntries(LANGUAGES.map((one) => [one, parameterOf(one)])),
    }));
    const { sources, calls } = makeRunnable(seed, known);
    store(seed, sources, calls);
  }
  for (const { sources, calls } of EXAMPLES) store(rows.length, sources, calls);
  write("compiled/__init__.py", "");
  for (const [index, { hash, direct }] of rows.entries()) {
    for (const [language, [module]] of Object.entries(direct)) {
      if (!isCompiled(index, language)) continue;
      const file = join(root, "compiled", `${module}.py`);
      const { status, stderr } = await ouverture(root, ["compile", `${hash}@${language}`, file], {
        environment: { HOME: join(root, "home") },
      });
      if (status !== 0) throw new Error(stderr);
    }
  }
}, 600_000);

/** Of those made up by chance, one language of each: to compile in all takes long. */
function isCompiled(index: number, language: string): boolean {
  return index >= COUNT || language === LANGUAGES[index % LANGUAGES.length];
}

/** By call, language and way: what came of it. */
type Answers = readonly Record<string, Record<string, string | null>>[];

/** Expects one answer in every way, and counts how many of them are exceptions. */
function compare(all: readonly Answers[], from: number, to: number) {
  let raised = 0;
  let returned = 0;
  for (let index = from; index < to; index += 1) {
    for (const [call, languages] of (all[index] ?? []).entries()) {
      for (const [language, ways] of Object.entries(languages)) {
        const direct = ways.direct ?? "";
        const isGenerator = ways.run?.startsWith("<generator object") ?? false;
        expect({ index, call, language, ...ways }).toEqual({
          index,
          call,
          language,
          direct,
          import: direct,
          compiled: isCompiled(index, language) ? direct : null,
          run: isGenerator ? ways.run : direct,
        });
        if (/^[\w.]+(?:Error|Exception|InvalidOperation)(?::|$)/.test(direct)) raised += 1;
        else returned += 1;
      }
    }
  }
  return { raised, returned };
}

describe.each(interpreters)("Python $version", ({ path }) => {
  const answers = () => runRows<Answers>(path, "answers.py", rows, root);
  let given: Answers[] = [];
  beforeAll(() => {
    given = answers();
  });

  test(`${COUNT} functions give the same in every way`, () => {
    const { raised, returned } = compare(given, 0, COUNT);
    expect(Math.min(raised, returned)).toBeGreaterThan(COUNT / 2);
  });

  test("the functions of examples/ give the same in every way", () => {
    const { raised, returned } = compare(given, COUNT, rows.length);
    expect({ raised, returned }).toEqual({ raised: 28, returned: 59 });
    // What they say names none of their words, so that it is the same in each language, too.
    for (const languages of given.slice(COUNT).flat()) {
      expect(new Set(Object.values(languages).map(({ direct }) => direct)).size).toBe(1);
    }
  });
});
