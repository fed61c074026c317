/** The effects of functions against what a repository allows (docs/verify.md, "Effects"). */
import type { Closure, ClosureFunction } from "./closure.js";
import { EFFECT_KINDS, type EffectKind } from "./effect-kinds.js";
import type { FindingDetail, ForbiddenEffect, Location } from "./finding.js";
import type { Exemption, Policy } from "./policy.js";

export interface Judgement {
  /** `forbidden-effect`, one of each function that has some. */
  readonly forbidden: ReadonlyMap<string, FindingDetail>;
  /** What functions do and may: of each effect the functions, in the order of the walk. */
  readonly allowed: ReadonlyMap<EffectKind, readonly string[]>;
  /** What is wrong with the exemptions themselves, and where they stand. */
  readonly exemptions: readonly {
    readonly detail: FindingDetail;
    readonly hash: string;
    readonly location: Location | null;
  }[];
}

/**
 * @param today the day, as `2027-01-31`: an exemption holds to the end of its last day.
 * @param isWhole is the closure that of the whole repository? Else an exemption that is
 * not used may be used elsewhere, and nothing is said of it.
 */
export function judgeEffects(
  closure: Closure,
  { effects, exemptions }: Policy,
  today: string,
  isWhole: boolean,
): Judgement {
  const valid = exemptions.filter((one) => !isExpired(one, today));
  const exempt = new Map<string, Set<EffectKind>>();
  for (const { hash, effects } of valid) {
    const known = exempt.get(hash) ?? new Set();
    exempt.set(hash, known);
    for (const effect of effects) known.add(effect);
  }
  const forbidden = new Map<string, FindingDetail>();
  const allowed = new Map<EffectKind, string[]>();
  for (const one of closure.values()) {
    const mayNot: ForbiddenEffect[] = [];
    for (const found of ownEffects(one)) {
      const { effect } = found;
      if (effects[effect] === "deny" && exempt.get(one.hash)?.has(effect) !== true) {
        mayNot.push(found);
      } else {
        const known = allowed.get(effect);
        if (known === undefined) allowed.set(effect, [one.hash]);
        else known.push(one.hash);
      }
    }
    if (mayNot.length > 0) {
      forbidden.set(one.hash, { code: "forbidden-effect", data: { effects: mayNot } });
    }
  }
  const expired = exemptions.filter((one) => isExpired(one, today)).map(expiredExemption);
  const isRepositoryRead = isWhole && [...closure.values()].every(isRead);
  const unused = valid.flatMap((one) => {
    const known = closure.get(one.hash);
    const isKnown = known === undefined ? isRepositoryRead : isWhole && isRead(known);
    return isKnown ? unusedExemption(one, known, effects) : [];
  });
  return { forbidden, allowed, exemptions: [...expired, ...unused] };
}

/** The effects of a function in the order of the table, each with what has it. */
function ownEffects({ effects }: ClosureFunction): ForbiddenEffect[] {
  if (effects.length === 0) return [];
  return EFFECT_KINDS.flatMap((effect) => {
    const names = new Set(effects.filter((one) => one.effect === effect).map(({ name }) => name));
    return names.size === 0 ? [] : [{ effect, names: [...names] }];
  });
}

function isExpired({ expires }: Exemption, today: string): boolean {
  return expires !== null && expires < today;
}

function expiredExemption({ hash, expires, reason, location }: Exemption) {
  const data = { hash, expires: expires ?? "", reason };
  return { detail: { code: "expired-exemption", data }, hash, location } as const;
}

function unusedExemption(
  { hash, effects, reason, location }: Exemption,
  one: ClosureFunction | undefined,
  policy: Policy["effects"],
) {
  const unused = effects.filter(
    (effect) => policy[effect] === "allow" || !one?.effects.some((own) => own.effect === effect),
  );
  if (unused.length === 0) return [];
  const data = { hash, effects: unused, reason };
  return [{ detail: { code: "unused-exemption", data }, hash, location } as const];
}

/** Of a function that was not read nobody knows what it does, and of its callees neither. */
function isRead({ problem, verdict }: ClosureFunction): boolean {
  if (verdict !== "failed") return verdict === "verified";
  return problem === null || (problem.code === "not-canonical" && problem.data.isOlderForm);
}
