/**
 * The whole of a check, but for that of each function: from the sources of a repository to the
 * report (docs/verify.md).
 */
import { type Closure, type ClosureOptions, type Inspect, walkClosure } from "./closure.js";
import { sumEffects } from "./closure-effects.js";
import { closureFindings } from "./closure-findings.js";
import { EFFECT_KINDS } from "./effect-kinds.js";
import { compareFindings, compareLocations, type Finding, type Location } from "./finding.js";
import { type Judgement, judgeEffects } from "./judge-effects.js";
import type { Notice } from "./notice.js";
import { type ImportPlaces, openFirstPlaces, waysTowards } from "./places.js";
import { DEFAULT_POLICY, type Policy } from "./policy.js";
import type { ObjectSource, SourceFiles } from "./ports.js";
import type {
  Coverage,
  Report,
  ReportedEffect,
  ReportedFunction,
  ReportedImport,
  ReportMode,
  Skipped,
} from "./report.js";
import { type SearchResult, searchSources } from "./search.js";
import type { LocatedImport, SearchSource } from "./search-source.js";

/** A policy may have exemptions that expire, and there is no clock here: it needs the day. */
export type VerifyOptions = RunOptions &
  (
    | { readonly policy?: undefined; readonly today?: string | undefined }
    /** `today` as `2027-01-31`. */
    | { readonly policy: Policy; readonly today: string }
  );

export interface RunOptions extends Omit<ClosureOptions, "onFunction" | "inspect"> {
  /** What makes the outcome `failed`; without it `error`. */
  readonly failOn?: "error" | "warning" | undefined;
  /** That there is nothing to search is no failure; in a mode other than `all` it never is. */
  readonly allowEmpty?: boolean | undefined;
  /** The sources are some of the repository's: an exemption that they do not use is not told. */
  readonly isPartial?: boolean | undefined;
  readonly mode?: ReportMode | undefined;
  /** What searches a source: `searchSource`, or what knows what that has found before. */
  readonly search?: SearchSource | undefined;
  readonly notices?: readonly Notice[] | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
}
export interface VerifyProgress {
  readonly files: number;
  readonly imports: number;
  /** That are done. */
  readonly functions: number;
  readonly verified: number;
  /** Functions that are known and not done. */
  readonly waiting: number;
}

const ALL: ReportMode = { kind: "all", base: null, head: null };

/**
 * Verifies the sources of a repository against a source of objects, whose functions `inspect`
 * checks: as `inspectFunction` does, or by what was found before. Throws what `sources` and
 * `inspect` throw, and the reason of `options.signal` once that is aborted; what the source of
 * objects throws is a finding.
 */
export async function verifyWith(
  inspect: Inspect,
  sources: SourceFiles,
  objects: ObjectSource,
  options: VerifyOptions = {},
): Promise<Report> {
  const { policy = DEFAULT_POLICY, today = "", mode = ALL } = options;
  const search = await searchSources(sources, objects, options);
  const places = importPlaces(search.imports);
  const { files, imports } = search;
  const closure = await walkClosure(places.keys(), objects, {
    ...options,
    inspect,
    onFunction: (functions, verified, waiting) =>
      options.onProgress?.({ files, imports: imports.length, functions, verified, waiting }),
  });
  const isWhole = mode.kind === "all" && options.isPartial !== true;
  const judgement = judgeEffects(closure, policy, today, isWhole);
  const problems = objects.problems?.() ?? [];
  const findings = [
    ...search.findings,
    ...closureFindings(closure, places, judgement, problems),
  ].sort(compareFindings);
  const failing = failingHashes(findings, closure);
  return {
    outcome: outcomeOf(search, findings, options),
    mode,
    coverage: coverageOf(search, closure, failing),
    findings,
    effects: reportEffects(judgement, closure, places),
    notices: [...(options.notices ?? []), ...unfetchedNotice(closure)],
    imports: reportImports(search.imports, closure, failing),
    functions: reportFunctions(closure, failing),
  };
}

function importPlaces(imports: readonly LocatedImport[]): ImportPlaces {
  const places = new Map<string, Location[]>();
  for (const { hash, location } of imports) {
    if (hash === null) continue;
    const known = places.get(hash);
    if (known === undefined) places.set(hash, [location]);
    else known.push(location);
  }
  return places;
}

/** The functions that are not verified, or do what they may not. */
function failingHashes(findings: readonly Finding[], closure: Closure): ReadonlySet<string> {
  const failing = new Set<string>();
  for (const { hash, verdict } of closure.values()) if (verdict !== "verified") failing.add(hash);
  for (const { severity, hash, code } of findings) {
    if (severity === "error" && hash !== null && code === "forbidden-effect") failing.add(hash);
  }
  return failing;
}

/** docs/verify.md, "Exit status". */
function outcomeOf(
  search: SearchResult,
  findings: readonly Finding[],
  { failOn, allowEmpty, mode = ALL }: RunOptions,
): Report["outcome"] {
  const mayBeEmpty = allowEmpty === true || mode.kind !== "all";
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    return errors.every(({ code }) => code === "unreachable") ? "unchecked" : "failed";
  }
  if (search.files === 0 && !mayBeEmpty) return "unchecked";
  return failOn === "warning" && findings.length > 0 ? "failed" : "verified";
}

function coverageOf(
  search: SearchResult,
  closure: Closure,
  failing: ReadonlySet<string>,
): Coverage {
  const functions = [...closure.values()];
  const left = functions.flatMap(({ verdict, skippedBy }) => {
    if (verdict === "unfetched") return [verdict];
    return skippedBy === null ? [] : [skippedBy];
  });
  return {
    files: search.files,
    imports: search.imports.length,
    functions: functions.length,
    verified: functions.length - failing.size,
    skipped: [...countSkipped("file", search.skipped), ...countSkipped("function", left)],
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

function unfetchedNotice(closure: Closure): Notice[] {
  const count = [...closure.values()].filter(({ verdict }) => verdict === "unfetched").length;
  return count === 0 ? [] : [{ code: "unfetched", data: { count } }];
}

function reportEffects(
  { allowed }: Judgement,
  closure: Closure,
  places: ImportPlaces,
): ReportedEffect[] {
  if (allowed.size === 0) return [];
  const firstPlace = openFirstPlaces(closure, places);
  return EFFECT_KINDS.flatMap((effect): ReportedEffect[] => {
    const functions = allowed.get(effect) ?? [];
    const [hash = ""] = functions;
    const first = firstPlace(hash);
    if (first === null) return [];
    const { via, ...location } = first;
    return [{ effect, functions: functions.length, example: { hash, via, location } }];
  });
}

function reportImports(
  imports: readonly LocatedImport[],
  closure: Closure,
  failing: ReadonlySet<string>,
): ReportedImport[] {
  const tainted = waysTowards([...failing], closure);
  return imports
    .map((one) => ({ ...one, verified: one.hash !== null && !tainted.has(one.hash) }))
    .sort((a, b) => compareLocations(a.location, b.location));
}

function reportFunctions(closure: Closure, failing: ReadonlySet<string>): ReportedFunction[] {
  const effects = sumEffects(closure);
  return [...closure.values()].map(({ hash, verdict, dependencies }) => {
    const { own = [], summed = [] } = effects.get(hash) ?? {};
    const isForbidden = verdict === "verified" && failing.has(hash);
    return {
      hash,
      verdict: isForbidden ? "failed" : verdict,
      dependencies,
      effects: own,
      closureEffects: summed,
    };
  });
}
