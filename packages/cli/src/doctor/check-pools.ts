/** The pools of this machine: can they be read and written, and searched? */
import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Configuration } from "@ouverture/pool";
import { bad, type Check, good, warning } from "@ouverture/pool";
import { withIndexes } from "../open-indexes.js";
import { counted } from "../output/count.js";
import type { Session } from "../session.js";
import { badBecause } from "./bad-because.js";

export async function checkPools(configuration: Configuration, session: Session): Promise<Check[]> {
  const { userPool, repositoryPool } = configuration;
  return [
    ...(repositoryPool === null ? [] : [checkPool("the repository's pool", repositoryPool)]),
    checkPool("your pool", userPool),
    await checkIndex(session),
  ];
}

function checkPool(what: string, directory: string): Check {
  if (!existsSync(directory)) {
    const place = nearestFolder(directory);
    if (!may(place, constants.W_OK)) {
      return bad(
        what,
        `${directory} is not there`,
        `It cannot be made: see that you may write to ${place}.`,
      );
    }
    return warning(
      what,
      `${directory} is not there yet`,
      "'ouverture init' makes it, and so does 'ouverture add'.",
    );
  }
  if (!statSync(directory).isDirectory()) {
    return bad(what, `${directory} is no folder`, "Move it away, or set OUVERTURE_DIRECTORY.");
  }
  try {
    readdirSync(directory);
  } catch {
    return bad(what, `${directory} cannot be read`, "See that you may read it.");
  }
  if (may(directory, constants.W_OK)) return good(what, directory);
  return warning(
    what,
    `${directory} is read-only`,
    "To add functions, see that you may write to it.",
  );
}

/** The index is made, or brought up to date, on the way. */
async function checkIndex(session: Session): Promise<Check> {
  const what = "the search index";
  try {
    return await withIndexes(session, {}, async (indexes) => {
      const all = await Promise.all(indexes.map((index) => index.statistics()));
      const sum = (count: (one: (typeof all)[number]) => number) =>
        all.reduce((total, one) => total + count(one), 0);
      const found = `has ${counted(
        sum((one) => one.functions),
        "function",
      )}`;
      const damaged = sum(({ damaged: { functions, mappings } }) => functions + mappings);
      if (damaged > 0) {
        return bad(
          what,
          `${found}, and ${counted(damaged, "file")} cannot be read`,
          "'ouverture validate' tells which.",
        );
      }
      const old = sum((one) => one.schema0);
      if (old === 0) return good(what, found);
      return warning(
        what,
        `${found}, ${counted(old, "one", "ones")} of the old schema`,
        "'ouverture migrate' brings them up to date.",
      );
    });
  } catch (error) {
    return badBecause(what, error);
  }
}

/** The folder above that is there. */
function nearestFolder(path: string): string {
  const above = dirname(path);
  return above === path || existsSync(above) ? above : nearestFolder(above);
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
