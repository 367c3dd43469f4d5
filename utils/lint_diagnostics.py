"""Which diagnostics of the sources appear in no test.

Of every emitError(...) << "..." and its like, the longest piece of literal
text must be found in some file under test/.
"""

import re

from cpp_text import code_only, line_of, statement_end, strings

SOURCES = ["lib/", "dialects/", "tools/"]
# Calls that make a diagnostic, and the names that one is usually given.
START = re.compile(
    r"\b(?:emitError|emitOpError|emitWarning|emitOptionalError|attachNote"
    r"|createStringError|createFileError|make_error)\s*[(<]"
    r"|\bWithColor::(?:error|warning|note)\s*\("
    r"|\b(?:diag|diagnostic|note)\s*<<")
# What formatv and printf replace.
HOLE = re.compile(r"\{\d[^}]*\}|%[-+ #0-9.*]*(?:ll|l|h|z)?[a-zA-Z]")
SHORTEST = 12


def pieces(literals):
    """Literal text between the holes of format strings and line ends."""
    for literal in literals:
        for part in HOLE.split(literal):
            yield from (line.strip() for line in part.split("\n"))


def found_in(tree, path):
    """Yields (line, text) for each diagnostic of a file that is long enough
    to be looked for."""
    text = tree.text(path)
    code = code_only(text)
    last_end = 0
    for match in START.finditer(code):
        if match.start() < last_end:
            continue
        last_end = statement_end(code, match.start())
        literals = strings(text, match.start(), last_end)
        longest = max(pieces(literals), key=len, default="")
        if len(longest) >= SHORTEST:
            yield line_of(text, match.start()), longest


def test_text(tree):
    """The text of all tests; in C++, split literals are joined and quotes
    lose their backslash."""
    texts = []
    for path in tree.under(["test/"], ""):
        text = tree.text(path)
        if path.endswith((".cpp", ".h", ".py", ".mjs")):
            text = re.sub(r'"\s*\n\s*[rR]?"', "", text)
        texts.append(text.replace('\\"', '"'))
    return "\n".join(texts)


def untested(tree):
    """Yields a finding for each diagnostic that no test mentions."""
    tests = test_text(tree)
    for path in tree.under(SOURCES, (".cpp", ".h")):
        for line, text in found_in(tree, path):
            if text not in tests:
                yield path, line, f"no test expects '{text}'"
