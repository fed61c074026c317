/** vectors/normal-form.json: function files that share a hash, or are refused. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalize } from "../../src/canonical/normalize.js";

interface Accepted {
  readonly source: string;
  readonly code: string;
  readonly hash: string;
  readonly docstring: string;
  readonly names: Record<string, string>;
  readonly aliases: Record<string, string>;
  readonly dependencies: readonly string[];
}
interface Refused {
  readonly source: string;
  readonly error: string;
}
interface Case {
  readonly name: string;
  readonly files: readonly (Accepted | Refused)[];
}

const url = new URL("../vectors/normal-form.json", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(url, "utf8"));

/** What `normalize` makes of a file, as the vectors write it down. */
function resultOf(source: string): object {
  const result = normalize(source);
  if (!result.ok) return { source, error: result.fault.code };
  const { code, hash, mapping, dependencies } = result.value;
  const { docstring, name_mapping: names, alias_mapping: aliases } = mapping;
  return { source, code, hash, docstring, names, aliases, dependencies };
}

describe("the vectors", () => {
  test.each(cases)("$name", ({ files }) => {
    for (const file of files) expect(resultOf(file.source)).toEqual(file);
  });
});
