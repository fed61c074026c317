/** Texts of Pythons with another Unicode version, made comparable. */

/** Characters beyond ASCII as escapes: which of them are printable depends on the Unicode version. */
export function olderUnicode(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    if (code <= 0xff) return `\\x${digits}`;
    return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
  });
}
