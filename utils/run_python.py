#!/usr/bin/python3
"""Runs the Python tests (test_*.py) of the given folders and closes with
'N passed, N failed'."""

import sys
import unittest

from tally import finish


def main():
    suite = unittest.TestSuite()
    for folder in sys.argv[1:]:
        # A loader of its own: a loader remembers its first top-level folder.
        suite.addTests(unittest.TestLoader().discover(folder))
    result = unittest.TextTestRunner(stream=sys.stdout).run(suite)
    failed = len(result.failures) + len(result.errors)
    failed += len(result.unexpectedSuccesses)
    finish(result.testsRun - failed - len(result.skipped), failed)


if __name__ == "__main__":
    main()
