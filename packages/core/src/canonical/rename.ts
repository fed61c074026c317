/**
 * Renames bindings, never spellings (docs/normal-form.md, "Names"): numbers are
 * given from 1, as the printer asks for the names of a text from left to right.
 */
import type { Binding } from "../names/scope.js";
import type { NamedNode } from "../syntax/ast.js";
import type { Naming } from "../syntax/print/naming.js";
import type { KeywordTargets } from "./keywords.js";
import { FUNCTION_NAME, numberedName, poolNameOf } from "./pool-name.js";
import { functionsWrittenOut } from "./pool-reference.js";
import type { Program } from "./program.js";
import { roleOf } from "./role.js";
import type { FunctionDefinition } from "./unit.js";

export interface Renaming extends Naming {
  /** Number to name, in order, of the bindings that have been printed. */
  nameMapping(): Record<string, string>;
}

/** What is printed for a binding; `text` is `null` where that is its own spelling. */
interface Renamed {
  readonly text: string | null;
  /** How the source spells it: the mangled name where it does so in two ways. */
  spelled: string;
}

/** Gives the naming of the normal form. `printed` is the function as it is printed. */
export function renameBindings(
  program: Program,
  printed: FunctionDefinition,
  keywords: KeywordTargets,
): Renaming {
  const { names, self, definition } = program;
  const writtenOut = functionsWrittenOut(program);
  /** By the index of the binding. */
  const renamed: (Renamed | undefined)[] = [];
  const numbered: Renamed[] = [{ text: FUNCTION_NAME, spelled: definition.name }];

  function rename(binding: Binding, spelled: string): Renamed {
    const role = roleOf(binding, program);
    if (role === "kept") return { text: null, spelled };
    if (role === "pool") return { text: poolNameOf(program.pool.get(binding) ?? ""), spelled };
    const index = role === "function" ? 0 : numbered.length;
    numbered[index] ??= { text: numberedName(index), spelled };
    return numbered[index];
  }

  function nameOf(binding: Binding, spelled: string): string {
    let known = renamed[binding.index];
    if (known === undefined) {
      known = rename(binding, spelled);
      renamed[binding.index] = known;
    }
    if (known.spelled !== spelled) known.spelled = binding.name;
    return known.text ?? spelled;
  }

  function name(node: NamedNode, spelled: string, index: number): string {
    if (node.kind === "alias") return spelled;
    if (node.kind === "keyword") {
      const target = keywords.get(node) ?? spelled;
      return typeof target === "string" ? target : nameOf(target, spelled);
    }
    const binding = node === printed ? self : names.bindingAt(node, index);
    if (binding === null) return spelled;
    const text = nameOf(binding, spelled);
    const isReference = node.kind === "Name" && program.pool.size > 0 && program.pool.has(binding);
    return isReference && !writtenOut.has(node) ? `${text}.${FUNCTION_NAME}` : text;
  }

  function nameMapping(): Record<string, string> {
    const mapping: Record<string, string> = {};
    for (let number = 0; number < numbered.length; number += 1) {
      mapping[numberedName(number)] = numbered[number]?.spelled ?? "";
    }
    return mapping;
  }

  return { name, nameMapping };
}
