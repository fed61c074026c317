import type { Session } from "./session.js";

/** The time of day as objects hold it: UTC, `2026-01-31T12:00:00Z` (docs/pool.md). */
export function timestamp({ outside }: Session): string {
  return `${outside.now().toISOString().slice(0, 19)}Z`;
}
