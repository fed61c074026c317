/** The check of a function that is stored in schema 0 (docs/pool.md, "Directory"). */
import { type Fault, migrate, objectPath } from "@ouverture/core";
import { type Inspection, lookInto, readListed, tell } from "./inspection.js";

/**
 * Checks the file at `path` of the function `hash`. One that was migrated and kept is
 * nothing to tell of: schema 1 is what is read.
 */
export function inspectOldFunction(inspection: Inspection, path: string, hash: string): void {
  const newer = objectPath(hash);
  if (newer.ok && lookInto(inspection, newer.value) === "file") return;
  const content = readListed(inspection, path, hash);
  if (content === undefined) return;
  inspection.counts.functions += 1;
  const migrated = "code" in content ? ({ ok: false, fault: content } as const) : migrate(content);
  if (!migrated.ok) {
    tell(inspection, "corrupt-object", path, hash, { fault: migrated.fault });
    return;
  }
  const { object, mappings, findings } = migrated.value;
  inspection.counts.mappings += mappings.length;
  if (object.hash !== hash) {
    const data = { reason: "other-hash", path: "hash" } as const;
    const fault: Fault = { code: "malformed-object", data, span: null };
    tell(inspection, "corrupt-object", path, hash, { fault });
  }
  for (const { fault, language } of findings) {
    // Of the older form is what the Python tool stored: 'migrate' tells more of it.
    if (fault.code === "not-canonical") continue;
    const code = language === null ? "corrupt-object" : "corrupt-mapping";
    tell(inspection, code, path, hash, { fault });
  }
  tell(inspection, "schema-0", path, hash);
}
