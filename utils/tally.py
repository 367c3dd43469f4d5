"""The closing line of a test suite: 'N passed, N failed'."""

import sys


def finish(passed, failed):
    """Prints the closing line and exits; a suite without tests has failed."""
    if passed + failed == 0:
        print("error: no test was found")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
