/** The accesses to the pool in one file of the repository, and what is wrong with the file itself. */
import type { Fault, Result, Span } from "../result.js";
import { findConfusable } from "./confusable.js";
import { type FindingDetail, type Location, locationOf } from "./finding.js";
import { takeMagics } from "./magics.js";
import { notebookMentionsPool, notebookSpellsPool, readNotebook } from "./notebook.js";
import { findPoolImports, mentionsPool, type PoolImport } from "./pool-import.js";
import type { SourceFile } from "./ports.js";

/** An access to the pool in a file of the repository. */
type Located<T> = T extends PoolImport ? Omit<T, "span"> & { readonly location: Location } : never;
export type LocatedImport = Located<PoolImport>;

export interface SearchedSource {
  readonly imports: readonly LocatedImport[];
  readonly problems: readonly { readonly detail: FindingDetail; readonly location: Location }[];
}

/** A file that is searched. */
export type SearchedFile = Exclude<SourceFile, { kind: "skipped" }>;
export type SearchSource = (file: SearchedFile) => SearchedSource;

/**
 * Searches one file (docs/verify.md, "Find"). Pure, and but for the path in its places the answer
 * depends on nothing but the kind and the text; what cannot be read is a problem.
 */
export function searchSource(file: SearchedFile): SearchedSource {
  const { path } = file;
  switch (file.kind) {
    case "unrelated":
      return NOTHING;
    case "undecodable":
      return unreadable(file.why, locationOf(path, null));
    case "text":
      return mentionsPool(file.text)
        ? located(findPoolImports(file.text), (span) => locationOf(path, span))
        : NOTHING;
    case "notebook":
      return searchNotebook(path, file.text);
  }
}

const NOTHING: SearchedSource = { imports: [], problems: [] };

function searchNotebook(path: string, json: string): SearchedSource {
  if (!notebookMentionsPool(json)) return NOTHING;
  const cells = readNotebook(json);
  if (cells === null) {
    // What is no notebook puts nothing together.
    if (!notebookSpellsPool(json)) return NOTHING;
    return unreadable({ reason: "not-a-notebook" }, locationOf(path, null));
  }
  const found = cells.map(({ cell, source }) => {
    return mentionsPool(source) ? searchCell(path, cell, source) : NOTHING;
  });
  return {
    imports: found.flatMap(({ imports }) => imports),
    problems: found.flatMap(({ problems }) => problems),
  };
}

function searchCell(path: string, cell: number, source: string): SearchedSource {
  const { text, magics, indentation } = takeMagics(source);
  const place = (span: Span | null): Location => {
    const { line, column, end } = locationOf(path, span);
    return {
      path,
      line,
      column: column + indentation,
      end: { line: end.line, column: end.column + indentation },
      cell,
    };
  };
  const { imports, problems } = located(findPoolImports(text), place);
  const told = magics.map(({ name, span }): LocatedImport => {
    const location = place(span);
    return { kind: "dynamic", form: "magic", hash: null, name, alias: null, location };
  });
  return { imports: [...imports, ...told], problems };
}

function located(
  found: Result<PoolImport[], Fault>,
  place: (span: Span | null) => Location,
): SearchedSource {
  if (!found.ok) {
    const { fault } = found;
    return unreadable({ reason: "syntax", fault }, place(fault.span));
  }
  const imports = found.value.map(({ span, ...one }) => ({ ...one, location: place(span) }));
  return { imports, problems: confusableAliases(imports) };
}

/** Names that imports give to functions, and that may be taken for others. */
function confusableAliases(imports: readonly LocatedImport[]): SearchedSource["problems"] {
  const places = new Map<string, Location>();
  for (const { alias, location } of imports) {
    if (alias !== null && !places.has(alias)) places.set(alias, location);
  }
  return findConfusable(places.keys()).flatMap((found) => {
    const location = places.get(found.name);
    const data = { where: "import", language: null, mapping: null, ...found } as const;
    return location === undefined ? [] : [{ detail: { code: "confusable-name", data }, location }];
  });
}

function unreadable(
  data: Extract<FindingDetail, { code: "unreadable-source" }>["data"],
  location: Location,
): SearchedSource {
  return { imports: [], problems: [{ detail: { code: "unreadable-source", data }, location }] };
}
