/** Functions in a table, as `list` and `log` show them. */
import type { ListedFunction } from "@ouverture/pool";
import { shortenHashes } from "./hash.js";
import type { Screen } from "./screen.js";
import { renderTable } from "./table.js";

/** What is shown of a function. */
export type ShownFunction = Pick<
  ListedFunction,
  "hash" | "name" | "language" | "languages" | "created" | "author"
>;

/** Writes a row for each function. With `dates` also when and by whom it was added. */
export function renderFunctions(
  functions: readonly ShownFunction[],
  screen: Screen,
  { dates = false }: { readonly dates?: boolean } = {},
): string {
  const short = shortenHashes(functions.map(({ hash }) => hash));
  const columns = [
    { title: "hash", isWhole: true },
    { title: "name" },
    { title: "languages" },
    ...(dates ? [{ title: "added", isWhole: true }, { title: "by" }] : []),
  ];
  const rows = functions.map(({ hash, name, languages, created, author }) => [
    short(hash),
    name ?? "",
    languages.join(" "),
    ...(dates ? [dayOf(created), author] : []),
  ]);
  return renderTable(columns, rows, screen);
}

/** Schema 0 does not say when a function was added. */
function dayOf(created: string): string {
  return created.startsWith("1970-01-01T00:00:00") ? "" : created.slice(0, 10);
}
