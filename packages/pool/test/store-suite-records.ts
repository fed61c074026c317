/** Functions for the tests of stores: what `add` takes, made from Python source. */
import {
  encodeMapping,
  encodeObject,
  mappingHash,
  mappingPath,
  normalize,
  objectPath,
  type StoredObject,
} from "@ouverture/core";
import type { FunctionRecord, LanguageMapping } from "../src/store.js";

/** One function, from its sources in some languages: all have to be the same function. */
export function recordOf(
  sources: Readonly<Record<string, string>>,
  comments: readonly string[] = [""],
): FunctionRecord {
  const forms = Object.entries(sources).flatMap(([language, source]) =>
    comments.map((comment) => ({ language, normal: normalForm(source, comment) })),
  );
  const [first] = forms;
  if (first === undefined) throw new Error("a record needs a source");
  const { hash, code, dependencies } = first.normal;
  if (forms.some(({ normal }) => normal.hash !== hash)) throw new Error("two functions");
  const metadata = { created: "2026-01-01T00:00:00Z", author: "Zoé 李", tags: ["a"], dependencies };
  const object: StoredObject = {
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata,
  };
  const mappings: LanguageMapping[] = forms.map(({ language, normal }) => ({
    language,
    mapping: normal.mapping,
  }));
  return { object, mappings };
}

function normalForm(source: string, comment: string) {
  const normal = normalize(source, { comment });
  if (!normal.ok) throw new Error(`${normal.fault.code}: ${source}`);
  return normal.value;
}

/** The files of a record, by their paths in a pool. */
export function filesOf({ object, mappings }: FunctionRecord): Map<string, string> {
  const files = new Map([[pathOfObject(object.hash), encodeObject(object)]]);
  for (const { language, mapping } of mappings) {
    files.set(pathOfMapping(object.hash, language, mappingHash(mapping)), encodeMapping(mapping));
  }
  return files;
}

export function pathOfObject(hash: string): string {
  const path = objectPath(hash);
  if (!path.ok) throw new Error(path.fault.code);
  return path.value;
}

export function pathOfMapping(hash: string, language: string, ofMapping: string): string {
  const path = mappingPath(hash, language, ofMapping);
  if (!path.ok) throw new Error(path.fault.code);
  return path.value;
}

/** A function in five languages, with accents, without Latin letters, right to left. */
export const mean = recordOf({
  eng: 'def mean(values):\n    """The mean."""\n    total = sum(values)\n    return total / len(values)',
  fra: 'def moyenne(éléments):\n    """La moyenne."""\n    somme = sum(éléments)\n    return somme / len(éléments)',
  jpn: 'def 平均(値):\n    """平均値。\n\n    二行目。"""\n    合計 = sum(値)\n    return 合計 / len(値)',
  heb: "def ממוצע(ערכים):\n    סכום = sum(ערכים)\n    return סכום / len(ערכים)",
  "domain-medical":
    'def dose(x):\n    """🩺 \\x00 \\\\ \\" """\n    y = sum(x)\n    return y / len(x)',
});

/** Imports `mean` under an alias. */
export const spread = recordOf({
  eng: `from ouverture.pool import object_${mean.object.hash} as mean\n\ndef spread(values):\n    return max(values) - mean(values)`,
  fra: `from ouverture.pool import object_${mean.object.hash} as moyenne\n\ndef étendue(valeurs):\n    return max(valeurs) - moyenne(valeurs)`,
});

/** As the Python tool stored it: the docstring is in the text, and not in the hash. */
export const olderForm: FunctionRecord = olderFormOf(
  recordOf({ eng: 'def double(number):\n    """Twice the number."""\n    return number * 2' }),
);

function olderFormOf({ object, mappings }: FunctionRecord): FunctionRecord {
  const [head, ...body] = object.normalized_code.split("\n");
  const normalized_code = [head, '    """Twice the number."""', ...body].join("\n");
  return { object: { ...object, normalized_code }, mappings };
}

/** `count` small functions that differ; `first` tells two sets of them apart. */
export function manyRecords(count: number, first = 0): FunctionRecord[] {
  return Array.from({ length: count }, (_, index) =>
    recordOf({ eng: `def add_${first + index}(number):\n    return number + ${first + index}` }),
  );
}
