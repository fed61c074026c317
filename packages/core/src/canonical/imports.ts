/** The import block (docs/normal-form.md, "Imports"): a sorted set of single-name statements. */
import type { Fault } from "../result.js";
import type { Alias, Import, ImportFrom, Module, Range } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";
import { compareByCodePoint } from "./code-points.js";
import {
  hashOfPoolName,
  isInPoolPackage,
  isPoolModule,
  POOL_MODULE,
  poolNameOf,
} from "./pool-name.js";
import type { Program } from "./program.js";
import type { ImportStatement } from "./unit.js";

/** One name of an import statement. */
export interface ImportedName {
  /** The module that is imported from; `null` in an `import` statement. */
  readonly from: string | null;
  readonly name: string;
  /** `null` where there is none, or where it is the name itself (`import a as a`). */
  readonly alias: string | null;
  /** The function of the pool that is imported. */
  readonly hash: string | null;
  readonly node: Alias;
}

/** The names that the top-level imports import, in the order of the source. */
export function importedNames(imports: readonly ImportStatement[]): ImportedName[] {
  const imported: ImportedName[] = [];
  for (const statement of imports) {
    const from = statement.kind === "ImportFrom" ? statement.module : null;
    for (const node of statement.names) {
      const alias = node.asname === node.name ? null : node.asname;
      const hash = from !== null && isPoolModule(from) ? hashOfPoolName(node.name) : null;
      imported.push({ from, name: node.name, alias, hash, node });
    }
  }
  return imported;
}

/** The name that an import binds: `import a.b.c` binds `a`. */
export function boundName(imported: ImportedName): string {
  if (imported.alias !== null) return imported.alias;
  return imported.from === null ? firstPart(imported.name) : imported.name;
}

function firstPart(dotted: string): string {
  const dot = dotted.indexOf(".");
  return dot < 0 ? dotted : dotted.slice(0, dot);
}

/**
 * Checks each import by itself, at the top and inside the function. Faults:
 * `relative-import`, `star-import`, `opaque-pool-import`, `nested-pool-import`,
 * `malformed-hash`.
 */
export function checkImports({ definition, inventory, source }: Program): Fault | null {
  for (const statement of inventory.imports) {
    const isTop = statement.start < definition.start || statement.start > definition.end;
    const fault =
      statement.kind === "Import"
        ? checkImport(statement, source)
        : checkImportFrom(statement, isTop, source);
    if (fault !== null) return fault;
  }
  return null;
}

function checkImport(statement: Import, source: string): Fault | null {
  const opaque = statement.names.find((alias) => isInPoolPackage(alias.name));
  return opaque === undefined ? null : opaquePoolImport(opaque.name, source, opaque);
}

function checkImportFrom(statement: ImportFrom, isTop: boolean, source: string): Fault | null {
  const module = statement.module ?? "";
  if (statement.level > 0) {
    const data = { module: ".".repeat(statement.level) + module };
    return { code: "relative-import", data, span: spanOf(source, statement) };
  }
  if (statement.names.some((alias) => alias.name === "*")) {
    return { code: "star-import", data: { module }, span: spanOf(source, statement) };
  }
  if (!isInPoolPackage(module)) return null;
  if (!isPoolModule(module)) return opaquePoolImport(module, source, statement);
  for (const alias of statement.names) {
    if (isTop && hashOfPoolName(alias.name) !== null) continue;
    const code = isTop ? "malformed-hash" : "nested-pool-import";
    return { code, data: { name: alias.name }, span: spanOf(source, alias) };
  }
  return null;
}

function opaquePoolImport(module: string, source: string, range: Range): Fault {
  return { code: "opaque-pool-import", data: { module }, span: spanOf(source, range) };
}

/**
 * Two top-level imports that bind one name to different things, and an import of
 * the function's own name, are a `name-clash`: sorting would change which one wins.
 */
