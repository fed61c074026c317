"""Runs the tests in unit/ and writes a line of JSON for each: its name, and what is wrong with it."""

import json
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Lines(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test)
        self.trouble = []
        self.skipped_because = None

    def addError(self, test, err):
        super().addError(test, err)
        self.trouble.append(self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.trouble.append(self.failures[-1][1])

    def addSubTest(self, test, subtest, err):
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


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover(str(HERE / "unit"), top_level_dir=str(HERE / "unit"))
    # Counted before they run: testsRun leaves out those that 3.12.1 skips.
    count = suite.countTestCases()
    result = Lines()
    suite.run(result)
    # What fails outside a test, such as a module that cannot be imported, has no line.
    print(json.dumps({"run": count, "sound": result.wasSuccessful()}))
