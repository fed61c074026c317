/** What the normal form does with a binding (docs/normal-form.md, the table under "Names"). */
import type { Binding, Scope } from "../names/scope.js";
import type { Program } from "./program.js";

/** `function` is `_ouverture_v_0`, `pool` is `object_<hash>`, `local` gets a number of its own. */
export type Role = "function" | "pool" | "local" | "kept";

/** A binding may have very many definitions, and is asked for at each of them: the answer is kept. */
export function roleOf(binding: Binding, program: Program): Role {
  const { roles } = program;
  const known = roles[binding.index] ?? findRole(binding, program);
  roles[binding.index] = known;
  return known;
}

function findRole(binding: Binding, program: Program): Role {
  if (binding === program.self) return "function";
  if (program.pool.has(binding)) return "pool";
  return isKept(binding) ? "kept" : "local";
}

function isKept({ scope, definitions }: Binding): boolean {
  switch (scope.kind) {
    // What an import binds, and what is declared `global`.
    case "module":
      return true;
    // An attribute, or the cell `__class__`.
    case "class":
      return true;
    case "function":
      return definitions.some(
        ({ form }) => form === "import" || (form === "parameter" && isMethod(scope)),
      );
    case "lambda":
    case "comprehension":
    case "type-parameters":
      return false;
  }
}

/** Is this the scope of a function that is defined directly in a class body? */
function isMethod({ parent }: Scope): boolean {
  const around = parent?.kind === "type-parameters" ? parent.parent : parent;
  return around?.kind === "class";
}
