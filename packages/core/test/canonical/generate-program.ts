/** A random program: its imports and its function (see program.ts). */
import type { Choose, Identifier, ImportLine, Program, ProgramOptions, Scope } from "./program.js";
import { chance, type Generation, newIdentifier, type Place, pick } from "./program-place.js";
import { definition, simple } from "./program-statement.js";

const BUILTINS = [
  "len",
  "print",
  "range",
  "str",
  "dict",
  "list",
  "sorted",
  "isinstance",
  "object",
  "zip",
  "__name__",
];
const IMPORTS: readonly (readonly [string | null, string, string])[] = [
  [null, "os.path", "os"],
  [null, "os", "os"],
  ["collections", "OrderedDict", "OrderedDict"],
  ["collections", "abc", "abc"],
  ["json", "dumps", "dumps"],
  [null, "functools", "functools"],
];
const HASHES = ["a1", "0c", "f9"].map((pair) => pair.repeat(32));
const DOCSTRINGS = [
  null,
  null,
  "One line.",
  'First line.\n\nIndented\n  more \\ and \'quotes\' """.',
  'R\u00e9sum\u00e9\u{1f600}\r\x07 ends with a quote"',
];

export function generateProgram(choose: Choose, options: ProgramOptions = {}): Program {
  const builtinScope: Scope = { parent: null };
  const module: Scope = { parent: builtinScope };
  const g: Generation = {
    choose,
    options: { version: 11, poolWrittenOut: false, size: 100, ...options },
    identifiers: [],
    builtins: [],
    module,
    globals: [],
    keywords: new Map(),
    fuel: options.size ?? 100,
  };
  const builtins = BUILTINS.map((name) => newIdentifier(g, builtinScope, "kept", name));
  const math = newIdentifier(g, module, "kept", "math");
  const imports: ImportLine[] = [{ from: null, name: "math", alias: null }];
  const reads = [...builtins, math];
  addImports(g, imports, reads);
  const hashes = addPoolImports(g, imports, reads);

  const self = newIdentifier(g, module, "function", "function");
  const place: Place = {
    scope: module,
    reads: [...reads, self],
    innerReads: [...reads, self],
    writes: [],
    bind: () => self,
    walrus: null,
    inIterable: false,
    isAsync: false,
    isGenerator: false,
    isClass: false,
    inLoop: false,
    canLeave: false,
    depth: 0,
  };
  const { decorators, head, body } = definition(g, place, self, "function", true);
  // A string that stands first, in parentheses or not, would be the docstring.
  const first = body[0]?.pieces.find((piece) => piece !== "(");
  if (typeof first === "object" && ("text" in first || "wrap" in first)) {
    body.unshift(simple("pass"));
  }
  return {
    imports,
    decorators,
    head,
    docstring: pick(g, DOCSTRINGS),
    body,
    identifiers: g.identifiers,
    hashes,
  };
}

function addImports(g: Generation, imports: ImportLine[], reads: Identifier[]): void {
  const bound = new Map<string, Identifier>();
  for (const [from, name, binds] of IMPORTS) {
    if (!chance(g, 3)) continue;
    if (chance(g, 3)) {
      const alias = newIdentifier(g, g.module, "kept", `alias${g.identifiers.length}`);
      imports.push({ from, name, alias });
      reads.push(alias);
    } else {
      const identifier = bound.get(binds) ?? newIdentifier(g, g.module, "kept", binds);
      if (!bound.has(binds)) reads.push(identifier);
      bound.set(binds, identifier);
      imports.push({ from, name, alias: null });
    }
  }
}

function addPoolImports(g: Generation, imports: ImportLine[], reads: Identifier[]): string[] {
  const hashes = HASHES.filter(() => chance(g, 3));
  for (const hash of hashes) {
    const name = `object_${hash}`;
    const alias = chance(g, 3) ? null : newIdentifier(g, g.module, "pool", "pool");
    reads.push(alias ?? newIdentifier(g, g.module, "kept", name));
    imports.push({ from: "ouverture.pool", name, alias });
  }
  return hashes;
}
