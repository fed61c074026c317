/** What output has to know of where it goes: the width, the colours, and whether people see it. */
import type { Paint } from "@ouverture/core";
import { paintFor } from "@ouverture/pool";
import type { Outside, Terminal } from "../outside.js";

export interface Screen {
  /** Is it a terminal? Else it is a file or a program. */
  readonly isTerminal: boolean;
  /** In columns; without a terminal there is no limit. */
  readonly width: number;
  readonly paint: Paint;
}

/** Of a terminal that does not tell its width. */
const USUAL_WIDTH = 80;

export function screenOf(stream: Terminal, environment: Outside["environment"]): Screen {
  const isTerminal = stream.isTTY === true;
  const width = isTerminal ? stream.columns || USUAL_WIDTH : Number.POSITIVE_INFINITY;
  return { isTerminal, width, paint: paintFor(environment, isTerminal) };
}
