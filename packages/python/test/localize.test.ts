/**
 * The text that Python shows, against the one that `denormalize` writes: byte for byte where a
 * mapping is sound, and refused where it is not, for functions of all kinds.
 */
import { readFileSync } from "node:fs";
import { denormalize, type Mapping, normalize } from "@ouverture/core";
import { describe, expect, test } from "vitest";
import { generateProgram } from "../../core/test/canonical/generate-program.js";
import { hostileMapping, one } from "../../core/test/canonical/hostile-mapping.js";
import { chooseFrom } from "../../core/test/canonical/program.js";
import { chooseNames, ownNames } from "../../core/test/canonical/program-names.js";
import { programText } from "../../core/test/canonical/program-text.js";
import { interpreters } from "./interpreters.js";
import { runRows } from "./run-rows.js";

/** Takes every keyword. */
const callee = () => ({ code: "def f(**k): pass", name_mapping: {} });

interface Row {
  readonly code: string;
  readonly mapping: Mapping;
  readonly hashes: readonly string[];
  /** `null` where `denormalize` refuses the mapping. */
  readonly expected: string | null;
}

function rowOf(code: string, mapping: Mapping): Row {
  const text = denormalize(code, mapping, { callee });
  const hashes = code.match(/(?<=^from ouverture\.pool import object_)[0-9a-f]{64}$/gm) ?? [];
  return { code, mapping, hashes, expected: text.ok ? `${text.value}\n` : null };
}

function generatedRows(count: number): Row[] {
  const rows: Row[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const choose = chooseFrom(seed);
    const version = one(choose, [11, 11, 13, 14] as const);
    const program = generateProgram(choose, { version, size: 5 + choose(60) });
    const normal = normalize(programText(program, ownNames), { callee });
    if (!normal.ok) throw new Error(JSON.stringify(normal.fault));
    const { code, mapping } = normal.value;
    rows.push(rowOf(code, mapping));
    const other = normalize(programText(program, chooseNames(program, choose)), { callee });
    if (other.ok) rows.push(rowOf(code, other.value.mapping));
    for (let round = 0; round < 4; round += 1)
      rows.push(rowOf(code, hostileMapping(code, mapping, choose)));
  }
  return rows;
}

interface Vector {
  readonly files: readonly { readonly source: string; readonly code?: string }[];
}

function vectorRows(): Row[] {
  const url = new URL("../../core/test/vectors/normal-form.json", import.meta.url);
  const vectors: readonly Vector[] = JSON.parse(readFileSync(url, "utf8"));
  return vectors.flatMap(({ files }) =>
    files.flatMap(({ source }) => {
      const normal = normalize(source, { callee });
      return normal.ok ? [rowOf(normal.value.code, normal.value.mapping)] : [];
    }),
  );
}

const PROGRAMS = Number(process.env.LOCALIZE_PROGRAMS ?? 250);
const rows = [...vectorRows(), ...generatedRows(PROGRAMS)];

describe.each(interpreters)("Python $version", ({ path }) => {
  test("writes what denormalize writes", () => {
    const answers = runRows<Record<string, string>>(path, "localize_rows.py", rows);
    const wrong = rows.flatMap((row, index) => {
      const answer = answers[index] ?? {};
      if (answer.unsupported !== undefined) return [];
      const isRight = row.expected === null ? "refused" in answer : answer.text === row.expected;
      return isRight ? [] : [{ ...row, answer }];
    });
    expect(wrong).toEqual([]);
    // Syntax that this Python does not have, sound mappings, and spoilt ones: all were met.
    const known = rows.filter((_, index) => answers[index]?.unsupported === undefined);
    expect(known.filter(({ expected }) => expected !== null).length).toBeGreaterThan(200);
    expect(known.filter(({ expected }) => expected === null).length).toBeGreaterThan(100);
  });
});
