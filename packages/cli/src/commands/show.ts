/** `ouverture show`: all that is known of a function, on a page. */
import {
  type CheckedObject,
  type Effect,
  findEffects,
  normalize,
  type Warning,
  warningMessage,
} from "@ouverture/core";
import { type FunctionSource, loadCallees, readMappings } from "@ouverture/pool";
import type { Command } from "commander";
import { followCallers, followDependencies, type GraphNode } from "../function-graph.js";
import { withIndexes } from "../open-indexes.js";
import { shortHash } from "../output/hash.js";
import { type Part, renderPage, type Section } from "../output/page.js";
import type { Screen } from "../output/screen.js";
import { readStored } from "../read-stored.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Shows a function: its names in each language, what it imports and who imports it, what it " +
        "may do besides computing its result, warnings, and its normal form.",
    )
    .argument("<hash>", "the function; its hash may be abbreviated")
    .addHelpText("after", HELP)
    .action(async (digits: string) => {
      const page = await describe(await session.resolveHash(digits), session);
      session.answer(page, (screen) => renderPage(sectionsOf(page, screen), screen));
    });
}

const HELP = `
Exit status: 0 it is shown; 1 there is no such function, or it is not sound; 2 it could not be done.

Example:
  $ ouverture show 1a10a1ae3d69
`;

interface FunctionPage {
  readonly hash: string;
  readonly created: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly mappings: readonly ShownMapping[];
  readonly dependencies: readonly GraphNode[];
  readonly callers: readonly GraphNode[];
  readonly warnings: readonly Warning[];
  readonly effects: readonly Effect[];
  /** Of the older form: intact, and under a hash that others do not give it. */
  readonly isOlderForm: boolean;
  readonly code: string;
}
interface ShownMapping {
  readonly language: string;
  readonly hash: string;
  /** `null` where the mapping is not sound. */
  readonly name: string | null;
  readonly docstring: string;
  readonly comment: string;
}

async function describe(hash: string, session: Session): Promise<FunctionPage> {
  const source = await session.openSource({ allMappings: true });
  const stored = await readStored(source, hash);
  const { user } = await session.configuration();
  const { object } = stored;
  const { created, author, tags } = object.metadata;
  const below = await followDependencies(source, hash, user.languages);
  const above = await withIndexes(session, {}, (indexes) =>
    followCallers(source, indexes, hash, user.languages),
  );
  const effects = findEffects(object.normalized_code);
  const nodes = (graph: typeof below) =>
    (graph.get(hash)?.next ?? []).flatMap((one) => graph.get(one) ?? []);
  return {
    hash,
    created,
    author,
    tags,
    mappings: await listShown(source, stored),
    dependencies: nodes(below),
    callers: nodes(above),
    warnings: await findWarnings(source, stored, user.languages),
    effects: effects.ok ? effects.value : [],
    isOlderForm: stored.olderForm !== null,
    code: object.normalized_code,
  };
}

async function listShown(
  source: FunctionSource,
  { object }: CheckedObject,
): Promise<ShownMapping[]> {
  const shown: ShownMapping[] = [];
  for await (const { reference, mapping } of readMappings(source, object)) {
    const { docstring = "", comment = "", name_mapping } = mapping.ok ? mapping.value : {};
    shown.push({ ...reference, name: name_mapping?._ouverture_v_0 ?? null, docstring, comment });
  }
  return shown;
}

/** The warnings that `add` gave, as far as the normal form still has them. */
async function findWarnings(
  source: FunctionSource,
  { object, dependencies }: CheckedObject,
  languages: readonly string[],
): Promise<readonly Warning[]> {
  const { callee } = await loadCallees(source, dependencies, languages);
  const normal = normalize(object.normalized_code, { callee });
  return normal.ok ? normal.value.warnings : [];
}

function sectionsOf(page: FunctionPage, { paint }: Screen): Section[] {
  const { hash, created, author, tags, mappings, warnings, effects, isOlderForm, code } = page;
  const more = (condition: boolean, part: Part): Part[] => (condition ? [part] : []);
  return [
    {
      parts: [
        { label: "hash", value: { text: hash, paint: paint.strong } },
        { label: "added", value: author === "" ? created : `${created} by ${author}` },
        ...more(tags.length > 0, { label: "tags", value: tags.join(" ") }),
        ...more(isOlderForm, {
          label: "form",
          value: "older: 'ouverture migrate --rehash' gives it the hash that others give it",
        }),
      ],
    },
    ...mappings.map((one) => mappingSection(one, paint)),
    { heading: "imports", parts: page.dependencies.map(nodePart) },
    { heading: "imported by", parts: page.callers.map(nodePart) },
    {
      heading: "effects",
      parts: effects.map(({ effect, name, span }) => ({
        label: effect,
        value: `${name} (line ${span.line})`,
      })),
    },
    {
      heading: "warnings",
      parts: warnings.map((warning) => {
        const { what, todo } = warningMessage(warning);
        return { label: `line ${warning.span.line}`, value: `${what}. ${todo}` };
      }),
    },
    { heading: "normal form", parts: [{ lines: code.trimEnd().split("\n") }] },
  ];
}

function mappingSection(
  { language, hash, name, docstring, comment }: ShownMapping,
  paint: Screen["paint"],
): Section {
  const title = name === null ? { text: "not sound", paint: paint.error } : name;
  return {
    heading: language,
    parts: [
      { label: "name", value: title },
      ...(docstring === "" ? [] : [{ label: "docstring", value: docstring }]),
      ...(comment === "" ? [] : [{ label: "comment", value: comment }]),
      { label: "mapping", value: hash },
    ],
  };
}

function nodePart({ hash, name, state }: GraphNode): Part {
  return { label: shortHash(hash), value: state === "present" ? (name ?? "") : state };
}
