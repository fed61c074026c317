/** Colours, for those who see and want them: on a terminal, and not with NO_COLOR (no-color.org). */
import type { Paint } from "@ouverture/core";
import colors from "picocolors";
import type { Environment } from "../configuration/locations.js";

export function paintFor(environment: Environment, isTerminal: boolean): Paint {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = environment;
  const isWanted = FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  const isSeen = isTerminal && TERM !== "dumb" && FORCE_COLOR !== "0";
  const { red, yellow, green, bold, dim } = colors.createColors(
    NO_COLOR === "" && (isWanted || isSeen),
  );
  return {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    good: green,
    strong: bold,
    faint: dim,
  };
}
