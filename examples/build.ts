/**
 * Writes the pool of the example from the function files beside it. Run it after a
 * change: `npx tsx --conditions=@ouverture/source examples/build.ts`. A test fails
 * when the pool is not what this writes.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { faultMessage, type NormalForm, normalize, type StoredObject } from "@ouverture/core";
import { type FunctionRecord, openDirectoryPool } from "@ouverture/pool";

/** What no file says: fixed, so that the same files give the same bytes. */
const CREATED = "2026-01-01T00:00:00Z";
const AUTHOR = "Ouverture's examples";

/**
 * Normalizes `functions/<name>/<language>.py` and stores each function once, with a
 * mapping for each language. All files of one folder have to be one function.
 */
export async function buildPool(functions: string, pool: string): Promise<void> {
  for await (const answer of openDirectoryPool(pool).add(readRecords(functions))) {
    if ("fault" in answer) throw new Error(`${answer.hash}: ${faultMessage(answer.fault)}`);
  }
}

async function* readRecords(functions: string): AsyncGenerator<FunctionRecord> {
  for (const folder of (await readdir(functions)).sort()) {
    const versions = await readVersions(join(functions, folder));
    const [first] = versions;
    if (first === undefined) throw new Error(`${folder} is empty`);
    const other = versions.find(({ normal }) => normal.hash !== first.normal.hash);
    if (other !== undefined) {
      throw new Error(`${folder}: ${other.language} is another function than ${first.language}`);
    }
    const mappings = versions.map(({ language, normal }) => ({
      language,
      mapping: normal.mapping,
    }));
    yield { object: objectOf(first.normal), mappings };
  }
}

interface Version {
  readonly language: string;
  readonly normal: NormalForm;
}

async function readVersions(folder: string): Promise<Version[]> {
  const versions: Version[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const normal = normalize(await readFile(join(folder, file), "utf8"));
    if (!normal.ok) throw new Error(`${join(folder, file)}: ${faultMessage(normal.fault)}`);
    versions.push({ language: basename(file, ".py"), normal: normal.value });
  }
  return versions;
}

function objectOf({ hash, code, dependencies }: NormalForm): StoredObject {
  return {
    schema_version: 1,
    hash,
    hash_algorithm: "sha256",
    normalized_code: code,
    encoding: "none",
    metadata: { created: CREATED, author: AUTHOR, tags: [], dependencies },
  };
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) {
  const market = fileURLToPath(new URL("market", import.meta.url));
  await rm(join(market, ".ouverture"), { recursive: true, force: true });
  await buildPool(join(market, "functions"), join(market, ".ouverture"));
}
