/**
 * The script `prepare` of package.json, which turns husky on in each clone when its packages are
 * installed. It is guarded: where husky is not installed (`npm ci --omit=dev`) it does nothing.
 */
import { addMember, findMember, type MemberPath, removeMember } from "./json-member.js";

const PATH: MemberPath = ["scripts", "prepare"];
/** In sh and in cmd alike. */
const GUARDED = "husky || exit 0";
const ALSO = ` && (${GUARDED})`;

/** Adds husky to the script; the text as it is where it is there; `null` where that is unsure. */
export function addPrepare(text: string): string | null {
  const script = findMember(text, PATH);
  if (script === null) return addMember(text, PATH, GUARDED);
  if (script.type !== "string") return null;
  if (/\bhusky\b/.test(script.value)) return text;
  if (script.value.trim() === "") return null;
  const end = script.offset + script.length - 1;
  return text.slice(0, end) + ALSO + text.slice(end);
}

/** Takes away what `addPrepare` has added. */
export function removePrepare(text: string): string {
  const script = findMember(text, PATH);
  if (script === null || script.type !== "string") return text;
  if (script.value === GUARDED) return removeMember(text, PATH);
  if (!script.value.endsWith(ALSO)) return text;
  const end = script.offset + script.length - 1;
  return text.slice(0, end - ALSO.length) + text.slice(end);
}

/** What people add by hand. */
export const PREPARE_LINE = `"prepare": "${GUARDED}"`;
