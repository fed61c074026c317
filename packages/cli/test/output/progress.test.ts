import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openProgress } from "../../src/output/progress.js";
import { openSession } from "../../src/session.js";

/** What is written while so much is done at these times, in milliseconds. */
function written(
  steps: readonly (readonly [time: number, done: number])[],
  { isTTY = true, columns = 40, environment = { NO_COLOR: "1" } as Record<string, string> } = {},
): string {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns });
  let time = 0;
  const { session } = openSession(
    {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
      directory: "/",
      environment,
      now: () => new Date(time),
      interruption: () => new AbortController().signal,
    },
    false,
  );
  const progress = openProgress(session, "Checking", 12345);
  for (const [at, done] of steps) {
    time = at;
    progress.update(done);
  }
  progress.end();
  return String(stderr.read() ?? "");
}

const CLEAR = "\r\u001b[2K";

describe("openProgress", () => {
  it("tells how far it is, and takes it away", () => {
    const steps = [
      [100, 1],
      [290, 2],
      [300, 1000],
      [350, 1200],
      [400, 1500],
    ] as const;
    expect(written(steps)).toBe(
      `${CLEAR}Checking 1,000 of 12,345${CLEAR}Checking 1,500 of 12,345${CLEAR}`,
    );
  });

  it("says nothing of what is quick", () => {
    expect(written([[100, 5]])).toBe("");
  });

  it("is no wider than the terminal", () => {
    expect(written([[300, 5]], { columns: 12 })).toBe(`${CLEAR}Checking 5 ${CLEAR}`);
  });

  it.each([{ isTTY: false }, { environment: { TERM: "dumb" } }])(
    "is not shown with %j",
    (where) => {
      expect(written([[300, 5]], where)).toBe("");
    },
  );
});
