/**
 * All that the bytes of one function tell, as plain data: so that it can be made in a
 * worker, and kept. It depends on nothing but the bytes and the version of this package.
 */
import type { Program } from "../canonical/program.js";
import type { StoredObject } from "../record/object.js";
import { err } from "../result.js";
import { checkMapping } from "./check-mapping.js";
import { readObject } from "./check-object.js";
import { findConfusable, isBeyondAscii, NO_NAMES, type OtherNames } from "./confusable.js";
import { effectsIn } from "./effects.js";
import type { FindingDataByCode, FindingDetail } from "./finding.js";
import {
  detailOf,
  type EffectUse,
  type FunctionCheck,
  type FunctionDocuments,
  type MappingDocument,
  NOTHING,
  notCanonical,
} from "./function-check.js";
import { namesInCode } from "./names-in-code.js";

/** Checks an object and its mappings, and reads off its effects. Pure; it never throws. */
export function inspectFunction({ hash, object, mappings }: FunctionDocuments): FunctionCheck {
  const read = readObject(hash, object);
  if (!read.ok) {
    const { fault } = read;
    // The code is what its hash says; only what is written beside it is not.
    const dependencies = fault.code === "wrong-dependencies" ? fault.data.actual : [];
    return { ...NOTHING, problem: detailOf(fault), dependencies };
  }
  const { object: stored, dependencies, olderForm, program } = read.value;
  const names = program === null ? NO_NAMES : namesOf(program);
  return {
    problem: olderForm && notCanonical(olderForm, true),
    isVerified: true,
    dependencies,
    effects: program === null ? [] : effectsOf(program),
    furtherProblems: [
      ...(names.isAscii ? [] : confusableIn(names.list(), NO_NAMES, IN_CODE)),
      ...mappings.flatMap((mapping) => mappingProblems(stored, mapping, names)),
    ],
  };
}

function effectsOf({ module, names, source, inventory }: Program): EffectUse[] {
  return effectsIn(module, names, source, inventory.imports).map(({ effect, name, span }) => {
    return { effect, name, line: span.line };
  });
}

/** The names in the code, listed when they are first asked for. */
function namesOf({ module, source }: Program): OtherNames {
  let names: ReadonlySet<string> | null = null;
  const list = (): ReadonlySet<string> => {
    names ??= namesInCode(module);
    return names;
  };
  return { isAscii: !isBeyondAscii(source), list };
}

type NamePlace = Pick<FindingDataByCode["confusable-name"], "where" | "language" | "mapping">;

const IN_CODE: NamePlace = { where: "code", language: null, mapping: null };

function confusableIn(
  names: Iterable<string>,
  others: OtherNames,
  place: NamePlace,
): FindingDetail[] {
  return findConfusable(names, others).map(({ name, kind, other }) => {
    return { code: "confusable-name", data: { ...place, name, kind, other } };
  });
}

function mappingProblems(
  object: StoredObject,
  { language, hash, bytes }: MappingDocument,
  namesInCode: OtherNames,
): FindingDetail[] {
  const place = { where: "mapping", language, mapping: hash } as const;
  const invalid = (reason: string, name: string): FindingDetail[] => [
    { code: "invalid-mapping", data: { language, mapping: hash, reason, name } },
  ];
  if (bytes === undefined) return invalid("not-there", hash);
  const isFault = typeof bytes !== "string" && "code" in bytes;
  const checked = isFault ? err(bytes) : checkMapping(object, hash, bytes);
  if (checked.ok) {
    const { name_mapping, alias_mapping } = checked.value;
    const names = [...Object.values(name_mapping), ...Object.values(alias_mapping)];
    return confusableIn(names, namesInCode, place);
  }
  const { fault } = checked;
  switch (fault.code) {
    case "invalid-mapping": {
      const { reason, name } = fault.data;
      // The reason says little of a name whose characters nobody sees.
      const hidden = reason === "not-an-identifier" ? confusableIn([name], NO_NAMES, place) : [];
      return [...invalid(reason, name), ...hidden];
    }
    case "limit-exceeded":
      return invalid(fault.data.limit, String(fault.data.most));
    case "malformed-object":
      return invalid(fault.data.reason, fault.data.path);
    default:
      // With these names the text is no function of the pool any more.
      return invalid("other-meaning", hash);
  }
}
