/**
 * The tests that every store passes (src/store.ts). A store that cannot do something
 * by its nature says so in its `Abilities`; the tests of that are then skipped, and
 * shown as skipped.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDirectoryPool } from "../src/directory/directory-pool.js";
import type { FunctionRecord, FunctionSource, FunctionStore } from "../src/store.js";
import { describeAbsence } from "./store-suite-absence.js";
import { addAll, writable } from "./store-suite-checks.js";
import { describeCorruption } from "./store-suite-corruption.js";
import { describeReading } from "./store-suite-reading.js";
import { mean } from "./store-suite-records.js";
import { describeWriting } from "./store-suite-writing.js";

/** What a store can do by its nature. */
export interface Abilities {
  /** It has `add`: it is a `FunctionStore`. Else the suite fills it through `change`. */
  readonly writes: boolean;
  /** `list` gives its functions, and `complete` knows them; else `null` and nothing. */
  readonly lists: boolean;
  /** It knows which mapping was there first. */
  readonly ordersMappings: boolean;
  /** What can stand in the place of a file in it. */
  readonly inPlace: readonly ("link" | "linked-folder" | "folder" | "pipe")[];
  /** What it says of something corrupt: what is wrong, or that it has none (another may). */
  readonly corrupt: "fault" | "absent";
}

/** A new, empty place, and a store that reads it. The suite closes every store. */
export interface Subject {
  readonly store: FunctionSource | FunctionStore;
  /** Opens the place again, as another process would. */
  another(): Promise<FunctionSource | FunctionStore>;
  /** Lets `edit` change the tree of docs/pool.md in a folder; afterwards the stores read that. */
  change(edit: (folder: string) => void | Promise<void>): Promise<void>;
}

/** What the parts of the suite share. */
export interface Suite {
  readonly abilities: Abilities;
  /** A new place with these functions in it. */
  placeWith(...records: readonly FunctionRecord[]): Promise<Subject>;
  /** Puts more functions into a place. */
  fill(subject: Subject, records: readonly FunctionRecord[]): Promise<void>;
}

/** Runs the suite. `open` makes a new place; it cleans up with `onTestFinished`. */
export function describeStore(
  name: string,
  abilities: Abilities,
  open: () => Promise<Subject>,
): void {
  async function placeWith(...records: readonly FunctionRecord[]): Promise<Subject> {
    const subject = await open();
    onTestFinished(() => subject.store.close());
    const opened: Subject = {
      ...subject,
      async another() {
        const store = await subject.another();
        onTestFinished(() => store.close());
        return store;
      },
    };
    if (records.length > 0) await fill(opened, records);
    return opened;
  }

  async function fill(subject: Subject, records: readonly FunctionRecord[]): Promise<void> {
    if (abilities.writes) await addAllOrFail(writable(subject.store), records);
    else await subject.change((folder) => addAllOrFail(openDirectoryPool(folder), records));
  }

  const suite: Suite = { abilities, placeWith, fill };
  describe(name, () => {
    describeAbsence(suite);
    describeReading(suite);
    describeCorruption(suite);
    describeWriting(suite);

    it("can be closed twice", async () => {
      const { store } = await placeWith(mean);
      await store.close();
      await store.close();
    });
  });
}

async function addAllOrFail(
  store: FunctionStore,
  records: readonly FunctionRecord[],
): Promise<void> {
  const answers = await addAll(store, records);
  expect(answers.filter((answer) => "fault" in answer)).toEqual([]);
}

/** Writes index.json beside every object below `folder`, as publishing does. */
export function writeIndexes(folder: string): void {
  const objects = join(folder, "objects", "sha256");
  if (!existsSync(objects)) return;
  for (const start of readdirSync(objects)) {
    for (const rest of readdirSync(join(objects, start))) {
      const place = join(objects, start, rest);
      const index: Record<string, string[]> = {};
      for (const entry of readdirSync(place, { withFileTypes: true })) {
        if (entry.isDirectory()) index[entry.name] = mappingsIn(join(place, entry.name, "sha256"));
      }
      const sorted = Object.fromEntries(Object.entries(index).sort(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(join(place, "index.json"), JSON.stringify(sorted, null, 2));
    }
  }
}

function mappingsIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((start) => readdirSync(join(folder, start)).map((rest) => start + rest))
    .sort();
}
