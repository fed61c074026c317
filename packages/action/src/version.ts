/** The version of the Action. It stands here, because a bundled file is as deep as this one. */
import { createRequire } from "node:module";

/** Reads it from package.json, so that a new version is no other bundle: `1.2.3`. */
export function ownVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)("../package.json");
  return version;
}
