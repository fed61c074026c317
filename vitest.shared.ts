/** What the tests of all packages have in common. */
import type { ViteUserConfig } from "vitest/config";

/** A package of the workspace is tested from its source, not from what was built of it. */
const conditions = ["@ouverture/source"];

export const shared: ViteUserConfig = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // Whole standard libraries go through some of the tests, on two slow cores at times.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};
