/** `ouverture stats`: how much there is, of whom, in which languages. */
import type { FunctionStatistics, PoolStatistics } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { addIndexOptions } from "../index-options.js";
import { type IndexFlags, indexedPools, withIndexes } from "../open-indexes.js";
import { counted, groupDigits } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import { type Part, renderPage, type Section } from "../output/page.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description("Counts what is in the pools, or around one function.")
    .argument("[hash]", "only this function");
  addIndexOptions(command)
    .addHelpText("after", HELP)
    .action(async (digits: string | undefined, flags: IndexFlags) => {
      if (digits === undefined) await countPools(flags, session);
      else await countOne(await session.resolveHash(digits), flags, session);
    });
}

const HELP = `
Exit status: 0 it is counted; 1 the pools do not have the function; 2 they could not be read.

Example:
  $ ouverture stats
`;

async function countPools(flags: IndexFlags, session: Session): Promise<void> {
  const names = await indexedPools(session, flags);
  const pools = await withIndexes(session, flags, (indexes) =>
    Promise.all(indexes.map((index) => index.statistics())),
  );
  session.answer({ pools }, (screen) =>
    renderPage(
      pools.flatMap((pool, index) => sectionsOf(names[index] ?? "", pool)),
      screen,
    ),
  );
  if (pools.length === 0 && !session.isJson) session.note("There is no pool yet.");
}

function sectionsOf(name: string, pool: PoolStatistics): Section[] {
  const { functions, schema0, mappings, damaged, languages, authors, tags, missing } = pool;
  const more = (condition: boolean, part: Part): Part[] => (condition ? [part] : []);
  return [
    {
      heading: name,
      parts: [
        { label: "functions", value: groupDigits(functions) },
        { label: "mappings", value: groupDigits(mappings) },
        { label: "imports", value: groupDigits(pool.dependencies) },
        { label: "authors", value: listOf(authors.count, authors.most) },
        { label: "tags", value: listOf(tags.count, tags.most) },
        ...more(schema0 > 0, { label: "to migrate", value: groupDigits(schema0) }),
        ...more(damaged.functions + damaged.mappings > 0, {
          label: "damaged",
          value: `${counted(damaged.functions, "function")}, ${counted(damaged.mappings, "mapping")}: see 'ouverture validate'`,
        }),
        ...more(missing.length > 0, {
          label: "missing",
          value: `${counted(missing.length, "function is", "functions are")} imported and not there`,
        }),
      ],
    },
    {
      heading: "languages",
      parts: languages.map(({ language, functions: count }) => ({
        label: language,
        value: groupDigits(count),
      })),
    },
    {
      heading: "most imported",
      parts: pool.mostCalled.map(({ hash, name: called, callers }) => ({
        label: shortHash(hash),
        value: `${called ?? ""} (${groupDigits(callers)})`.trim(),
      })),
    },
  ];
}

/** `3: ada (12), ito (4)`. */
function listOf(
  count: number,
  most: readonly { readonly name: string; readonly functions: number }[],
): string {
  if (count === 0) return "0";
  const names = most.map(({ name, functions }) => `${name} (${groupDigits(functions)})`).join(", ");
  return `${groupDigits(count)}: ${names}`;
}

async function countOne(hash: string, flags: IndexFlags, session: Session): Promise<void> {
  const counts = await withIndexes(session, flags, (indexes) =>
    Promise.all(indexes.map((index) => index.statisticsOf(hash))),
  );
  const found = counts.find((one) => one !== undefined);
  if (found === undefined) {
    fail(1, `The pools do not have the function ${hash}.`, "'ouverture pull' fetches it.");
  }
  session.answer(found, (screen) => renderPage([{ parts: partsOf(found) }], screen));
}

function partsOf({ function: one, languages, dependencies, callers }: FunctionStatistics): Part[] {
  const { hash, name, created, author } = one;
  const missing = dependencies.missing > 0 ? `, ${dependencies.missing} missing` : "";
  return [
    { label: "function", value: hash },
    { label: "name", value: name ?? "" },
    { label: "added", value: author === "" ? created : `${created} by ${author}` },
    {
      label: "languages",
      value: languages.map(({ language, mappings }) => `${language} (${mappings})`).join(", "),
    },
    { label: "imports", value: `${dependencies.direct}, ${dependencies.all} in all${missing}` },
    { label: "imported by", value: `${callers.direct}, ${callers.all} in all` },
  ];
}
