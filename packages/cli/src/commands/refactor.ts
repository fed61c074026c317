/** `ouverture refactor`: a function with one of its imports from the pool replaced by another. */
import { faultMessage, mappingHash, type Replacement, replaceDependency } from "@ouverture/core";
import { type LanguageMapping, loadCallees, readMappings } from "@ouverture/pool";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { newObject } from "../new-object.js";
import { shortHash } from "../output/hash.js";
import { renderPage } from "../output/page.js";
import { readStored } from "../read-stored.js";
import type { Session } from "../session.js";
import { storeFunction } from "../store-function.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Stores a function with one of its imports from the pool replaced by another. It is a new " +
        "function with a hash of its own; its names in all languages are carried over. The old " +
        "one stays.",
    )
    .argument("<hash>", "the function")
    .argument("<old>", "what it imports")
    .argument("<new>", "what it is to import instead")
    .option("--user", "store in your own pool, also inside a repository that has one")
    .addHelpText("after", HELP)
    .action(async (one: string, old: string, other: string, flags: { readonly user?: true }) => {
      await refactor([one, old, other], flags.user, session);
    });
}

const HELP = `
Exit status: 0 it is stored; 1 the import cannot be replaced; 2 it could not be done.

Example:
  $ ouverture refactor 1a10a1ae3d69 4be2c7d0aa15 90cf31e7b2d4
`;

async function refactor(
  names: readonly [string, string, string],
  user: true | undefined,
  session: Session,
): Promise<void> {
  const [hash, from, to] = [
    await session.resolveHash(names[0]),
    await session.resolveHash(names[1]),
    await session.resolveHash(names[2]),
  ];
  const source = await session.openSource({ allMappings: true });
  const { object } = await readStored(source, hash);
  for (const one of [from, to]) await readStored(source, one);
  const mappings: LanguageMapping[] = [];
  for await (const { reference, mapping } of readMappings(source, object)) {
    if (mapping.ok) mappings.push({ language: reference.language, mapping: mapping.value });
    else
      session.note(
        `The mapping ${shortHash(reference.hash)} is left out. ${faultMessage(mapping.fault)}`,
      );
  }
  const { callee } = await loadCallees(source, [from, to], []);
  const replaced = replaceDependency(
    { code: object.normalized_code, mappings: mappings.map((one) => one.mapping) },
    from,
    to,
    { callee },
  );
  if (!replaced.ok) fail(1, faultMessage(replaced.fault));
  const replacement = replaced.value;
  const carried = carriedOver(replacement, mappings);
  tellFindings(replacement, mappings, session);
  const record = {
    object: await newObject(replacement, object.metadata.tags, session),
    mappings: carried,
  };
  const { dependencies } = replacement;
  const { pool, isNew } = await storeFunction(record, dependencies, { user }, session);
  const document = {
    pool,
    hash: replacement.hash,
    from: hash,
    isNew,
    mappings: carried.map(({ language, mapping }) => ({ language, hash: mappingHash(mapping) })),
  };
  session.answer(document, (screen) =>
    renderPage(
      [
        {
          parts: [
            { label: "was", value: hash },
            { label: isNew ? "stored" : "already known", value: replacement.hash },
            { label: "languages", value: carried.map(({ language }) => language).join(" ") },
          ],
        },
      ],
      screen,
    ),
  );
}

function carriedOver(
  { mappings }: Replacement,
  before: readonly LanguageMapping[],
): LanguageMapping[] {
  return before.flatMap(({ language }, index) => {
    const mapping = mappings[index] ?? null;
    return mapping === null ? [] : [{ language, mapping }];
  });
}

function tellFindings(
  { findings }: Replacement,
  mappings: readonly LanguageMapping[],
  session: Session,
): void {
  for (const { fault, mapping } of findings) {
    const language = mapping === null ? undefined : mappings[mapping]?.language;
    session.note(
      language === undefined ? faultMessage(fault) : `${language}: ${faultMessage(fault)}`,
    );
  }
}
