#!/usr/bin/python3
"""Runs a GoogleTest binary and closes with 'N passed, N failed'.

usage: run_unit.py BINARY [GTEST_ARGUMENT...]
"""

import json
import os
import subprocess
import sys
import tempfile

from tally import finish


def count(path):
    """Numbers of passed and failed tests in a GoogleTest JSON report."""
    with open(path) as file:
        suites = json.load(file)["testsuites"]
    cases = [case for suite in suites for case in suite["testsuite"]
             if case["status"] == "RUN" and case["result"] != "SKIPPED"]
    failed = sum("failures" in case for case in cases)
    return len(cases) - failed, failed


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "unit.json")
        code = subprocess.call([sys.argv[1], "--gtest_brief=1",
                                f"--gtest_output=json:{path}", *sys.argv[2:]])
        passed, failed = count(path) if os.path.exists(path) else (0, 0)
    if code and not failed:
        print(f"error: the tests ended with exit code {code}")
        failed = 1
    finish(passed, failed)


if __name__ == "__main__":
    main()
