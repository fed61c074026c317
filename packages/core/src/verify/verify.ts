/**
 * Every function that a repository imports from the pool, and every function that
 * those depend on, is what its hash says; or the report says which is not, and
 * where it is imported (docs/verify.md).
 */
import { type Closure, type ClosureFunction, type RunLimits, walkClosure } from "./closure.js";
import { compareLocations, type Finding, type Location, type RunLimit } from "./finding.js";
import { placesOf, waysTowards } from "./places.js";
import type { ObjectSource, SkipReason, SourceFiles } from "./ports.js";
import { type LocatedImport, type SearchResult, searchSources } from "./search.js";

export interface VerifyOptions {
  readonly limits?: RunLimits | undefined;
}

export interface Report {
  /** `unchecked`: there was nothing to search, or nothing but failures of the sources of objects. */
  readonly outcome: "verified" | "failed" | "unchecked";
  readonly coverage: Coverage;
  /** Errors first, then in the order of their first places. */
  readonly findings: readonly Finding[];
  readonly imports: readonly ReportedImport[];
  readonly functions: readonly ReportedFunction[];
}
/** What was looked at, and what was not. */
export interface Coverage {
  /** Files that were searched. */
  readonly files: number;
  readonly imports: number;
  /** The imported functions and all that they depend on. */
  readonly functions: number;
  readonly verified: number;
  readonly skipped: readonly Skipped[];
}
export interface Skipped {
  readonly what: "file" | "function";
  readonly reason: SkipReason | RunLimit;
  readonly count: number;
}
/** An import. It is verified when its function and all that this depends on are. */
export type ReportedImport = LocatedImport & { readonly verified: boolean };
export type ReportedFunction = Pick<ClosureFunction, "hash" | "verdict" | "dependencies">;

/** Verifies the sources of a repository against a source of objects. */
export async function verify(
  sources: SourceFiles,
  objects: ObjectSource,
  options: VerifyOptions = {},
): Promise<Report> {
  const search = await searchSources(sources, objects);
  const places = importPlaces(search.imports);
  const closure = await walkClosure(places.keys(), objects, options.limits);
  const findings = [...search.findings, ...closureFindings(closure, places)].sort(compareFindings);
  return {
    outcome: outcomeOf(search, findings),
    coverage: coverageOf(search, closure),
    findings,
    imports: reportImports(search.imports, closure),
    functions: [...closure.values()].map(({ hash, verdict, dependencies }) => {
      return { hash, verdict, dependencies };
    }),
  };
}

function importPlaces(imports: readonly LocatedImport[]): Map<string, Location[]> {
  const places = new Map<string, Location[]>();
  for (const { hash, location } of imports) {
    if (hash === null) continue;
    const known = places.get(hash);
    if (known === undefined) places.set(hash, [location]);
    else known.push(location);
  }
  return places;
}

/** One finding for each function at fault, however often it is imported. */
function closureFindings(closure: Closure, imports: Map<string, Location[]>): Finding[] {
  const troubled = [...closure.values()].filter(({ problem }) => problem !== null);
  const warnings = troubled.filter(({ verdict }) => verdict === "verified");
  const errors = troubled.filter(({ verdict }) => verdict !== "verified");
  return [errors, warnings].flatMap((functions) => {
    const severity = functions === errors ? "error" : "warning";
    const places = placesOf(
      functions.map(({ hash }) => hash),
      closure,
      imports,
    );
    return functions.flatMap(({ hash, problem }): Finding[] => {
      const locations = places.get(hash) ?? [];
      const via = locations[0]?.via ?? [];
      return problem === null ? [] : [{ ...problem, severity, hash, via, locations }];
    });
  });
}

function compareFindings(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === "error" ? -1 : 1;
  const [one] = a.locations;
  const [other] = b.locations;
  return one === undefined || other === undefined ? 0 : compareLocations(one, other);
}

/** docs/verify.md, "Exit status". */
function outcomeOf(search: SearchResult, findings: readonly Finding[]): Report["outcome"] {
  if (search.files === 0) return "unchecked";
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return "verified";
  return errors.every(({ code }) => code === "unreachable") ? "unchecked" : "failed";
}

function coverageOf(search: SearchResult, closure: Closure): Coverage {
  const functions = [...closure.values()];
  const limits = functions.flatMap(({ skippedBy }) => (skippedBy === null ? [] : [skippedBy]));
  return {
    files: search.files,
    imports: search.imports.length,
    functions: functions.length,
    verified: functions.filter(({ verdict }) => verdict === "verified").length,
    skipped: [...countSkipped("file", search.skipped), ...countSkipped("function", limits)],
  };
}

function countSkipped<R extends Skipped["reason"]>(
  what: Skipped["what"],
  reasons: readonly R[],
): Skipped[] {
  const counts = new Map<R, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ what, reason, count }));
}

function reportImports(imports: readonly LocatedImport[], closure: Closure): ReportedImport[] {
  const unverified = [...closure.values()].filter(({ verdict }) => verdict !== "verified");
  const tainted = waysTowards(
    unverified.map(({ hash }) => hash),
    closure,
  );
  return imports
    .map((one) => ({ ...one, verified: one.hash !== null && !tainted.has(one.hash) }))
    .sort((a, b) => compareLocations(a.location, b.location));
}
