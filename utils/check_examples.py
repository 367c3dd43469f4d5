#!/usr/bin/python3
"""Parses every mlir example of the dialects' documentation with atleus-opt and
closes with 'N passed, N failed'.

usage: check_examples.py ATLEUS_OPT FOLDER...

An example is a block between ```mlir and ``` in a .md file. It is a module on
its own: it defines every value, symbol and machine that it uses. Values may be
defined at the top; ops that need a function bring it along, except that a block
with a bare 'return' is put into one. '// -----' separates modules.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import textwrap

from tally import finish

BLOCK = re.compile(r"^([ \t]*)```mlir[^\n]*\n(.*?)^\1```", re.M | re.S)
RETURN = re.compile(r"^\s*(?:func\.)?return\b", re.M)


def examples(path):
    """Yields (line, text) of the examples in a file."""
    text = path.read_text()
    for match in BLOCK.finditer(text):
        line = text.count("\n", 0, match.start(2)) + 1
        yield line, wrapped(textwrap.dedent(match.group(2)))


def wrapped(text):
    """A block that returns without a function gets one, on the same lines."""
    if RETURN.search(text) and "func.func" not in text:
        return "func.func private @example() { " + text + "}\n"
    return text


def parse(tool, path, line, text):
    """Returns what is wrong with one example, or nothing."""
    run = subprocess.run([tool, "-split-input-file", "-o", os.devnull, "-"],
                         input=text, text=True, stderr=subprocess.PIPE)
    if run.returncode == 0:
        return ""
    return f"{path}:{line}: the example does not parse\n" + textwrap.indent(
        run.stderr, "    ")


def main():
    tool, folders = sys.argv[1], sys.argv[2:]
    work = [(tool, path, *example) for folder in folders
            for path in sorted(pathlib.Path(folder).rglob("*.md"))
            for example in examples(path)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = list(filter(None, pool.map(lambda item: parse(*item), work)))
    for problem in problems:
        print(problem)
    finish(len(work) - len(problems), len(problems))


if __name__ == "__main__":
    main()
