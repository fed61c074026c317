/** `verify --explain CODE`: what a code means, and where the same can be read and linked to. */
import type { FindingCode } from "../verify/finding.js";
import { EXPLANATIONS, type Explanation } from "./explanations.js";

/** docs/findings.md, which has an anchor for each code. */
const PAGE = "https://github.com/ouverture/ouverture/blob/main/docs/findings.md";

/** All codes of findings, in the order of docs/verify.md. */
export const FINDING_CODES: readonly FindingCode[] =
  Object.keys(EXPLANATIONS).filter(isFindingCode);

/** Is `text` the code of a finding? */
export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(EXPLANATIONS, text);
}

/** Says what a code means, why it matters and how it is mended. */
export function explainFinding(code: FindingCode): Explanation {
  return EXPLANATIONS[code];
}

/** The address of the same text on the web. */
export function findingLink(code: FindingCode): string {
  return `${PAGE}#${code}`;
}
