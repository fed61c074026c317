import { describe, expect, test } from "vitest";
import { bindingUses } from "../../src/canonical/binding-uses.js";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { Callee, Mapping } from "../../src/canonical/form.js";
import { hash, mappingHash } from "../../src/canonical/hash.js";
import { normalize } from "../../src/canonical/normalize.js";
import { encodeObject, type StoredObject } from "../../src/record/object.js";
import { type Rehashed, type Renamed, rehash } from "../../src/record/rehash.js";
import { faultMessage } from "../../src/report/message.js";
import { checkObject } from "../../src/verify/check-object.js";
import { A, B, written } from "../canonical/case.js";
import { generateProgram } from "../canonical/generate-program.js";
import { chooseFrom } from "../canonical/program.js";
import { ownNames } from "../canonical/program-names.js";
import { programText } from "../canonical/program-text.js";
import { storedCode } from "../verify/stored.js";

function mappingOf(names: readonly string[], rest: Partial<Mapping> = {}): Mapping {
  const entries = names.map((name, number) => [`_ouverture_v_${number}`, name]);
  const name_mapping = Object.fromEntries(entries);
  return { docstring: "", name_mapping, alias_mapping: {}, comment: "", ...rest };
}

type Languages = Readonly<Record<string, Mapping>>;

function rehashed(
  object: StoredObject,
  languages: Languages = {},
  renamed: ReadonlyMap<string, Renamed> = new Map(),
): Rehashed {
  const mappings = Object.entries(languages).map(([language, mapping]) => ({ language, mapping }));
  const result = rehash(object, mappings, renamed);
  if (!result.ok) throw new Error(faultMessage(result.fault));
  return result.value;
}

/** What a rehashed function is in a language. */
function textIn({ object, mappings }: Rehashed, language: string): string {
  const found = mappings.find((one) => one.language === language);
  const text = found && denormalize(object.normalized_code, found.mapping);
  return text?.ok ? text.value : `no ${language}`;
}

const OLDER = written("def $0($2, $1):\n    return $2 - $1");
const older = storedCode(OLDER).object;
const names: Languages = {
  eng: mappingOf(["subtract", "what", "whence"], { docstring: "Subtract." }),
  fra: mappingOf(["soustraire", "quoi", "de"], { docstring: "Soustrait." }),
};

function renamedOf(one: Rehashed, before: StoredObject): ReadonlyMap<string, Renamed> {
  return new Map([[before.hash, one.renamed]]);
}

