/** One thing that a `doctor` looked at. */
export interface Check {
  /** What was looked at: `git`, `the user's pool`. */
  readonly what: string;
  /** `warning`: it works, with less, or not for all. `bad`: it does not. */
  readonly state: "good" | "warning" | "bad";
  /** What was found. */
  readonly found: string;
  /** What to do, as a sentence; `null` where nothing has to be done. */
  readonly todo: string | null;
}

export function good(what: string, found: string): Check {
  return { what, state: "good", found, todo: null };
}
export function warning(what: string, found: string, todo: string): Check {
  return { what, state: "warning", found, todo };
}
export function bad(what: string, found: string, todo: string | null): Check {
  return { what, state: "bad", found, todo };
}
