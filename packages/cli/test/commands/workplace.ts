/** A folder, a home and some functions, for the tests of the commands. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Outcome, ouverture, type Surroundings, temporaryFolder } from "../command.js";

export const MEAN = `def mean(values):
    """The mean of some values."""
    return sum(values) / len(values)
`;
export const MOYENNE = `def moyenne(valeurs):
    """La moyenne de quelques valeurs."""
    return sum(valeurs) / len(valeurs)
`;
export const HEIKIN = `def 平均(値):
    """値の平均を計算する。"""
    return sum(値) / len(値)
`;
/** The hash that all three have: it never changes. */
export const MEAN_HASH = "c7c2b8d1b207970319b2f28341e8500704fb67c14327e46e58d3838048484dca";

export const SPREAD = `from ouverture.pool import object_${MEAN_HASH} as mean

def spread(numbers):
    """The largest distance from the mean."""
    centre = mean(values=numbers)
    return max((abs(number - centre) for number in numbers))
`;

export interface Workplace {
  readonly folder: string;
  readonly home: string;
  write(path: string, content: string | Uint8Array): void;
  run(args: readonly string[], more?: Surroundings): Promise<Outcome>;
  /** Runs with `--json` what has to go well, and gives the document. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the document that it asks for.
  json(args: readonly string[]): Promise<any>;
}

export function openWorkplace(home = temporaryFolder()): Workplace {
  const folder = temporaryFolder();
  const run = (args: readonly string[], more: Surroundings = {}) =>
    ouverture(folder, args, { ...more, environment: { HOME: home, ...more.environment } });
  return {
    folder,
    home,
    write: (path, content) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    run,
    json: async (args) => {
      const { status, stdout, stderr } = await run([...args, "--json"]);
      if (status === 2) throw new Error(stdout + stderr);
      return JSON.parse(stdout);
    },
  };
}

/** A workplace whose user's pool has the mean in three languages, and a function that imports it. */
export async function openFilledWorkplace(): Promise<Workplace> {
  const place = openWorkplace();
  place.write("mean.py", MEAN);
  place.write("moyenne.py", MOYENNE);
  place.write("heikin.py", HEIKIN);
  place.write("spread.py", SPREAD);
  const files = ["mean.py@eng", "moyenne.py@fra", "heikin.py@jpn", "spread.py@eng"];
  const { status, stderr } = await place.run(["add", ...files, "--tag", "statistics"]);
  if (status !== 0) throw new Error(stderr);
  return place;
}
