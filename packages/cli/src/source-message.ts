/** What is wrong with a source, where: `average.py:3:5: sentence`. */
import { type Fault, faultMessage, type Span, type Warning, warningMessage } from "@ouverture/core";
import { fail } from "./failure.js";

/** Ends the command because of a fault in a source. */
export function refuseSource(path: string, fault: Fault): never {
  return fail(1, `${placeOf(path, fault.span)}: ${faultMessage({ ...fault, span: null })}`);
}

/** A warning about a source, as one line. */
export function warningLine(path: string, warning: Warning): string {
  const { what, todo } = warningMessage(warning);
  return `${placeOf(path, warning.span)}: warning: ${what}. ${todo}`;
}

function placeOf(path: string, span: Span | null): string {
  return span === null ? path : `${path}:${span.line}:${span.column}`;
}
