/** A kept name that looks like `_ouverture_v_<digits>` is `reserved-name` (docs/normal-form.md, "Names"). */
import type { Fault } from "../result.js";
import type { Keyword, NamedNode, Range } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";
import { identifierAt } from "./inventory.js";
import type { KeywordTargets } from "./keywords.js";
import { isReservedName, NAME_PREFIX } from "./pool-name.js";
import { isWrittenOut, referencedHash } from "./pool-reference.js";
import type { Program } from "./program.js";
import { roleOf } from "./role.js";

/** A name that is kept as it is spelled, and where. */
interface Kept {
  readonly name: string;
  readonly at: Range;
}

export function checkReservedNames(program: Program, keywords: KeywordTargets): Fault | null {
  const kept =
    boundName(program) ?? importedName(program) ?? attribute(program) ?? keyword(program, keywords);
  if (kept === null) return null;
  const data = { name: kept.name };
  return { code: "reserved-name", data, span: spanOf(program.source, kept.at) };
}

/** The name of a binding that is kept, or a reference to one. */
function boundName(program: Program): Kept | null {
  const { names, inventory } = program;
  function isKept(node: NamedNode, index: number): boolean {
    const binding = names.bindingAt(node, index);
    return binding === null || roleOf(binding, program) === "kept";
  }
  for (const node of inventory.names) {
    if (isReservedName(node.id) && isKept(node, 0)) return { name: node.id, at: node };
  }
  for (const node of inventory.binders) {
    for (let index = 0; ; index += 1) {
      const name = identifierAt(node, index);
      if (name === undefined) break;
      if (isReservedName(name) && isKept(node, index)) return { name, at: node };
    }
  }
  return null;
}

/** A part of what an import imports. */
function importedName({ inventory }: Program): Kept | null {
  for (const statement of inventory.imports) {
    let name = statement.kind === "ImportFrom" ? reservedPart(statement.module ?? "") : undefined;
    for (const alias of statement.names) name ??= reservedPart(alias.name);
    if (name !== undefined) return { name, at: statement };
  }
  return null;
}

function reservedPart(dotted: string): string | undefined {
  return dotted.includes(NAME_PREFIX) ? dotted.split(".").find(isReservedName) : undefined;
}

/** An attribute, but that of `<name>._ouverture_v_0`; the keyword of a class pattern. */
function attribute(program: Program): Kept | null {
  for (const node of program.inventory.attributes) {
    if (isReservedName(node.attr) && !isWrittenOut(node, program)) {
      return { name: node.attr, at: node };
    }
  }
  for (const pattern of program.inventory.classPatterns) {
    const name = pattern.kwd_attrs.find(isReservedName);
    if (name !== undefined) return { name, at: pattern };
  }
  return null;
}

/** A keyword that is neither that of a renamed parameter nor passed to the pool. */
function keyword(program: Program, keywords: KeywordTargets): Kept | null {
  for (const node of program.inventory.calls) {
    const kept = reservedKeyword(node.keywords, keywords);
    if (kept !== null && referencedHash(node.func, program) === null) return kept;
  }
  for (const node of program.inventory.definitions) {
    const kept = node.kind === "ClassDef" ? reservedKeyword(node.keywords, keywords) : null;
    if (kept !== null) return kept;
  }
  return null;
}

function reservedKeyword(written: readonly Keyword[], keywords: KeywordTargets): Kept | null {
  for (const one of written) {
    const name = one.arg;
    if (name !== null && isReservedName(name) && !keywords.has(one)) return { name, at: one };
  }
  return null;
}
