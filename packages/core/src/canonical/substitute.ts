/**
 * Other functions of the pool in the place of those that a function imports: in the
 * imports, in all that refers to them, and in the keywords of their calls.
 */
import { err, type Fault, type Result } from "../result.js";
import type { Keyword, Module, NamedNode } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";
import { unparse } from "../syntax/print/unparse.js";
import { anyCallee } from "./callee.js";
import type { NormalForm } from "./form.js";
import { sortImports } from "./imports.js";
import { normalize } from "./normalize.js";
import { poolNameOf } from "./pool-name.js";
import { referencedHash } from "./pool-reference.js";
import type { Program } from "./program.js";

/** What takes the place of a function of the pool. */
export interface Substitute {
  readonly hash: string;
  /** What a keyword is in a call of it; or the hash of the function that has no such parameter. */
  keyword(name: string): Result<string, string>;
}

/**
 * Normalizes a function with substitutes for what it imports; `null` leaves a function
 * as it is. The names of the old text are the names of the mapping that comes out, so
 * that `carryMapping` can carry the old mappings over.
 *
 * Faults: `unresolved-keyword`, and `name-clash` where two keywords of a call would be
 * one, in the old text; those of `normalize`, without a place.
 */
export function substituteDependencies(
  program: Program,
  substituteOf: (hash: string) => Substitute | null,
): Result<NormalForm, Fault> {
  const { names, pool, imported, module, definition } = program;
  const keywords = substituteKeywords(program, substituteOf);
  if (!keywords.ok) return keywords;
  function newHash(hash: string): string {
    return substituteOf(hash)?.hash ?? hash;
  }
  function name(node: NamedNode, spelled: string, index: number): string {
    if (node.kind === "keyword")
      return keywords.ok ? (keywords.value.get(node) ?? spelled) : spelled;
    const binding = names.bindingAt(node, index);
    const hash = binding === null ? undefined : pool.get(binding);
    return hash === undefined ? spelled : poolNameOf(newHash(hash));
  }
  const imports = imported.map((one) =>
    one.hash === null ? one : { ...one, hash: newHash(one.hash) },
  );
  const tree: Module = { ...module, body: [...sortImports(imports), definition] };
  const normal = normalize(unparse(tree, { name }), { callee: anyCallee });
  return normal.ok ? normal : err({ ...normal.fault, span: null });
}

function substituteKeywords(
  program: Program,
  substituteOf: (hash: string) => Substitute | null,
): Result<ReadonlyMap<Keyword, string>, Fault> {
  const written = new Map<Keyword, string>();
  for (const { func, keywords } of program.inventory.calls) {
    const hash = keywords.length === 0 ? null : referencedHash(func, program);
    const substitute = hash === null ? null : substituteOf(hash);
    if (substitute === null) continue;
    const taken = new Set<string>();
    for (const keyword of keywords) {
      if (keyword.arg === null) continue;
      const name = substitute.keyword(keyword.arg);
      const span = spanOf(program.source, keyword);
      if (!name.ok) {
        const data = { keyword: keyword.arg, hash: name.fault };
        return err({ code: "unresolved-keyword", data, span });
      }
      if (taken.has(name.value)) {
        return err({ code: "name-clash", data: { name: keyword.arg }, span });
      }
      taken.add(name.value);
      written.set(keyword, name.value);
    }
  }
  return { ok: true, value: written };
}
