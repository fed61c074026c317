/** What is found of one function, as plain data, and of what stands in the place of one. */
import type { DocumentFault } from "../record/object.js";
import type { FaultOf } from "../result.js";
import type { ObjectFault } from "./check-object.js";
import type { EffectKind } from "./effect-kinds.js";
import type { FindingDetail } from "./finding.js";
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
export type MappingDocument = Omit<MappingBytes, "bytes"> & {
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

/** Says of what stands in the place of an object what is wrong with it. */
export function inspectNothing(fault: DocumentFault): FunctionCheck {
  return { ...NOTHING, problem: detailOf(fault) };
}

export const NOTHING = {
  isVerified: false,
  dependencies: [],
  effects: [],
  furtherProblems: [],
} as const satisfies Partial<FunctionCheck>;

/** The finding of a fault of an object. */
export function detailOf(fault: ObjectFault): FindingDetail {
  if (fault.code === "malformed-hash") {
    return { code: "malformed-import", data: { ...fault.data, full: null } };
  }
  if (fault.code === "not-canonical") return notCanonical(fault, false);
  const { code, data } = fault;
  return { code, data } as FindingDetail;
}

export function notCanonical(
  { code, data }: FaultOf<"not-canonical">,
  isOlderForm: boolean,
): FindingDetail {
  return { code, data: { ...data, isOlderForm } };
}
