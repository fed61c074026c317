/** The prose of warnings: what each tells the author of a function whose result stands. */
import type { Warning, WarningCode, WarningDataByCode } from "../canonical/form.js";
import { quoteName as q } from "./escape.js";
import type { Message } from "./message.js";

/** Says what a warning is about; its place is for the caller to show. */
export function warningMessage(warning: Warning): Message {
  return messageOf(warning);
}

// The generic parameter lets the compiler see that code and data belong together.
function messageOf<C extends WarningCode>({ code, data }: WarningOf<C>): Message {
  return WARNINGS[code](data);
}

type WarningOf<C extends WarningCode> = {
  readonly [K in C]: { readonly code: K; readonly data: WarningDataByCode[K] };
}[C];

const WARNINGS: { readonly [C in WarningCode]: (data: WarningDataByCode[C]) => Message } = {
  "dynamic-names": ({ name }) => ({
    what: `${q(name)} lets the program see its own names, and those are others in each language`,
    todo: "Pass what is needed as arguments, or make sure that no result depends on a name.",
  }),
  "dynamic-keywords": ({ keyword }) => ({
    what:
      keyword === "**"
        ? "What '**' passes to the function itself names its parameters as they are spelled here"
        : `The keyword ${q(keyword)} is kept as it is, although a parameter of that name is translated`,
    todo: "Pass the argument by position where it is meant for that parameter.",
  }),
  "debug-f-string": ({ text }) => ({
    what: `The f-string prints the spelling of ${q(text)}, which is part of the hash`,
    todo: "Write the label as text, with its value in braces.",
  }),
  "inner-docstring": ({ name }) => ({
    what: `The docstring of ${q(name)} belongs to the code, so that a translation of it is another function`,
    todo: "Write it as a comment, or in the docstring of the function itself.",
  }),
  "unused-import": ({ name }) => ({
    what: `Nothing refers to ${q(name)}, and its import is part of the hash`,
    todo: "Take the import out, unless it is there for its effect.",
  }),
  "template-expression": ({ text }) => ({
    what: `The t-string no longer remembers ${q(text)} as it was spelled`,
    todo: "Make sure that no result depends on the spelling of an interpolation.",
  }),
};
