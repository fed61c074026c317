/**
 * Why Python refuses a text. Each reason has its sentence in report/, where
 * `{0}`, `{1}` ... stand for `args`.
 */

/** What the tokenizer and the grammar refuse: what `ast.parse` raises. */
export type SyntaxReason = "invalid-syntax";

/** What the compiler refuses in a text that parses. */
export type CompileReason = "return-outside-function";

export interface Refusal {
  readonly reason: SyntaxReason | CompileReason;
  readonly args: readonly (string | number)[];
}
