"""Runs the tests in unit/ and writes a line of JSON for each: its name, and what is wrong with it."""

import json
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
WANTING = "WebAssembly has one process, with one thread"


class Lines(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        self.trouble = []
        self.skipped_because = None

    def addError(self, test, err):
        if needs_another(err):
            self.addSkip(test, WANTING)
            return
        super().addError(test, err)
        self.trouble.append(self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.trouble.append(self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
        if needs_another(err):
            self.addSkip(test, WANTING)
            return
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.trouble.append(f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skipped_because = reason

    def stopTest(self, test):
        super().stopTest(test)
        print(
            json.dumps(
                {"name": test.id(), "trouble": self.trouble, "skipped": self.skipped_because}
            ),
            flush=True,
        )


def needs_another(err):
    """In WebAssembly (python314.mjs) a test goes as far as it needs another process or thread."""
    if sys.platform != "emscripten" or err is None:
        return False
    return any(one in str(err[1]) for one in ("processes", "start new thread", "stack switching"))


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover(str(HERE / "unit"), top_level_dir=str(HERE / "unit"))
    # Counted before they run: testsRun leaves out those that 3.12.1 skips.
    count = suite.countTestCases()
    result = Lines()
    suite.run(result)
    # What fails outside a test, such as a module that cannot be imported, has no line.
    print(json.dumps({"run": count, "sound": result.wasSuccessful()}))
