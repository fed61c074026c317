/** Finds the imports of all sources (docs/verify.md, "Find"). */
import { isHash } from "../canonical/pool-name.js";
import type { AbortLike } from "./closure.js";
import type { Finding, FindingDetail, Location } from "./finding.js";
import type { ObjectSource, SkipReason, SourceFiles } from "./ports.js";
import { type LocatedImport, type SearchSource, searchSource } from "./search-source.js";

export interface SearchResult {
  /** How many files were searched. */
  readonly files: number;
  readonly imports: readonly LocatedImport[];
  readonly skipped: readonly SkipReason[];
  /** What is wrong with the sources themselves. */
  readonly findings: readonly Finding[];
}

export interface SearchOptions {
  readonly signal?: AbortLike | undefined;
  /** What searches a file: `searchSource`, or what knows what that has found before. */
  readonly search?: SearchSource | undefined;
}

/**
 * Searches each source. `objects` is asked for the full form of abbreviated hashes, and told
 * which functions it is going to be asked for.
 * Throws the signal's reason once that is aborted.
 */
export async function searchSources(
  sources: SourceFiles,
  objects: ObjectSource,
  { signal, search = searchSource }: SearchOptions = {},
): Promise<SearchResult> {
  const imports: LocatedImport[] = [];
  const skipped: SkipReason[] = [];
  const findings: Finding[] = [];
  let files = 0;
  for await (const file of sources) {
    if (signal?.aborted === true) throw signal.reason;
    if (file.kind === "skipped") {
      skipped.push(file.why);
      continue;
    }
    files += 1;
    const found = search(file);
    for (const one of found.imports) {
      imports.push(one);
      if (one.hash !== null) objects.expect?.(one.hash);
    }
    for (const { detail, location } of found.problems) {
      findings.push(sourceFinding(detail, location));
    }
  }
  for (const one of imports) {
    const finding = await importFinding(one, objects);
    if (finding !== null) findings.push(finding);
  }
  return { files, imports, skipped, findings };
}

async function importFinding(
  { kind, form, name, location }: LocatedImport,
  objects: ObjectSource,
): Promise<Finding | null> {
  switch (kind) {
    case "function":
      return null;
    case "malformed": {
      const data = { name, full: await fullHash(name, objects) };
      return sourceFinding({ code: "malformed-import", data }, location);
    }
    case "dynamic":
      return sourceFinding({ code: "dynamic-import", data: { form, name } }, location);
  }
}

const ABBREVIATED = /^(?:object_)?([0-9a-f]{4,63})$/;

/** The one hash that begins with the digits of `name`; `null` where there is none, or are more. */
async function fullHash(name: string, objects: ObjectSource): Promise<string | null> {
  const digits = ABBREVIATED.exec(name)?.[1];
  if (digits === undefined || objects.complete === undefined) return null;
  try {
    const known = await objects.complete(digits);
    const [full, ...others] = known.filter((hash) => isHash(hash) && hash.startsWith(digits));
    return others.length === 0 ? (full ?? null) : null;
  } catch {
    // It is no more than a hint.
    return null;
  }
}

function sourceFinding(detail: FindingDetail, location: Location): Finding {
  const locations = [{ ...location, via: [] }];
  const severity = detail.code === "confusable-name" ? "warning" : "error";
  return { ...detail, severity, hash: null, via: [], locations };
}
