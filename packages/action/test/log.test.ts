/** Any text in the log, read as the runner reads it, has no command. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { annotate } from "../src/annotate.js";
import { writeLog } from "../src/log.js";
import { readCommands } from "./commands.js";

/** What was printed by a task. */
function printed(task: () => void): string {
  let text = "";
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += chunk;
    return true;
  });
  try {
    task();
  } finally {
    spy.mockRestore();
  }
  return text;
}

/** Text that is made of pieces of commands, and of what could hide them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."::|:|##[|#|[|]|error|add-mask|set-env name=x|stop-commands|\n|\r|\r\n|\u0085|\u2028|\u00ad|\u200b|\ufeff|\0| |\t|\u00a0|%0A|\\u003a|\\|group".split(
          "|",
        ),
      ),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
  )
  .map((pieces) => pieces.join(""));

describe("the log", () => {
  it("has no command, whatever is written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(readCommands(printed(() => writeLog(text))).commands).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it("is seen to have one where nothing is escaped", () => {
    const names = ["::error::x", "a ##[error]x", "\u0085::add-mask::x", "\u00ad::debug::x"].map(
      (line) => readCommands(line).commands[0]?.name,
    );
    expect(names).toEqual(["error", "error", "add-mask", "debug"]);
  });

  it("has one command for a sentence, whatever is in it", () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom("error", "notice"), (text, level) => {
        const { commands } = readCommands(printed(() => annotate(level as "error", text)));
        expect(commands.map(({ name }) => name)).toEqual([level]);
      }),
      { numRuns: 5_000 },
    );
  });
});
