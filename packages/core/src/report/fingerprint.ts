/**
 * What makes a finding the same one in the next run, although lines have moved: its
 * code, what it is about, the file of its first place, and which one of such it is.
 */
import { hash as sha256 } from "../canonical/hash.js";
import type { Finding } from "../verify/finding.js";

/** Gives 64 hexadecimal digits for each finding, no two of them alike. */
export function fingerprintsOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const identity = JSON.stringify([
      finding.code,
      subjectOf(finding),
      finding.locations[0]?.path ?? null,
    ]);
    const occurrence = seen.get(identity) ?? 0;
    seen.set(identity, occurrence + 1);
    return sha256(`${identity} ${occurrence}`);
  });
}

/** What a finding is about besides its function: one of several mappings, names or stores. */
function subjectOf(finding: Finding): readonly (string | null)[] {
  const { code, data, hash } = finding;
  switch (code) {
    case "malformed-import":
    case "dynamic-import":
      return [hash, data.name];
    case "invalid-mapping":
      return [hash, data.language, data.mapping];
    case "confusable-name":
      return [hash, data.language, data.mapping, data.name, data.kind];
    case "registry-fault":
      return [hash, data.store, data.kind];
    case "unused-exemption":
    case "expired-exemption":
      return [data.hash];
    default:
      return [hash];
  }
}
