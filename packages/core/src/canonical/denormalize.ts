/**
 * The way back (docs/normal-form.md, "Mapping": denormalize): the names, aliases
 * and docstring of a mapping are written into the normal form. The mapping is
 * untrusted: law 5 is checked on the result.
 */
import { err, type Fault, ok, type Result } from "../result.js";
import type { Attribute, Expr, Keyword, Module, NamedNode, Statement } from "../syntax/ast.js";
import type { Naming } from "../syntax/print/naming.js";
import { unparse } from "../syntax/print/unparse.js";
import { anyCallee, type CalleeParameters, calleeParameters } from "./callee.js";
import { requireCanonical } from "./canonical-code.js";
import { indentDocstring } from "./docstring.js";
import type { CalleeSource, DenormalizeOptions, Mapping } from "./form.js";
import { joinImports } from "./imports.js";
import { checkMapping, entryOf, invalidMapping, isMapping, whyNoName } from "./mapping.js";
import { normalize, normalizeProgram } from "./normalize.js";
import { FUNCTION_NAME, hashOfPoolName, isReservedName } from "./pool-name.js";
import { referencedHash } from "./pool-reference.js";
import { type Program, readProgram } from "./program.js";
import { checkReturn } from "./return.js";

/**
 * Writes a normal form in the words of a mapping.
 *
 * @param options where the functions of the pool are to be had that it calls with
 * keyword arguments; `_ouverture_v_k=` stays where one is not at hand.
 * @returns the source text; or `not-canonical` where the code is no normal form,
 * and `invalid-mapping` where the mapping is none of it.
 */
export function denormalize(
  code: string,
  mapping: Mapping,
  options: DenormalizeOptions = {},
): Result<string, Fault> {
  if (!isMapping(mapping)) return err(invalidMapping("no-mapping", "mapping"));
  const program = readProgram(code);
  if (!program.ok) return program;
  const canonical = requireCanonical(code, normalizeProgram(program.value, { callee: anyCallee }));
  if (!canonical.ok) return canonical;
  const { dependencies } = canonical.value;
  const numbers = Object.keys(canonical.value.mapping.name_mapping);
  const invalid = checkMapping(mapping, numbers, dependencies);
  if (invalid !== null) return err(invalid);

  const body = withDocstring(program.value.definition.body, mapping.docstring);
  if (body === null) return err(invalidMapping("docstring", "docstring"));
  const imports = joinImports(withAliases(program.value, mapping));
  const definition = { ...program.value.definition, body };
  const tree: Module = { ...program.value.module, body: [...imports, definition] };
  const callee: CalleeSource = (hash) => options.callee?.(hash) ?? anyCallee();
  const text = unparse(tree, namingOf(mapping, program.value, calleeParameters(callee)));

  const returned = normalize(text, { callee, comment: mapping.comment });
  const lost = checkReturn({ code, mapping, text }, returned);
  return lost === null ? ok(text) : err(lost);
}

const INDENTATION = "    ";

/** Puts the docstring before a body; `null` where no string is this docstring. */
function withDocstring(body: readonly Statement[], docstring: string): readonly Statement[] | null {
  if (docstring === "") return body;
  const value = indentDocstring(docstring, INDENTATION);
  if (value === null) return null;
  const at = { start: body[0]?.start ?? 0, end: body[0]?.start ?? 0 };
  const statement: Expr = {
    kind: "Expr",
    value: { kind: "Constant", type: "str", value, prefix: null, ...at },
    ...at,
  };
  return [statement, ...body];
}

function withAliases({ imported }: Program, { alias_mapping }: Mapping): Program["imported"] {
  return imported.map((one) => {
    const alias = one.hash === null ? undefined : entryOf(alias_mapping, one.hash);
    return alias === undefined ? one : { ...one, alias };
  });
}

/** In a normal form a number is one binding's, and `object_<hash>` that of a pool import. */
function namingOf(
  mapping: Mapping,
  program: Program,
  parametersOf: (hash: string) => CalleeParameters | null,
): Naming {
  const keywords = poolKeywords(program, parametersOf);
  function importedAs(name: string): string {
    const hash = hashOfPoolName(name);
    return (hash === null ? undefined : entryOf(mapping.alias_mapping, hash)) ?? name;
  }
  return {
    name(node: NamedNode, spelled: string): string {
      const keyword = node.kind === "keyword" ? keywords.get(node) : undefined;
      if (keyword !== undefined) return keyword;
      if (isReservedName(spelled)) return entryOf(mapping.name_mapping, spelled) ?? spelled;
      return node.kind === "Name" || node.kind === "Global" ? importedAs(spelled) : spelled;
    },
    attribute({ value, attr }: Attribute): string | null {
      return attr === FUNCTION_NAME && value.kind === "Name" ? importedAs(value.id) : null;
    },
  };
}

/** `_ouverture_v_k=` in a call to the pool, in the words of the callee where it is at hand. */
function poolKeywords(
  program: Program,
  parametersOf: (hash: string) => CalleeParameters | null,
): ReadonlyMap<Keyword, string> {
  const words = new Map<Keyword, string>();
  for (const { func, keywords } of program.inventory.calls) {
    const hash = keywords.length === 0 ? null : referencedHash(func, program);
    if (hash === null) continue;
    const taken = new Set(keywords.map(({ arg }) => arg));
    for (const keyword of keywords) {
      if (keyword.arg === null || !isReservedName(keyword.arg)) continue;
      const name = parametersOf(hash)?.nameOf.get(keyword.arg) ?? keyword.arg;
      // What cannot be a keyword, or is one already, stays a number.
      words.set(keyword, taken.has(name) || whyNoName(name) !== null ? keyword.arg : name);
      taken.add(name);
    }
  }
  return words;
}
