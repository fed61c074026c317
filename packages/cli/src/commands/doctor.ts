/** `ouverture doctor`: whether all that ouverture needs is there, and what to do where it is not. */

import type { Check } from "@ouverture/pool";
import type { Command } from "commander";
import { badBecause } from "../doctor/bad-because.js";
import { checkPools } from "../doctor/check-pools.js";
import { checkPrograms } from "../doctor/check-programs.js";
import { checkRepository } from "../doctor/check-repository.js";
import { checkConfiguration, checkRegistries, checkUser } from "../doctor/check-settings.js";
import { renderCell, widthOf, wrapText } from "../output/cell.js";
import { counted } from "../output/count.js";
import type { Screen } from "../output/screen.js";
import type { Session } from "../session.js";

export function define(command: Command, session: Session): void {
  command
    .description(
      "Looks at Node, git and Python, at the configuration, the pools, the registries, the search " +
        "index and the hook of the repository, and says what to do where something is wrong.",
    )
    .addHelpText("after", HELP)
    .action(async () => {
      const checks = await examine(session);
      const count = (state: Check["state"]) => checks.filter((one) => one.state === state).length;
      session.answer({ checks }, (screen) =>
        render(checks, count("warning"), count("bad"), screen),
      );
      session.finish(count("bad") === 0 ? 0 : 1);
    });
}

const HELP = `
Exit status: 0 all that is needed is there; 1 something is wrong (✗).

Example:
  $ ouverture doctor
  ✓ Node             22.23.3
  ✓ git              2.39.5
  ! you              email not set
                     'ouverture init' asks for it, or 'ouverture whoami email ...' sets it.
`;

async function examine(session: Session): Promise<Check[]> {
  const programs = checkPrograms(session.outside);
  try {
    const configuration = await session.configuration();
    return [
      ...programs,
      checkConfiguration(configuration),
      checkUser(configuration),
      ...(await checkPools(configuration, session)),
      ...checkRepository(configuration, session.outside),
      ...(await checkRegistries(configuration, session)),
    ];
  } catch (error) {
    return [...programs, badBecause("the configuration", error)];
  }
}

const MARKS = { good: "✓", warning: "!", bad: "✗" } as const;
const GAP = 2;

function render(
  checks: readonly Check[],
  warnings: number,
  faults: number,
  screen: Screen,
): string {
  const { paint } = screen;
  const paints = { good: paint.good, warning: paint.warning, bad: paint.error };
  const least = Math.max(...checks.map(({ what }) => widthOf(what)));
  const left = MARKS.good.length + 1 + least + GAP;
  const room = Math.max(screen.width - left, NARROWEST);
  const lines = checks.flatMap(({ what, state, found, todo }) => {
    const [first = "", ...others] = wrapText(found, room);
    const more = [...others, ...(todo === null ? [] : wrapText(todo, room))];
    const label = renderCell(what, screen, { least: least + GAP });
    return [
      `${paints[state](MARKS[state])} ${label}${renderCell(first, screen)}`,
      ...more.map((line) => " ".repeat(left) + renderCell(line, screen)),
    ];
  });
  const summary =
    warnings + faults === 0
      ? paint.good("All is well.")
      : [
          ...(faults === 0 ? [] : [paint.error(counted(faults, "fault"))]),
          ...(warnings === 0 ? [] : [paint.warning(counted(warnings, "warning"))]),
        ].join(", ");
  return `${lines.join("\n")}\n\n${summary}\n`;
}

/** Text is not broken into lines that are narrower. */
const NARROWEST = 20;
