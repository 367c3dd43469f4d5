#!/usr/bin/python3
"""Writes beginnings of a file.

usage: truncate.py FILE FOLDER COUNT

FOLDER gets COUNT files of the same ending as FILE; they are its first bytes,
from none to all but one.
"""

import pathlib
import sys


def main():
    path = pathlib.Path(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    count = int(sys.argv[3])
    data = path.read_bytes()
    folder.mkdir(parents=True)
    for index in range(count):
        size = (len(data) - 1) * index // (count - 1)
        (folder / f"{size}{path.suffix}").write_bytes(data[:size])


if __name__ == "__main__":
    main()
