/** The file (docs/normal-form.md, "The file"): one top-level function, and imports. */
import { err, type Fault, ok, type Result } from "../result.js";
import type { AsyncFunctionDef, FunctionDef, Import, ImportFrom, Module } from "../syntax/ast.js";
import { spanOf } from "../syntax/position.js";

export type FunctionDefinition = FunctionDef | AsyncFunctionDef;
export type ImportStatement = Import | ImportFrom;

/** A function file, taken apart. */
export interface Unit {
  readonly source: string;
  readonly module: Module;
  readonly imports: readonly ImportStatement[];
  readonly definition: FunctionDefinition;
}

/**
 * Takes a module apart into its imports and its one function.
 * Faults: `stray-statement`, `multiple-functions`, `no-function`.
 */
export function takeUnit(module: Module, source: string): Result<Unit, Fault> {
  const imports: ImportStatement[] = [];
  let definition: FunctionDefinition | null = null;
  for (const statement of module.body) {
    switch (statement.kind) {
      case "Import":
      case "ImportFrom":
        imports.push(statement);
        break;
      case "FunctionDef":
      case "AsyncFunctionDef":
        if (definition !== null) {
          const data = { name: statement.name, first: definition.name };
          return err({ code: "multiple-functions", data, span: spanOf(source, statement) });
        }
        definition = statement;
        break;
      default: {
        const data = { statement: statement.kind };
        return err({ code: "stray-statement", data, span: spanOf(source, statement) });
      }
    }
  }
  if (definition === null) return err({ code: "no-function", data: {}, span: null });
  return ok({ source, module, imports, definition });
}
