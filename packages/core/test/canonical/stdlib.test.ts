/**
 * The laws of docs/normal-form.md over the top-level functions of the standard
 * library of the machine's python3, each made a function file with the imports of
 * its module that it uses. Those that use other names of their module are refused.
 */
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { denormalize } from "../../src/canonical/denormalize.js";
import type { NormalForm } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";
import type { Fault, Result } from "../../src/result.js";
import { parse } from "../../src/syntax/parse/module.js";
import { unparse } from "../../src/syntax/print/unparse.js";
import { hasPython, runPython } from "./python.js";

interface Accepted {
  readonly place: string;
  readonly source: string;
  readonly form: NormalForm;
}

const FUNCTIONS = new URL("stdlib_functions.py", import.meta.url);
const COMPARE = new URL("compare_code.py", import.meta.url);

/** What the normal form cannot hold of a module of the library. */
const EXPECTED = new Set(["unresolved-name", "relative-import", "syntax-error"]);

describe.runIf(hasPython)("the functions of the standard library", () => {
  const accepted: Accepted[] = [];
  const refused: { readonly place: string; readonly fault: Fault }[] = [];

  beforeAll(() => {
    const { stdout } = spawnSync("python3", ["-W", "ignore", FUNCTIONS.pathname], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    for (const line of stdout.trim().split("\n")) {
      const [place, source]: [string, string] = JSON.parse(line);
      const result: Result<NormalForm, Fault> = normalize(source);
      if (result.ok) accepted.push({ place, source, form: result.value });
      else refused.push({ place, fault: result.fault });
    }
  });

  /** The places at which a law does not hold. */
  function exceptions(law: (one: Accepted) => boolean): string[] {
    return accepted.filter((one) => !law(one)).map(({ place }) => place);
  }

  function codeOf(source: string): string {
    const result = normalize(source);
    return result.ok ? result.value.code : JSON.stringify(result.fault);
  }

  test("there are many, and what is refused is refused for its names", () => {
    expect(accepted.length).toBeGreaterThan(1000);
    expect(refused.filter(({ fault }) => !EXPECTED.has(fault.code))).toEqual([]);
    const syntax = refused.filter(({ fault }) => fault.code === "syntax-error");
    expect(syntax.filter(({ place }) => !place.startsWith("badsyntax_"))).toEqual([]);
  });

  test("1. renaming", () => {
    const renamed = exceptions(({ form: { code, mapping } }) => {
      const numbers = Object.keys(mapping.name_mapping);
      const name_mapping = Object.fromEntries(numbers.map((name, i) => [name, `n${i}`]));
      const text = denormalize(code, { ...mapping, name_mapping });
      return text.ok && text.value !== code && codeOf(text.value) === code;
    });
    expect(renamed).toEqual([]);
  });

  test("2. presentation", () => {
    const shown = exceptions(({ source, form: { code } }) => {
      const parsed = parse(source);
      return parsed.ok && codeOf(unparse(parsed.value)) === code;
    });
    expect(shown).toEqual([]);
  });

  test("3. meaning", () => {
    const rows = accepted.map(({ source, form: { code, mapping } }) => [
      source,
      code,
      mapping.name_mapping,
    ]);
    const differences = runPython("python3", COMPARE, rows);
    expect(differences).toEqual(rows.map(() => ""));
  });

  test("4. fixpoint", () => {
    expect(exceptions(({ form: { code } }) => codeOf(code) === code)).toEqual([]);
  });

  test("5. return", () => {
    const returned = exceptions(({ form: { code, mapping } }) => {
      const text = denormalize(code, mapping);
      return text.ok && codeOf(text.value) === code;
    });
    expect(returned).toEqual([]);
  });
});
