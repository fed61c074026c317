/** Which of a function's names is shown: by the user's languages, then what was there first. */

/** What is compared: a name in a language, and since when it has been there. */
export interface DatedName {
  readonly language: string;
  readonly since: number;
  readonly born: number;
  readonly hash: string;
}

/** Is `language` what is meant by `wanted`? `fra` is `fra-canadian`, too. */
export function isOfLanguage(language: string, wanted: string): boolean {
  const [one, other] = [language.toLowerCase(), wanted.toLowerCase()];
  return one === other || one.startsWith(`${other}-`);
}

/** The place of a language among those that the user reads, the best first. */
export function preferenceOf(language: string, languages: readonly string[]): number {
  const index = languages.findIndex((wanted) => isOfLanguage(language, wanted));
  return index < 0 ? languages.length : index;
}

/** The name to show of several. */
export function preferredName<T extends DatedName>(
  names: readonly T[],
  languages: readonly string[],
): T | undefined {
  const order = (a: T, b: T) =>
    preferenceOf(a.language, languages) - preferenceOf(b.language, languages) ||
    a.since - b.since ||
    a.born - b.born ||
    (a.hash < b.hash ? -1 : 1);
  return [...names].sort(order)[0];
}
