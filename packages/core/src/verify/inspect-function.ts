/**
 * All that the bytes of one function tell, as plain data: so that it can be made in a
 * worker, and kept. It depends on nothing but the bytes and the version of this package.
 */
import type { Program } from "../canonical/program.js";
import type { DocumentFault, StoredObject } from "../record/object.js";
import { err, type FaultOf } from "../result.js";
import { checkMapping } from "./check-mapping.js";
import { type ObjectFault, readObject } from "./check-object.js";
import { findConfusable } from "./confusable.js";
import type { EffectKind } from "./effect-table.js";
import { effectsIn } from "./effects.js";
import type { FindingDataByCode, FindingDetail } from "./finding.js";
import { namesInCode } from "./names-in-code.js";
import type { MappingBytes } from "./ports.js";

/** What a source has of a function that was asked for by `hash`. */
export interface FunctionBytes {
  readonly hash: string;
  readonly object: Uint8Array;
  readonly mappings: readonly MappingBytes[];
}

/** The same, or its text: a host decodes UTF-8 many times faster than core. */
export interface FunctionDocuments {
  readonly hash: string;
  readonly object: Uint8Array | string;
  readonly mappings: readonly MappingDocument[];
}
type MappingDocument = Omit<MappingBytes, "bytes"> & {
  readonly bytes: MappingBytes["bytes"] | string;
};

/** JSON in and out gives an equal one. */
export interface FunctionCheck {
  /** What is wrong with the object; where it is verified, a warning. */
  readonly problem: FindingDetail | null;
  /** Is the object what its hash says? */
  readonly isVerified: boolean;
  /** The hashes that its code imports, sorted; none where nobody may follow them. */
  readonly dependencies: readonly string[];
  /** What it does itself. `line` is one of the normal form. */
  readonly effects: readonly EffectUse[];
  /** `invalid-mapping` and `confusable-name`: what else is wrong with it. */
  readonly furtherProblems: readonly FindingDetail[];
}
export interface EffectUse {
  readonly effect: EffectKind;
  readonly name: string;
  readonly line: number;
}

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
  const names = program === null ? new Set<string>() : namesInCode(program.module);
  return {
    problem: olderForm && notCanonical(olderForm, true),
    isVerified: true,
    dependencies,
    effects: program === null ? [] : effectsOf(program),
    furtherProblems: [
      ...confusableIn(names, [], { where: "code", language: null, mapping: null }),
      ...mappings.flatMap((mapping) => mappingProblems(stored, mapping, names)),
    ],
  };
}

/** Says of what stands in the place of an object what is wrong with it. */
export function inspectNothing(fault: DocumentFault): FunctionCheck {
  return { ...NOTHING, problem: detailOf(fault) };
}

const NOTHING = {
  isVerified: false,
  dependencies: [],
  effects: [],
  furtherProblems: [],
} as const satisfies Partial<FunctionCheck>;

function effectsOf({ module, names, source }: Program): EffectUse[] {
  return effectsIn(module, names, source).map(({ effect, name, span }) => {
    return { effect, name, line: span.line };
  });
}

type NamePlace = Pick<FindingDataByCode["confusable-name"], "where" | "language" | "mapping">;

function confusableIn(
  names: Iterable<string>,
  others: Iterable<string>,
  place: NamePlace,
): FindingDetail[] {
  return findConfusable(names, others).map(({ name, kind, other }) => {
    return { code: "confusable-name", data: { ...place, name, kind, other } };
  });
}

function mappingProblems(
  object: StoredObject,
  { language, hash, bytes }: MappingDocument,
  namesInCode: ReadonlySet<string>,
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
      const hidden = reason === "not-an-identifier" ? confusableIn([name], [], place) : [];
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

function detailOf(fault: ObjectFault): FindingDetail {
  if (fault.code === "malformed-hash") {
    return { code: "malformed-import", data: { ...fault.data, full: null } };
  }
  if (fault.code === "not-canonical") return notCanonical(fault, false);
  const { code, data } = fault;
  return { code, data } as FindingDetail;
}

function notCanonical(
  { code, data }: FaultOf<"not-canonical">,
  isOlderForm: boolean,
): FindingDetail {
  return { code, data: { ...data, isOlderForm } };
}
