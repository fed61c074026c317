/** The version of this package. It stands here, because a built file is as deep as this one. */
import { createRequire } from "node:module";

/** Reads it from package.json: `1.2.3`. */
export function ownVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)("../package.json");
  return version;
}
