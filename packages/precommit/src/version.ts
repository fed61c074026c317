/** The version of this package. The bundle holds it, so that nothing is read at the start. */
import ownPackage from "../package.json" with { type: "json" };

export function ownVersion(): string {
  return ownPackage.version;
}
