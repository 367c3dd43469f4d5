#!/usr/bin/python3
"""Prints the fields in which two reports differ, and their values.

usage: report_differences.py REPORT.json REPORT.json
"""

import json
import pathlib
import sys


def differences(first, second, path=""):
    """Yields (path, value, value); lists of equal length are compared."""
    if isinstance(first, dict) and isinstance(second, dict):
        for name in sorted(first.keys() | second.keys()):
            yield from differences(
                first.get(name), second.get(name), f"{path}.{name}"
            )
    elif (
        isinstance(first, list)
        and isinstance(second, list)
        and len(first) == len(second)
    ):
        for index, pair in enumerate(zip(first, second)):
            yield from differences(*pair, f"{path}[{index}]")
    elif first != second:
        yield path.lstrip("."), first, second


def main():
    first, second = (
        json.loads(pathlib.Path(name).read_text()) for name in sys.argv[1:]
    )
    for path, one, other in differences(first, second):
        print(f"{path}: {one} and {other}")
    print("compared")


if __name__ == "__main__":
    main()
