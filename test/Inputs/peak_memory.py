#!/usr/bin/python3
"""Runs a command and fails if it takes more memory than it should.

usage: peak_memory.py MEGABYTES COMMAND...

The exit code is that of the command, or 99 when its peak resident memory is
more than MEGABYTES. Pages of a mapped file count only once they are read.
"""

import resource
import subprocess
import sys


def main():
    limit = int(sys.argv[1])
    code = subprocess.run(sys.argv[2:]).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if peak > limit:
        print(f"error: peak memory is {peak} MB, limit is {limit} MB",
              file=sys.stderr)
        sys.exit(99)
    sys.exit(code)


if __name__ == "__main__":
    main()
