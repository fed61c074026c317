/** What is wrong with the functions of a closure, each with the imports that lead to it. */
import type { Closure, ClosureFunction } from "./closure.js";
import type { Finding, FindingDetail, Severity } from "./finding.js";
import type { Judgement } from "./judge-effects.js";
import { type ImportPlaces, placesOf } from "./places.js";
import type { SourceProblem } from "./ports.js";

/** One finding of each thing that is wrong with a function, however often that is imported. */
export function closureFindings(
  closure: Closure,
  imports: ImportPlaces,
  { forbidden, exemptions }: Judgement,
  problems: readonly SourceProblem[],
): Finding[] {
  const kinds = new Map<string, Located[]>();
  for (const one of closure.values()) {
    for (const located of detailsOf(one, forbidden.get(one.hash))) {
      const { detail, severity } = located;
      // What is nearest to an import is told there, for each kind of finding by itself.
      const kind = `${severity} ${APART.has(detail.code) ? detail.code : ""}`;
      const known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, [located]);
      else known.push(located);
    }
  }
  return [
    ...[...kinds.values()].flatMap((group) => findingsOf(group, closure, imports)),
    ...exemptionFindings(exemptions),
    ...problemFindings(problems, closure, imports),
  ];
}

interface Located {
  readonly hash: string;
  readonly detail: FindingDetail;
  readonly severity: Severity;
}
const APART: ReadonlySet<string> = new Set([
  "forbidden-effect",
  "invalid-mapping",
  "confusable-name",
]);

function detailsOf(one: ClosureFunction, forbidden: FindingDetail | undefined): Located[] {
  const { hash, verdict, problem, furtherProblems } = one;
  const details = [problem, ...furtherProblems, forbidden ?? null];
  return details.flatMap((detail): Located[] => {
    if (detail === null) return [];
    const isWarning = verdict === "unfetched" || isWarningOf(detail);
    return [{ hash, detail, severity: isWarning ? "warning" : "error" }];
  });
}

/** The table of docs/verify.md. */
function isWarningOf(detail: FindingDetail): boolean {
  if (detail.code === "not-canonical") return detail.data.isOlderForm;
  return detail.code === "confusable-name";
}

function findingsOf(group: readonly Located[], closure: Closure, imports: ImportPlaces): Finding[] {
  const hashes = new Set(group.map(({ hash }) => hash));
  const places = placesOf([...hashes], closure, imports);
  return group.map(({ hash, detail, severity }) => {
    const locations = places.get(hash) ?? [];
    return { ...detail, severity, hash, via: locations[0]?.via ?? [], locations };
  });
}

function exemptionFindings(exemptions: Judgement["exemptions"]): Finding[] {
  return exemptions.map(({ detail, hash, location }) => {
    const severity = detail.code === "expired-exemption" ? "error" : "warning";
    const locations = location === null ? [] : [{ ...location, via: [] }];
    return { ...detail, severity, hash, via: [], locations };
  });
}

/**
 * What a source did wrong while another served. Where none served, the function itself
 * has a finding that says so.
 */
function problemFindings(
  problems: readonly SourceProblem[],
  closure: Closure,
  imports: ImportPlaces,
): Finding[] {
  return problems.flatMap(({ store, kind, message, hashes }): Finding[] => {
    const served = hashes.filter((hash) => closure.get(hash)?.verdict === "verified");
    if (served.length === 0 && hashes.length > 0) return [];
    const places = served.length === 0 ? null : placesOf(served, closure, imports);
    const all = [...(places?.values() ?? [])].flat();
    const hash = hashes.length === 1 ? (served[0] ?? null) : null;
    const locations = hash === null ? all.map((place) => ({ ...place, via: [] })) : all;
    const data = { store, kind, message };
    const via = locations[0]?.via ?? [];
    return [{ code: "registry-fault", data, severity: "warning", hash, via, locations }];
  });
}
