#!/usr/bin/python3
"""Replays inputs that fuzzing has found.

usage: replay.py FOLDER

Compiles each file of FOLDER to phase nn: it is converted, or refused with an
error and exit code 1, within 20 seconds and 1 GB. Sizes that the model leaves
open are set with the options that the error names. Prints the number of files.
"""

import itertools
import pathlib
import re
import resource
import subprocess
import sys

SECONDS = 20
KILOBYTES = 1 << 20


def compile_file(path, options):
    return subprocess.run(
        ["atleus", "compile", path, "--to=nn", "-o", "/dev/null", *options],
        capture_output=True, timeout=SECONDS)


def options_of(error):
    """The options that an error asks for, with sizes of 2, 3 and 4."""
    asked = re.search(r"set (?:it|them) with (--.*)", error)
    if not asked:
        return []
    sizes = itertools.cycle("234")
    text = asked[1].replace("<sizes>", "2x3")
    text = re.sub("<size>", lambda match: next(sizes), text)
    return [f"--{option.strip()}".replace(" ", "=", 1).replace("'", "")
            for option in re.split(r"(?:^|\s)--", text) if option.strip()]


def replay(path):
    """What is wrong with the way the file is treated, or None."""
    try:
        result = compile_file(path, [])
        error = result.stderr.decode(errors="replace")
        if options_of(error):
            result = compile_file(path, options_of(error))
    except subprocess.TimeoutExpired:
        return f"takes more than {SECONDS} s"
    if result.returncode not in (0, 1):
        return f"ends with code {result.returncode}"
    if result.returncode == 1 and b"error: " not in result.stderr:
        return "is refused without an error"
    return None


def main():
    files = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir()
                   if path.suffix in (".onnx", ".mlir", ".mlirbc"))
    wrong = [f"{path.name} {reason}" for path in files
             if (reason := replay(path))]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if peak > KILOBYTES:
        wrong.append(f"one of them takes {peak} kB of memory")
    print(len(files))
    sys.exit("\n".join(wrong) if wrong else 0)


if __name__ == "__main__":
    main()
