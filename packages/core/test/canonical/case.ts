/** How the cases of `normalize` are written down, and the one check of them all. */
import { expect } from "vitest";
import type { NormalizeOptions } from "../../src/canonical/form.js";
import { normalize } from "../../src/canonical/normalize.js";

/** Functions of the pool that the cases import. */
export const A = "a1".repeat(32);
export const B = "0b".repeat(32);

/**
 * What `normalize` makes of each of `sources`: `code`, with `$1` for
 * `_ouverture_v_1`; or `fault`, "code name line:column-column". `<A>` and `<B>`
 * stand for the hashes.
 */
export interface Case {
  readonly rule: string;
  readonly sources: readonly string[];
  readonly code?: string;
  readonly fault?: string;
  /** The names in the order of their numbers. */
  readonly names?: readonly string[];
  readonly docstring?: string;
  readonly aliases?: Readonly<Record<string, string>>;
}

export function written(text: string): string {
  return text
    .replaceAll(/\$(\d)/g, "_ouverture_v_$1")
    .replaceAll("<A>", A)
    .replaceAll("<B>", B);
}

export function check(one: Case, options: NormalizeOptions = {}): void {
  for (const source of one.sources) expect(outcome(one, source, options)).toEqual(expected(one));
}

function expected({ rule: _rule, sources: _sources, code, ...rest }: Case): object {
  return code === undefined ? rest : { code: written(code), ...rest };
}

/** What a case says of a source, in the words of the case. */
function outcome(one: Case, source: string, options: NormalizeOptions): object {
  const result = normalize(written(source), options);
  if (!result.ok) {
    const { code, data, span } = result.fault;
    const what = Object.values(data)[0] ?? "";
    const place = span === null ? "" : ` ${span.line}:${span.column}-${span.endColumn}`;
    return { fault: `${code} ${String(what)}${place}` };
  }
  const { code, mapping } = result.value;
  return {
    code,
    ...(one.names && { names: Object.values(mapping.name_mapping) }),
    ...(one.docstring !== undefined && { docstring: mapping.docstring }),
    ...(one.aliases && { aliases: mapping.alias_mapping }),
  };
}