export function checkBoundNames({ imported, definition, source }: Program): Fault | null {
  const known = new Map<string, ImportedName>();
  for (const one of imported) {
    const name = boundName(one);
    const other = known.get(name) ?? one;
    if (name === definition.name || (other !== one && thingOf(other) !== thingOf(one))) {
      return { code: "name-clash", data: { name }, span: spanOf(source, one.node) };
    }
    known.set(name, one);
  }
  return null;
}

/** What an import binds its name to: `import a.b` and `import a.c` both bind `a`. */
function thingOf({ from, name, alias, hash }: ImportedName): string {
  if (hash !== null) return `${POOL_MODULE}:${poolNameOf(hash)}`;
  if (from !== null) return `${from}:${name}`;
  return alias === null ? firstPart(name) : name;
}

/** The import block of the normal form. */
export function sortImports(imported: readonly ImportedName[]): ImportStatement[] {
  const sorted = imported.map(inNormalForm).sort(compareImports);
  const set = sorted.filter((one, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareImports(previous, one) !== 0;
  });
  return set.map((one) => importStatement(one, [one]));
}

/** A pool import is `from ouverture.pool import object_<hash>`; its alias is in the mapping. */
function inNormalForm(imported: ImportedName): ImportedName {
  if (imported.hash === null) return imported;
  return { ...imported, from: POOL_MODULE, name: poolNameOf(imported.hash), alias: null };
}

/** `from __future__` first; then by kind, module, name and alias. */
function compareImports(a: ImportedName, b: ImportedName): number {
  return (
    rankOf(a) - rankOf(b) ||
    compareByCodePoint(a.from ?? a.name, b.from ?? b.name) ||
    compareByCodePoint(a.name, b.name) ||
    compareByCodePoint(a.alias ?? "", b.alias ?? "")
  );
}

function rankOf({ from }: ImportedName): number {
  if (from === null) return 2;
  return from === "__future__" ? 0 : 1;
}

/** The import block as people read it: all names from one module in one statement. */
export function joinImports(imported: readonly ImportedName[]): ImportStatement[] {
  const statements: ImportStatement[] = [];
  for (let start = 0, end = 0; start < imported.length; start = end) {
    const first = imported[start];
    if (first === undefined) break;
    do end += 1;
    while (first.from !== null && imported[end]?.from === first.from);
    statements.push(importStatement(first, imported.slice(start, end)));
  }
  return statements;
}

function importStatement(
  { from, node: { start, end } }: ImportedName,
  imported: readonly ImportedName[],
): ImportStatement {
  const names = imported.map(({ name, alias, node }): Alias => {
    return { kind: "alias", start: node.start, end: node.end, name, asname: alias };
  });
  if (from === null) return { kind: "Import", names, start, end };
  return { kind: "ImportFrom", module: from, names, level: 0, start, end };
}

/** The hashes that the top-level imports of a module import from the pool, sorted, each once. */
export function dependenciesOf(module: Module): string[] {
  const imports = module.body.filter(
    (statement) => statement.kind === "Import" || statement.kind === "ImportFrom",
  );
  return hashesOf(importedNames(imports));
}

/** The hashes among imported names, sorted, each once. */
export function hashesOf(imported: readonly ImportedName[]): string[] {
  const hashes: string[] = [];
  for (const { hash } of imported) if (hash !== null) hashes.push(hash);
  return hashes.sort().filter((hash, index) => hash !== hashes[index - 1]);
}

/** Hash to alias, in the order of the hashes; of several aliases the first. */
export function aliasesOf(imported: readonly ImportedName[]): Record<string, string> {
  const aliased: [hash: string, alias: string][] = [];
  for (const { hash, alias } of imported) {
    if (hash !== null && alias !== null && alias !== poolNameOf(hash)) aliased.push([hash, alias]);
  }
  const aliases: Record<string, string> = {};
  aliased.sort(([a], [b]) => compareByCodePoint(a, b));
  for (const [hash, alias] of aliased) aliases[hash] ??= alias;
  return aliases;
}
