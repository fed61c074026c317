/** What the parser and the printer tell characters apart by; those of identifiers are the last. */
export enum CharacterClass {
  Unprintable,
  Printable,
  /** May continue an identifier though it is not printable: the joiners U+200C and U+200D. */
  UnprintableContinue,
  Continue,
  Start,
}