describe("rehash", () => {
  test("gives a function of the older form its normal form, and each language its words", () => {
    const documented = OLDER.replace("\n", '\n    """Subtract."""\n');
    const object = { ...older, normalized_code: documented, hash: hash(OLDER) };
    const result = rehashed(object, names);
    const code = written("def $0($1, $2):\n    return $1 - $2");
    expect(result.object).toEqual({ ...object, normalized_code: code, hash: hash(code) });
    expect(checkObject(hash(code), encodeObject(result.object))).toMatchObject({
      ok: true,
      value: { olderForm: null },
    });
    expect(result.docstring).toBe("Subtract.");
    expect(result.findings).toEqual([]);
    expect(result.mappings.map((one) => one.hash)).toEqual(
      result.mappings.map(({ mapping }) => mappingHash(mapping)),
    );
    expect(textIn(result, "eng")).toBe(
      'def subtract(whence, what):\n    """Subtract."""\n    return whence - what',
    );
    expect(textIn(result, "fra")).toBe(
      'def soustraire(de, quoi):\n    """Soustrait."""\n    return de - quoi',
    );
  });

  test("writes the callers to the new hashes", () => {
    const callee = rehashed(older, names);
    const caller = storedCode(
      `from ouverture.pool import object_${older.hash}, object_${B}\n\n${written("def $0($2, $1):")}\n    return object_${older.hash}._ouverture_v_0(_ouverture_v_2, object_${B}._ouverture_v_0(_ouverture_v_1))`,
    ).object;
    const eng = mappingOf(["f", "a", "b"], {
      alias_mapping: { [older.hash]: "minus", [B]: "other" },
    });
    const result = rehashed(caller, { eng }, renamedOf(callee, older));
    const now = callee.object.hash;
    expect(result.object.metadata.dependencies).toEqual([B, now].sort());
    expect(result.mappings[0]?.mapping.alias_mapping).toEqual({ [now]: "minus", [B]: "other" });
    expect(textIn(result, "eng")).toContain("def f(b, a):\n    return minus(b, other(a))");
  });

  test("writes a caller in the normal form, too; and leaves alone what nothing changes", () => {
    const callee = rehashed(older, names);
    const code = written(
      `from ouverture.pool import object_${older.hash}\n\ndef $0($1):\n    return object_${older.hash}.$0($1, $1)`,
    );
    const { object } = storedCode(code);
    const eng = mappingOf(["f", "a"], { alias_mapping: { [older.hash]: "minus" } });
    const result = rehashed(object, { eng }, renamedOf(callee, older));
    expect(result.object.normalized_code).toBe(code.replaceAll(older.hash, callee.object.hash));
    expect(rehashed(object, { eng }).object).toBe(object);
    expect(rehashed(object, { eng }).mappings).toEqual([
      { language: "eng", hash: mappingHash(eng), mapping: eng },
    ]);
  });

  describe("keywords in calls of what was renamed", () => {
    const call = (keywords: string, head = "def $0():") =>
      storedCode(
        written(
          `from ouverture.pool import object_${older.hash}\n\n${head}\n    return object_${older.hash}.$0(${keywords})`,
        ),
      ).object;
    // A builtin as a local is of the older form alone.
    const olderHead = "def $0(input=1):";
    const anything = storedCode(written("def $0($2, **$1):\n    return $2")).object;

    test.each<[string, StoredObject, string, string[]]>([
      ["numbers follow the parameter", call("$2=1, $1=2"), "$1=1, $2=2", []],
      ["words of any language", call("whence=1, quoi=2", olderHead), "$1=1, $2=2", []],
      [
        "words that it does not have",
        call("other=1", olderHead),
        "other=1",
        ["unresolved-keyword"],
      ],
      ["words in a normal form", call("what=1"), "what=1", ["unresolved-keyword"]],
    ])("%s", (_, object, expected, findings) => {
      const callee = rehashed(older, names);
      const result = rehashed(object, {}, renamedOf(callee, older));
      expect(result.object.normalized_code).toContain(written(`.$0(${expected})`));
      expect(result.findings.map(({ fault }) => fault.code)).toEqual(findings);
    });

    test("a word that two languages have for two parameters says nothing", () => {
      const callee = rehashed(older, {
        eng: mappingOf(["f", "a", "b"]),
        fra: mappingOf(["f", "b", "c"]),
      });
      expect([...callee.renamed.words.keys()].sort()).toEqual(["a", "c"]);
    });

    test("a function with ** takes every word", () => {
      const callee = rehashed(anything, { eng: mappingOf(["f", "rest", "first"]) });
      const caller = call("more=1, first=2", olderHead);
      const code = caller.normalized_code.replaceAll(older.hash, anything.hash);
      const result = rehashed(storedCode(code).object, {}, renamedOf(callee, anything));
      expect(result.findings).toEqual([]);
      expect(result.object.normalized_code).toContain(written("(more=1, $1=2)"));
    });
  });

  test("keeps the aliases that the text itself has", () => {
    const code = written(
      "from ouverture.pool import object_<A> as mean, object_<B> as sum\n\ndef $0():\n    return mean(sum())",
    );
    const eng = mappingOf(["f"], { alias_mapping: { [A]: "average" } });
    const result = rehashed(storedCode(code).object, { eng });
    expect(result.mappings[0]?.mapping.alias_mapping).toEqual({ [A]: "average", [B]: "sum" });
  });

  test("leaves out a mapping that is none of the function, and says why", () => {
    const result = rehashed(older, {
      ...names,
      spa: mappingOf(["f", "a"]),
      ita: mappingOf(["f", "a", "a"]),
    });
    expect(result.mappings.map(({ language }) => language)).toEqual(["eng", "fra"]);
    expect(result.findings).toMatchObject([
      { language: "spa", fault: { code: "invalid-mapping", data: { reason: "missing-name" } } },
      { language: "ita", fault: { code: "invalid-mapping", data: { reason: "other-meaning" } } },
    ]);
  });

  test.each<[string, StoredObject, string]>([
    ["a changed text", { ...older, hash: A }, "hash-mismatch"],
    ["a forged text", storedCode(`${OLDER}  # honest`).object, "not-canonical"],
    ["no function", storedCode("x = 1").object, "not-canonical"],
    ["no Python", storedCode("def").object, "not-canonical"],
  ])("refuses %s", (_, object, fault) => {
    expect(rehash(object, [], new Map())).toMatchObject({ ok: false, fault: { code: fault } });
  });

  test("whatever the numbers were, the function is the same in the same words", () => {
    const callee = (): Callee => ({ code: "def f(**k): pass", name_mapping: {} });
    let count = 0;
    for (let seed = 1; seed <= 80; seed += 1) {
      const choose = chooseFrom(seed);
      const program = generateProgram(choose, { version: 11, size: 30 });
      const normal = normalize(programText(program, ownNames), { callee });
      if (!normal.ok) throw new Error(normal.fault.code);
      const { code, mapping } = normal.value;
      const shuffled = shuffle(code, choose);
      // The text of a t-string, or the order of what is mangled, may not allow it.
      const before = normalize(shuffled.code, { callee });
      if (!before.ok || before.value.code !== code) continue;
      const old = Object.entries(mapping.name_mapping).map(([number, name]) => {
        return [shuffled.numbers.get(number) ?? number, name];
      });
      const result = rehashed(storedCode(shuffled.code).object, {
        eng: { ...mapping, name_mapping: Object.fromEntries(old) },
      });
      expect(result.object.normalized_code).toBe(code);
      expect(result.mappings).toMatchObject([{ mapping }]);
      count += 1;
    }
    expect(count).toBeGreaterThan(60);
  });
});

/** A normal form with its numbers, but that of the function, in another order. */
function shuffle(code: string, choose: (count: number) => number) {
  const uses = bindingUses(code);
  if (!uses.ok) throw new Error(uses.fault.code);
  const left = uses.value.map(({ number }) => number).slice(1);
  const numbers = new Map<string, string>();
  for (const { number } of uses.value.slice(1)) {
    numbers.set(number, left.splice(choose(left.length), 1)[0] ?? "");
  }
  const edits = uses.value.flatMap((one) => one.uses.map(({ start }) => ({ ...one, start })));
  let text = code;
  for (const { number, start } of edits.sort((a, b) => b.start - a.start)) {
    const other = numbers.get(number) ?? number;
    text = text.slice(0, start) + other + text.slice(start + number.length);
  }
  return { code: text, numbers };
}
