/** What a path of modules means for the pool, such as `ouverture.pool.object_<hash>`. */
import { hashOfPoolName, POOL_PACKAGE } from "../canonical/pool-name.js";

/**
 * - `function`: the path ends in a function of the pool, or goes on in one.
 * - `module`: the package or its pool, which give functions as attributes.
 * - `name`: a name in one of them that is no function. It may be a module with
 *   functions (`ouverture.pool.fra`): its use says whether it is malformed.
 * - `malformed`: what cannot be a function. `outside`: nothing of the pool.
 */
export type PoolMeaning =
  | { readonly kind: "function"; readonly hash: string; readonly isWhole: boolean }
  | { readonly kind: "module" | "name" | "malformed" | "outside" };

/** What the Python package has besides functions of the pool (docs/python.md); it reaches none. */
export const PYTHON_API: ReadonlySet<string> = new Set([
  "FunctionNotFoundError",
  "UnsupportedFunctionError",
  "VerificationError",
  "__version__",
]);

export function poolMeaning(path: readonly string[]): PoolMeaning {
  const [first, second, third, fourth] = path;
  if (first !== POOL_PACKAGE) return { kind: "outside" };
  for (let index = 1; index < path.length; index += 1) {
    const hash = hashOfPoolName(path[index] ?? "");
    if (hash !== null) return { kind: "function", hash, isWhole: index === path.length - 1 };
  }
  if (second === undefined) return { kind: "module" };
  if (PYTHON_API.has(second)) return { kind: "outside" };
  if (second !== "pool") return { kind: third === undefined ? nameKind(second) : "outside" };
  if (third === undefined) return { kind: "module" };
  if (fourth === undefined) return { kind: nameKind(third) };
  return { kind: path.length === 4 ? "malformed" : "outside" };
}

function nameKind(name: string): "name" | "malformed" {
  return name.startsWith("object_") ? "malformed" : "name";
}
