/** What a function may do that is not in its result. */
export const EFFECT_KINDS = [
  "eval",
  "process",
  "deserialize",
  "dynamic",
  "network",
  "filesystem",
  "environment",
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];
