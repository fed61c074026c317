/** `ouverture check`: the functions of the pools that test a function, run one by one. */
import { escapeText } from "@ouverture/core";
import type { Command } from "commander";
import { fail } from "../failure.js";
import { addIndexOptions } from "../index-options.js";
import type { IndexFlags } from "../open-indexes.js";
import { counted } from "../output/count.js";
import { shortHash } from "../output/hash.js";
import { openProgress } from "../output/progress.js";
import { bringClosure } from "../python/bring-closure.js";
import { findPython } from "../python/find-python.js";
import { findTests, type TestFunction } from "../python/find-tests.js";
import { startPython } from "../python/start-python.js";
import { readStored } from "../read-stored.js";
import type { Session } from "../session.js";

interface CheckFlags extends IndexFlags {
  readonly python?: string;
}

interface TestResult extends TestFunction {
  readonly passed: boolean;
  /** What it wrote, and what it raised. */
  readonly output: string;
}

export function define(command: Command, session: Session): void {
  command.description(
    "Runs the tests of a function: the functions of the pools that import it and whose name in " +
      "some language begins with 'test', or that have the tag 'test'. One fails where it raises.",
  );
  addIndexOptions(command.argument("<hash>", "the function; its hash may be abbreviated"))
    .option("--python <program>", "the Python to run them in ($OUVERTURE_PYTHON, else python3)")
    .addHelpText("after", HELP)
    .action(async (digits: string, flags: CheckFlags) => {
      await check(digits, flags, session);
    });
}

const HELP = `
Exit status: 0 all of them pass; 1 one fails, or there is none; 2 they could not be run.

Example:
  $ ouverture check 7cb06aec1c85
`;

async function check(digits: string, flags: CheckFlags, session: Session): Promise<void> {
  const hash = await session.resolveHash(digits);
  const program = findPython(flags.python, session.outside);
  await readStored(await session.openSource(), hash);
  const tests = await findTests(hash, flags, session);
  if (tests.length === 0) {
    const hint = "A test imports it and is called test..., or is added with '--tag test'.";
    fail(1, `No function of the pools tests ${shortHash(hash)}.`, hint);
  }
  const { signal } = session;
  const progress = openProgress(session, "Testing");
  const results: TestResult[] = [];
  try {
    for (const test of tests) {
      signal.throwIfAborted();
      results.push(await runTest(program, test, session));
      progress.update(results.length);
    }
  } finally {
    progress.end();
  }
  const failed = results.filter(({ passed }) => !passed).length;
  if (failed > 0) session.finish(1);
  const summary = { hash, passed: results.length - failed, failed, tests: results };
  session.answer(summary, ({ paint }) => {
    const lines = results.map(({ name, language, hash, passed, output }) => {
      const mark = passed ? paint.good("✓") : paint.error("✗");
      const shown = passed ? "" : indent(output);
      return `${mark} ${escapeText(name)} ${paint.faint(`${shortHash(hash)}@${language}`)}\n${shown}`;
    });
    const passed = `${summary.passed} passed`;
    return `${lines.join("")}${failed === 0 ? passed : `${passed}, ${failed} failed`} (${counted(results.length, "test")})\n`;
  });
}

/** A process for each, so that none sees what another has done. */
async function runTest(program: string, test: TestFunction, session: Session): Promise<TestResult> {
  await bringClosure(test.hash, session);
  const reference = test.language === null ? test.hash : `${test.hash}@${test.language}`;
  const args = ["run", reference];
  const { status, stdout, stderr } = await startPython({ program, args, isQuiet: true }, session);
  return { ...test, passed: status === 0, output: stdout + stderr };
}

function indent(text: string): string {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => `    ${escapeText(line)}\n`).join("");
}
