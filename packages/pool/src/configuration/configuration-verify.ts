/** The section `verify` of a configuration: what a repository demands of what it imports. */
import { EFFECT_KINDS, type EffectKind, MOST_BYTES } from "@ouverture/core";
import * as v from "valibot";
import { list, section, suggestionOf, text } from "./configuration-section.js";

const effect = v.custom<EffectKind>(
  (value) => EFFECT_KINDS.some((kind) => kind === value),
  ({ input }) => `is no effect. ${suggestionOf(String(input), EFFECT_KINDS, "The effects are")}`,
);
const verdict = v.picklist(["allow", "deny"], "has to be allow or deny.");
const hash = text(v.regex(/^[0-9a-f]{64}$/, "has to be the full hash of a function: 64 digits."));
const reason = text(
  v.check(
    (value: string) => value.trim() !== "" && value.length <= 1000,
    "has to say in up to 1,000 characters why it is exempt.",
  ),
);
const DAY = "has to be a date. Write it as 2027-01-31.";
/** A date of TOML is an object that writes itself as one; a time of day makes it longer. */
const day = v.pipe(
  v.custom<string | Date>((value) => typeof value === "string" || value instanceof Date, DAY),
  v.transform((value) => (typeof value === "string" ? value : writeDate(value))),
  v.check(isDay, DAY),
);
const glob = text(
  v.regex(/^(?!\/|!)[^\p{Cc}\\]{1,500}$/u, "has to be a pattern of paths, such as vendored/**."),
);

function limit(most: number) {
  const message = `has to be a whole number from 1 to ${most}.`;
  return v.exactOptional(
    v.pipe(
      v.number(message),
      v.integer(message),
      v.minValue(1, message),
      v.maxValue(most, message),
    ),
  );
}

const exemption = section({
  hash,
  effects: v.pipe(
    list(effect, "[eval]"),
    v.minLength(1, "names no effect. Write which, as in [eval]."),
  ),
  reason,
  expires: day,
});

export const verifySection = section({
  fail_on: v.exactOptional(v.picklist(["error", "warning"], "has to be error or warning.")),
  allow_empty: v.exactOptional(v.boolean("has to be true or false.")),
  exclude: v.exactOptional(list(glob, "[vendored/**]")),
  effects: v.exactOptional(
    section({
      eval: v.exactOptional(verdict),
      process: v.exactOptional(verdict),
      deserialize: v.exactOptional(verdict),
      dynamic: v.exactOptional(verdict),
      network: v.exactOptional(verdict),
      filesystem: v.exactOptional(verdict),
      environment: v.exactOptional(verdict),
    }),
  ),
  exemptions: v.exactOptional(
    list(exemption, "- { hash: ..., effects: [eval], reason: ..., expires: 2027-01-31 }"),
  ),
  limits: v.exactOptional(
    section({
      depth: limit(100_000),
      functions: limit(10_000_000),
      bytes: limit(2 ** 40),
      object_bytes: limit(MOST_BYTES),
      request_seconds: limit(3600),
      seconds: limit(86_400),
    }),
  ),
});

/** An exemption, and the line of the file that it stands on. */
export type ExemptionEntry = v.InferOutput<typeof exemption> & { readonly line?: number };
export type PartialVerify = Omit<v.InferOutput<typeof verifySection>, "exemptions"> & {
  readonly exemptions?: readonly ExemptionEntry[];
};

/** An invalid date throws; it is none. */
function writeDate(date: Date): string {
  try {
    return date.toISOString();
  } catch {
    return "";
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
