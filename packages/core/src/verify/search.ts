/** Finds the imports of all sources (docs/verify.md, "Find"). */
import type { Finding, FindingDetail, Location } from "./finding.js";
import { locationOf } from "./finding.js";
import { findPoolImports, mentionsPool, type PoolImport } from "./pool-import.js";
import type { SkipReason, SourceFile, SourceFiles } from "./ports.js";

/** An access to the pool in a file of the repository. */
type Located<T> = T extends PoolImport ? Omit<T, "span"> & { readonly location: Location } : never;
export type LocatedImport = Located<PoolImport>;

export interface SearchResult {
  /** How many files were searched. */
  readonly files: number;
  readonly imports: readonly LocatedImport[];
  readonly skipped: readonly SkipReason[];
  /** What is wrong with the sources themselves. */
  readonly findings: readonly Finding[];
}

export async function searchSources(sources: SourceFiles): Promise<SearchResult> {
  const imports: LocatedImport[] = [];
  const skipped: SkipReason[] = [];
  const findings: Finding[] = [];
  let files = 0;
  for await (const file of sources) {
    if (file.kind === "skipped") {
      skipped.push(file.why);
      continue;
    }
    files += 1;
    const found = searchFile(file);
    if (Array.isArray(found)) imports.push(...found);
    else findings.push(found);
  }
  findings.push(...imports.flatMap(importFinding));
  return { files, imports, skipped, findings };
}

function searchFile(file: Exclude<SourceFile, { kind: "skipped" }>): LocatedImport[] | Finding {
  const { path } = file;
  if (file.kind === "unrelated") return [];
  if (file.kind === "undecodable") {
    return sourceFinding({ code: "unreadable-source", data: file.why }, locationOf(path, null));
  }
  if (!mentionsPool(file.text)) return [];
  const found = findPoolImports(file.text);
  if (found.ok) {
    return found.value.map(({ span, ...one }) => ({ ...one, location: locationOf(path, span) }));
  }
  const { fault } = found;
  const data = { reason: "syntax", fault } as const;
  return sourceFinding({ code: "unreadable-source", data }, locationOf(path, fault.span));
}

function importFinding({ kind, form, name, location }: LocatedImport): Finding[] {
  switch (kind) {
    case "function":
      return [];
    case "malformed":
      return [sourceFinding({ code: "malformed-import", data: { name } }, location)];
    case "dynamic":
      return [sourceFinding({ code: "dynamic-import", data: { form, name } }, location)];
  }
}

function sourceFinding(detail: FindingDetail, location: Location): Finding {
  const locations = [{ ...location, via: [] }];
  return { ...detail, severity: "error", hash: null, via: [], locations };
}
