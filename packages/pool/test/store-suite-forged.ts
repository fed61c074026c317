/** Records and mappings that no store may take. */
import type { Mapping } from "@ouverture/core";
import type { FunctionRecord, LanguageMapping } from "../src/store.js";
import { must } from "./store-suite-checks.js";
import { mean, recordOf, spread } from "./store-suite-records.js";

const NAMES = { _ouverture_v_0: "mean", _ouverture_v_1: "values", _ouverture_v_2: "total" };
export const FORGED_MAPPINGS: Readonly<Record<string, Mapping>> = {
  "a keyword": mappingOf({ ...NAMES, _ouverture_v_1: "class" }),
  "code in a name": mappingOf({ ...NAMES, _ouverture_v_1: "x=print(1)" }),
  "two bindings of one name": mappingOf({ ...NAMES, _ouverture_v_1: "total" }),
  "the name of a builtin that is called": mappingOf({ ...NAMES, _ouverture_v_1: "sum" }),
  "a name too few": mappingOf({ _ouverture_v_0: "mean", _ouverture_v_1: "values" }),
  "a name too many": mappingOf({ ...NAMES, _ouverture_v_3: "more" }),
  "an alias of nothing": { ...mappingOf(NAMES), alias_mapping: { [spread.object.hash]: "x" } },
};

function mappingOf(name_mapping: Readonly<Record<string, string>>): Mapping {
  return { docstring: "", name_mapping, alias_mapping: {}, comment: "" };
}

/** Fewer characters than the limit, and more bytes. */
const LONG_TEXT = "平".repeat(400_000);
const longCode = recordOf({ eng: `def long():\n    return "${LONG_TEXT}"` });
const longDocstring = recordOf({ eng: `def long():\n    """${LONG_TEXT}"""\n    return 11` });

/** Records, and the code of the fault that each is refused with. */
export const FORGED_RECORDS: readonly (readonly [FunctionRecord, string])[] = [
  [withObject({ normalized_code: "def _ouverture_v_0():\n    pass" }), "hash-mismatch"],
  [withObject({ hash: "../../../x" }), "malformed-hash"],
  [withObject({ hash: "0".repeat(64) }), "hash-mismatch"],
  [
    withObject({ metadata: { ...mean.object.metadata, dependencies: [spread.object.hash] } }),
    "wrong-dependencies",
  ],
  [{ ...longCode, mappings: [] }, "limit-exceeded"],
  [longDocstring, "limit-exceeded"],
  ...["../../../x", "", "sha256", "en", "a/b", "..", "-eng", "e".repeat(256)].map(
    (language) =>
      [withMappings({ ...must(mean.mappings[0]), language }), "malformed-language"] as const,
  ),
  ...Object.values(FORGED_MAPPINGS).map(
    (mapping) => [withMappings({ language: "eng", mapping }), "invalid-mapping"] as const,
  ),
];

function withObject(changed: Partial<FunctionRecord["object"]>): FunctionRecord {
  return { object: { ...mean.object, ...changed }, mappings: [] };
}

/** The last one is the one that is refused. */
function withMappings(forged: LanguageMapping): FunctionRecord {
  return { object: mean.object, mappings: [...mean.mappings, forged] };
}
