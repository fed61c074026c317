/** The version of this package. What is built holds it, so that nothing is read at the start. */
import ownPackage from "../package.json" with { type: "json" };

/** As in package.json: `1.2.3`. */
export function ownVersion(): string {
  return ownPackage.version;
}
