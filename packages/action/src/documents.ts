/** The reports as files: whole or not at all, and never where a link of the repository leads. */
import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { quoteName, type Report, renderJson, renderSarif } from "@ouverture/core";
import { InputError, type Inputs } from "./inputs.js";
import { isWithin, type Place } from "./place.js";
import { ownVersion } from "./version.js";

/** The full paths of the documents; empty for one that is not written. */
export interface Documents {
  readonly report: string;
  readonly sarif: string;
}

export const NO_DOCUMENTS: Documents = { report: "", sarif: "" };

/**
 * Says where the documents go, so that this is known to be possible before anything is checked.
 * Without an input the report goes to the folder `temporary`. Throws an `InputError`.
 */
export function planDocuments(inputs: Inputs, place: Place, temporary: string): Documents {
  const { jsonFile, sarifFile } = inputs;
  const allowed = [place.workspace, temporary];
  const plan = (input: string, name: string) => planDocument(input, name, place, allowed);
  return {
    report:
      jsonFile === undefined
        ? join(mkdtempSync(join(temporary, "report-")), "report.json")
        : plan("json-file", jsonFile),
    sarif: sarifFile === undefined ? "" : plan("sarif-file", sarifFile),
  };
}

/** Writes them. Throws an `InputError`. */
export function writeDocuments(documents: Documents, report: Report, place: Place): void {
  writeDocument("json-file", documents.report, () => renderJson(report));
  writeDocument("sarif-file", documents.sarif, () =>
    renderSarif(report, { version: ownVersion(), ...place.folders }),
  );
}

function planDocument(
  input: string,
  name: string,
  { directory }: Place,
  allowed: readonly string[],
): string {
  const path = resolve(directory, name);
  if (!allowed.some((folder) => isWithin(folder, nearest(dirname(path))))) {
    throw refuse(input, name, "has to be in the workspace or in RUNNER_TEMP");
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw refuse(input, name, "is a folder");
  }
  return path;
}

/** The real path of the nearest folder that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder
    ? realpathSync(folder)
    : nearest(dirname(folder));
}

function writeDocument(input: string, path: string, render: () => string): void {
  if (path === "") return;
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, render(), { flag: "wx" });
    // What stands there is replaced, and a link with it, not what it leads to.
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(input, path, `cannot be written: ${why}`);
  }
}

function refuse(input: string, name: string, why: string): InputError {
  return new InputError(`The input '${input}' is ${quoteName(name)}, and ${why}.`);
}
