/** One finding as a result of SARIF 2.1.0: its places, the way to the function, and what makes it the same one. */
import type { CodeFlow, Result, Location as SarifLocation } from "sarif";
import type { Finding, FindingLocation, Location } from "../verify/finding.js";
import { encodePath, escapeSarif } from "./escape-sarif.js";
import { FINDING_CODES } from "./explain.js";
import {
  type Folders,
  findingSentences,
  otherPlaces,
  poolFolder,
  positionText,
  shortHash,
  storedAt,
  under,
  wayText,
} from "./finding-text.js";

/** What paths are relative to; the name is the one that GitHub knows. */
export const ROOT_ID = "%SRCROOT%";

/** GitHub refuses more places of a result than 1,000 and shows 100, the first one included. */
const MOST_RELATED = 99;
/** GitHub refuses more steps of a way than 10,000, and shows 1,000. */
const LONGEST_FLOW = 1000;

/** Writes one result. `fingerprint` are 64 digits. */
export function sarifResult(finding: Finding, fingerprint: string, folders: Folders): Result {
  const { code, severity, hash, via, locations } = finding;
  const [first, ...others] = locations;
  const related = others.slice(0, MOST_RELATED);
  const shown = related.map((location, index) => relatedLocation(location, index, hash, folders));
  const flow =
    first === undefined || hash === null ? null : codeFlow(first, [...via, hash], folders);
  return {
    ruleId: code,
    ruleIndex: FINDING_CODES.indexOf(code),
    level: severity,
    message: {
      text: escapeSarif(inCell(first) + findingSentences(finding) + otherPlaces(finding)),
    },
    locations: [
      first === undefined ? storedLocation(hash, folders) : sourceLocation(first, folders),
    ],
    ...(shown.length === 0 ? {} : { relatedLocations: shown }),
    ...(flow === null || via.length === 0 ? {} : { codeFlows: [flow] }),
    partialFingerprints: {
      // The first is the one that GitHub compares; it has to end in the number of an occurrence.
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
      "ouvertureFinding/v1": fingerprint,
    },
    properties: { hash, via, placesLeftOut: others.length - related.length },
  };
}

/** Lines of a notebook's cell are not those of its file, so they are told in words. */
function inCell(location: Location | undefined): string {
  return location?.cell === undefined ? "" : `In ${positionText(location).slice(2)}: `;
}

function sourceLocation(location: Location, folders: Folders): SarifLocation {
  const { path, cell, line, column, end } = location;
  const region = { startLine: line, startColumn: column, endLine: end.line, endColumn: end.column };
  return {
    physicalLocation: {
      artifactLocation: { uri: encodePath(under(folders.root, path)), uriBaseId: ROOT_ID },
      ...(cell === undefined ? { region } : {}),
    },
  };
}

/** Where a function lies, or would lie; of what is about no function, where registries are named. */
function storedLocation(hash: string | null, folders: Folders): SarifLocation {
  const path = hash === null ? under(poolFolder(folders), "config.yaml") : storedAt(hash, folders);
  return {
    physicalLocation: {
      artifactLocation: { uri: encodePath(path), uriBaseId: ROOT_ID },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    },
    ...(hash === null
      ? {}
      : {
          logicalLocations: [
            { fullyQualifiedName: `ouverture.pool.object_${hash}`, kind: "function" },
          ],
        }),
  };
}

function relatedLocation(
  location: FindingLocation,
  index: number,
  hash: string | null,
  folders: Folders,
): SarifLocation {
  const way = hash === null || location.via.length === 0 ? [] : [...location.via, hash];
  const via = way.length === 0 ? "" : ` via ${wayText(way)}`;
  return {
    id: index + 1,
    ...sourceLocation(location, folders),
    message: { text: escapeSarif(`${inCell(location)}also here${via}`) },
  };
}

/** From the import, through the functions on the way, to the one at fault. */
function codeFlow(first: Location, way: readonly string[], folders: Folders): CodeFlow {
  const steps = way.map((hash, index) => ({
    location: {
      ...storedLocation(hash, folders),
      message: {
        text: `${shortHash(hash)}${index === way.length - 1 ? "" : " imports the next"}`,
      },
    },
  }));
  const start = {
    location: { ...sourceLocation(first, folders), message: { text: "the import" } },
  };
  const locations = [start, ...steps];
  if (locations.length > LONGEST_FLOW) {
    locations.splice(LONGEST_FLOW / 2, locations.length - LONGEST_FLOW);
  }
  return { threadFlows: [{ locations }] };
}
