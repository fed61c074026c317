/** Which effects a repository allows, and for which functions it makes an exemption (docs/verify.md, "Effects"). */
import type { EffectKind } from "./effect-kinds.js";
import type { Location } from "./finding.js";

export interface Policy {
  readonly effects: Readonly<Record<EffectKind, "allow" | "deny">>;
  readonly exemptions: readonly Exemption[];
}

/** One function may have these effects of its own; those that it imports need their own exemptions. */
export interface Exemption {
  readonly hash: string;
  readonly effects: readonly EffectKind[];
  readonly reason: string;
  /** The last day on which it holds, as `2027-01-31`; `null` where it does not end. */
  readonly expires: string | null;
  /** Where the configuration says it. */
  readonly location: Location | null;
}

/** What holds where a repository says nothing. */
export const DEFAULT_POLICY: Policy = {
  effects: {
    eval: "deny",
    process: "deny",
    deserialize: "deny",
    dynamic: "deny",
    network: "allow",
    filesystem: "allow",
    environment: "allow",
  },
  exemptions: [],
};
