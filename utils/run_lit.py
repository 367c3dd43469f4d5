#!/usr/bin/python3
"""Runs lit and closes with 'N passed, N failed'.

usage: run_lit.py LIT_ARGUMENT...   (for example build/release/test)
"""

import json
import os
import subprocess
import sys
import tempfile

from tally import finish

LIT = os.environ.get("ATLEUS_LIT", "/usr/lib/llvm-22/bin/lit")
PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}
MAX_LINES = 60


def run(arguments):
    """Runs lit quietly; returns its exit code and its list of results."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lit.json")
        code = subprocess.call([LIT, "-q", "--no-progress-bar", "-o", path,
                                *arguments], stdout=subprocess.DEVNULL)
        if not os.path.exists(path):
            return code, []
        with open(path) as file:
            return code, json.load(file)["tests"]


def show(test):
    """Prints the end of a failed test's output."""
    lines = test.get("output", "").splitlines()
    print(f"{test['code']}: {test['name']}")
    if len(lines) > MAX_LINES:
        print(f"    ... {len(lines) - MAX_LINES} lines left out")
    for line in lines[-MAX_LINES:]:
        print("    " + line)


def main():
    code, tests = run(sys.argv[1:])
    skipped = [test for test in tests if test["code"] in SKIPPED]
    passed = [test for test in tests if test["code"] in PASSED]
    failed = [test for test in tests
              if test["code"] not in PASSED | SKIPPED]
    for test in skipped:
        print(f"not run: {test['name']}")
    for test in failed:
        show(test)
    if code and not failed:
        print(f"error: lit ended with exit code {code}")
    finish(len(passed), len(failed) + (1 if code and not failed else 0))


if __name__ == "__main__":
    main()
