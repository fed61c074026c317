/** What the library is given of this machine: variables, and folders that are ours alone. */
import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutTokens } from "./credentials.js";
import type { Variables } from "./inputs.js";
import type { Occasion } from "./occasion.js";

export interface Surroundings {
  /** A folder that the runner empties after the job. */
  readonly temporary: string;
  /** What registries gave is kept there; the same in each run, for the cache of GitHub. */
  readonly userPool: string;
  readonly environment: Variables;
}

/**
 * What other jobs have left on a runner of one's own is neither read nor added to: what was
 * verified before is kept in the user's folder of caches, and that is a new one.
 */
export function openSurroundings(
  { mayUseCredentials }: Occasion,
  variables: Variables,
): Surroundings {
  const { RUNNER_TEMP, OUVERTURE_DIRECTORY } = variables;
  const temporary = RUNNER_TEMP
    ? join(realpathSync(RUNNER_TEMP), "ouverture")
    : realpathSync(mkdtempSync(join(tmpdir(), "ouverture-")));
  mkdirSync(temporary, { recursive: true });
  const userPool = OUVERTURE_DIRECTORY || join(temporary, "pool");
  return {
    temporary,
    userPool,
    environment: {
      ...(mayUseCredentials ? variables : withoutTokens(variables)),
      OUVERTURE_DIRECTORY: userPool,
      XDG_CACHE_HOME: join(temporary, "cache"),
    },
  };
}
