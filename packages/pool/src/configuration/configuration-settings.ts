/** What all parts of the configuration say of verify, the later over the earlier. */
import type { EffectKind } from "@ouverture/core";
import type { ConfigurationPart } from "./configuration-schema.js";
import type { ExemptionEntry, PartialVerify } from "./configuration-verify.js";

/** What is checked, how strictly, and what is exempt. */
export interface VerifySettings {
  readonly failOn: "error" | "warning";
  readonly allowEmpty: boolean;
  /** Patterns of paths that are not searched. */
  readonly exclude: readonly string[];
  readonly effects: Readonly<Partial<Record<EffectKind, "allow" | "deny">>>;
  readonly exemptions: readonly PlacedExemption[];
  readonly limits: Readonly<NonNullable<PartialVerify["limits"]>>;
}
/** `path` is the file that it stands in, relative to the root; `null` outside of the repository. */
export type PlacedExemption = ExemptionEntry & { readonly path: string | null };

/**
 * Merges: `effects` and `limits` key by key; of a list the last that is said is all.
 * @param path the repository's file.
 */
export function mergeVerify(
  parts: readonly ConfigurationPart[],
  path: string | null,
): VerifySettings {
  const said = parts.flatMap(({ kind, content }) => {
    return content.verify ? [{ kind, ...content.verify }] : [];
  });
  const last = said.findLast(({ exemptions }) => exemptions !== undefined);
  const place = last?.kind === "repository" ? path : null;
  return {
    failOn: said.findLast((one) => one.fail_on !== undefined)?.fail_on ?? "error",
    allowEmpty: said.findLast((one) => one.allow_empty !== undefined)?.allow_empty ?? false,
    exclude: said.findLast((one) => one.exclude !== undefined)?.exclude ?? [],
    effects: Object.assign({}, ...said.map(({ effects }) => effects)),
    exemptions: (last?.exemptions ?? []).map((one) => ({ ...one, path: place })),
    limits: Object.assign({}, ...said.map(({ limits }) => limits)),
  };
}

/** The keys of trust that two versions of a repository's configuration differ in, sorted. */
export function differingKeys(
  one: ConfigurationPart["content"],
  other: ConfigurationPart["content"],
): string[] {
  const before = trustKeys(one);
  const after = trustKeys(other);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => before.get(key) !== after.get(key)).sort();
}

/** Where functions come from, and what `verify` demands; each with its value as JSON. */
function trustKeys({ registries, verify }: ConfigurationPart["content"]): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { name, ...rest } of registries ?? []) {
    keys.set(`registries[${name}]`, writeSorted(rest));
  }
  const { effects, limits, exemptions, ...rest } = verify ?? {};
  for (const [key, value] of Object.entries(rest)) keys.set(`verify.${key}`, writeSorted(value));
  for (const [key, value] of Object.entries(effects ?? {})) {
    keys.set(`verify.effects.${key}`, writeSorted(value));
  }
  for (const [key, value] of Object.entries(limits ?? {})) {
    keys.set(`verify.limits.${key}`, writeSorted(value));
  }
  for (const [index, { line: _, ...exemption }] of (exemptions ?? []).entries()) {
    // Two of one hash are two.
    const key = `verify.exemptions[${exemption.hash}]`;
    keys.set(keys.has(key) ? `${key}[${index}]` : key, writeSorted(exemption));
  }
  return keys;
}

function writeSorted(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
