/** What runs of `ouverture verify` have kept for later ones, below a home of their own. */
import { rmSync } from "node:fs";
import { join } from "node:path";

/** The next run with this `home` knows nothing of an earlier one. */
export function forgetCaches(home) {
  for (const name of ["checked-functions", "searched-sources"]) {
    rmSync(join(home, ".cache", "ouverture", name), { force: true });
  }
}
