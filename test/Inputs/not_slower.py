#!/usr/bin/env python3
"""The first report is of a schedule that is no slower than those of others."""
import json
import sys


def read_latency(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["latency_ps"]


def main():
    first, *others = map(read_latency, sys.argv[1:])
    assert all(first <= other for other in others), (first, others)


if __name__ == "__main__":
    main()
