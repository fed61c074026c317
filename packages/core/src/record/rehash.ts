/**
 * Objects of the older form get their normal form, and so a new hash, and what
 * imports them is rewritten (docs/pool.md, "Migration"). Callees come first: what
 * became of them is what their callers need.
 */
import { anyCallee } from "../canonical/callee.js";
import { requireCanonical } from "../canonical/canonical-code.js";
import { carryMapping } from "../canonical/carry-mapping.js";
import type { Mapping, NormalForm } from "../canonical/form.js";
import { hash, mappingHash } from "../canonical/hash.js";
import { normalizeProgram } from "../canonical/normalize.js";
import { isReservedName } from "../canonical/pool-name.js";
import { readProgram } from "../canonical/program.js";
import { signatureOf } from "../canonical/signature.js";
import { type Substitute, substituteDependencies } from "../canonical/substitute.js";
import { err, type Fault, ok, type Result } from "../result.js";
import type { MigratedMapping, MigrationFinding } from "./migrate.js";
import type { StoredObject } from "./object.js";
import { hashedText, isOlderForm } from "./older-form.js";

/** What became of a function: its hash now, and its parameters by what a caller may call them. */
export interface Renamed {
  readonly hash: string;
  /** By the parameter's name in the old text: its number now. */
  readonly parameters: ReadonlyMap<string, string>;
  /** By a word for a parameter, in whatever language: its number now. */
  readonly words: ReadonlyMap<string, string>;
  /** Has it a parameter `**`? */
  readonly takesAny: boolean;
}

export interface Rehashed {
  /** The same as before where it was in its normal form and imports nothing that was renamed. */
  readonly object: StoredObject;
  readonly mappings: readonly MigratedMapping[];
  /** What could not be carried over: a mapping (`invalid-mapping`, and it is left out), a keyword. */
  readonly findings: readonly MigrationFinding[];
  /** What its callers need to know. */
  readonly renamed: Renamed;
  /** That of the old text, which no hash covers, and no mapping need have. */
  readonly docstring: string;
}

/**
 * Gives an intact object its normal form, with `renamed` in the place of what it
 * imports, and each mapping the numbers of that, so that each language reads as before.
 *
 * @param renamed by its old hash, what became of each function that it imports; one
 * that is not in it stays.
 * @returns what is to be stored; or `hash-mismatch` (it is not intact), `not-canonical`
 * (it has no normal form, or is not of the older form), and the faults of `normalize`.
 */
export function rehash(
  object: StoredObject,
  mappings: readonly { readonly language: string; readonly mapping: Mapping }[],
  renamed: ReadonlyMap<string, Renamed>,
): Result<Rehashed, Fault> {
  const code = object.normalized_code;
  if (hashedText(code, object.hash) === null) {
    const data = { expected: object.hash, actual: hash(code) };
    return err({ code: "hash-mismatch", data, span: null });
  }
  const program = readProgram(code);
  const before = program.ok ? normalizeProgram(program.value, { callee: anyCallee }) : program;
  const canonical = requireCanonical(code, before);
  const isOlder = !canonical.ok && before.ok && isOlderForm(code, before.value);
  if (!canonical.ok && !isOlder) return canonical;
  if (!program.ok) return program;
  if (!before.ok) return before;

  const findings: MigrationFinding[] = [];
  const normal = substituteDependencies(program.value, (one) => {
    const callee = renamed.get(one);
    return callee === undefined ? null : substituteFor(callee, isOlder, findings);
  });
  if (!normal.ok) return normal;
  const { alias_mapping: aliases, docstring } = before.value.mapping;
  const carried = mappings.flatMap(({ language, mapping }): MigratedMapping[] => {
    const alias_mapping = { ...aliases, ...mapping.alias_mapping };
    const newHash = (one: string): string => renamed.get(one)?.hash ?? one;
    const now = carryMapping({ ...mapping, alias_mapping }, normal.value, newHash);
    if (now.ok) return [{ language, hash: mappingHash(now.value), mapping: now.value }];
    findings.push({ fault: now.fault, language });
    return [];
  });
  return ok({
    object: objectOf(object, normal.value),
    mappings: carried,
    findings,
    renamed: renamedAs(code, normal.value, carried),
    docstring,
  });
}

function objectOf(object: StoredObject, { code, hash, dependencies }: NormalForm): StoredObject {
  if (code === object.normalized_code) return object;
  const metadata = { ...object.metadata, dependencies };
  return { ...object, hash, normalized_code: code, metadata };
}

/**
 * A caller of the older form has the words of its author's language for keywords; in a
 * normal form a word goes into `**`.
 */
function substituteFor(
  { hash: now, parameters, words, takesAny }: Renamed,
  isOlder: boolean,
  findings: MigrationFinding[],
): Substitute {
  return {
    hash: now,
    keyword: (name) => {
      const known = parameters.get(name) ?? (isOlder ? words.get(name) : undefined);
      if (known === undefined && !takesAny) {
        const data = { keyword: name, hash: now };
        findings.push({ fault: { code: "unresolved-keyword", data, span: null }, language: null });
      }
      return ok(known ?? name);
    },
  };
}

/** A word that two languages have for two parameters says nothing. */
function renamedAs(
  code: string,
  normal: NormalForm,
  mappings: readonly MigratedMapping[],
): Renamed {
  const before = signatureOf(code);
  const after = signatureOf(normal.code);
  const parameters = new Map<string, string>();
  for (const [place, name] of before?.places.entries() ?? []) {
    const number = after?.places[place];
    if (number !== undefined && after?.keywords.has(number)) parameters.set(name, number);
  }
  const words = new Map<string, string | null>();
  for (const number of parameters.values()) {
    for (const { mapping } of mappings) {
      const word = mapping.name_mapping[number] ?? "";
      words.set(word, (words.get(word) ?? number) === number ? number : null);
    }
  }
  const known = [...words].flatMap(([word, number]) =>
    number === null || isReservedName(word) ? [] : [[word, number] as const],
  );
  return {
    hash: normal.hash,
    parameters,
    words: new Map(known),
    takesAny: after?.takesAny ?? false,
  };
}
