// `npm test`, on a fresh clone too: all tests of all packages. Further arguments go to vitest.
// The last line counts the tests: `N passed, N failed, N skipped`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, install, run } from "./workspace.mjs";

install();
build();

const folder = mkdtempSync(join(tmpdir(), "ouverture-test-"));
const report = join(folder, "report.json");
const status = run("vitest", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const { passed, failed, skipped } = count(report);
rmSync(folder, { recursive: true });

// A run that ends badly without a failing test (an error outside the tests) counts as one.
const failures = status === 0 ? failed : Math.max(failed, 1);
console.log(`\n${passed} passed, ${failures} failed, ${skipped} skipped`);
process.exitCode = failures === 0 ? 0 : 1;

/** Adds up vitest's report. A file that could not be run is one failure. */
function count(file) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(file)) return { ...total, failed: 1 };
  for (const { status, assertionResults } of JSON.parse(readFileSync(file, "utf8")).testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    const passed = assertionResults.filter((test) => test.status === "passed").length;
    total.passed += passed;
    total.failed += status === "failed" && failed === 0 ? 1 : failed;
    total.skipped += assertionResults.length - passed - failed;
  }
  return total;
}
