/** What is named on the command line to full hashes. Loaded where a hash is abbreviated, mostly. */
import { fail } from "./failure.js";
import { checkReadLanguage } from "./language.js";
import { parseReference, readDigits } from "./parse-reference.js";
import type { ResolvedReference, Session } from "./session.js";

/** As `Session.resolveHash`. */
export async function resolveHash(text: string, session: Session): Promise<string> {
  const digits = readDigits(text);
  if (digits.length === FULL) return digits;
  // Registries are asked only where the pools know of none.
  const known = await (await session.openSource({ isLocal: true })).complete(digits);
  const candidates = known.length > 0 ? known : await (await session.openSource()).complete(digits);
  return only(digits, candidates, "function");
}

/** As `Session.resolveReference`. */
export async function resolveReference(text: string, session: Session): Promise<ResolvedReference> {
  const { hash: digits, language, mapping } = parseReference(text);
  if (language !== null) await checkReadLanguage(language);
  const hash = await resolveHash(digits, session);
  if (language === null || mapping === null || mapping.length === FULL) {
    return { hash, language, mapping };
  }
  const source = await session.openSource();
  const known = (await source.listMappings(hash, language)).map((one) => one.hash);
  const fitting = known.filter((one) => one.startsWith(mapping));
  return { hash, language, mapping: only(mapping, fitting, `mapping in '${language}'`) };
}

const FULL = 64;
const MOST_SHOWN = 10;

function only(digits: string, candidates: readonly string[], what: string): string {
  const [first, ...others] = [...new Set(candidates)].sort();
  if (first === undefined) {
    const hint = what === "function" ? "'ouverture list' shows those that there are." : null;
    fail(1, `There is no ${what} whose hash begins with '${digits}'.`, hint);
  }
  if (others.length === 0) return first;
  const all = [first, ...others];
  const shown = all.slice(0, MOST_SHOWN);
  if (all.length > MOST_SHOWN) shown.push(`and ${all.length - MOST_SHOWN} more`);
  const message = `The hashes of ${all.length} ${what.replace(/^\w+/, "$&s")} begin with '${digits}'.`;
  fail(2, message, "Give more digits:", shown);
}
