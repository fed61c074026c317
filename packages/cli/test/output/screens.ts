/** Screens to render for. */
import { paintFor } from "@ouverture/pool";
import type { Screen } from "../../src/output/screen.js";

/** A file or a program. */
export const file: Screen = {
  isTerminal: false,
  width: Number.POSITIVE_INFINITY,
  paint: paintFor({}, false),
};
/** A terminal without colours. */
export function terminal(width: number): Screen {
  return { isTerminal: true, width, paint: paintFor({ NO_COLOR: "1" }, true) };
}
