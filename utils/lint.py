#!/usr/bin/python3
"""Checks the rules of the house that compilers do not check.

usage: lint.py [--root FOLDER] [RULE...]

Prints 'file:line: message' for each finding and closes with 'N passed, N
failed', counting rules. A rule is a function that takes a Tree and yields
(path, line, message); its doc string says what it wants.
"""

import argparse
import pathlib
import re
import subprocess

import lint_diagnostics
from cpp_text import code_only, line_of, without_comments
from tally import finish

# Folders by level: a file may include headers of its own level and of those
# above. Between folders of one level inclusion must not go both ways.
LEVELS = [["Support"],
          ["dialects"],
          ["Cost", "Thermal", "Scheduling", "Interpreter", "Compression",
           "Mapping"],
          ["Import", "Conversion", "Transforms", "Validation"],
          ["Explore", "Pipelines", "Report", "Verification"],
          ["Comparison"],
          ["tools"]]
PASS_FREE = {"Support", "Cost", "Thermal", "Scheduling", "Compression", "Mapping",
             "dialects"}
MAX_LINES = {".cpp": 800, ".h": 800, ".td": 600}
MAX_BYTES = 2 * 1000 * 1000
# The files that name what they forbid.
SELF = {"utils/lint.py", "utils/test_lint.py"}

FORBIDDEN_CALLS = re.compile(
    r"\berrs\s*\(\s*\)|\b(?:std::)?cerr\b|(?<![\w.>])_?[eE]xit\s*\("
    r"|\breport_?[fF]atal\w*\s*\(|\babort\s*\(|\bthrow\b")
TASK = re.compile(r"\b(?:TODO|FIXME|XXX)\b(?!\s*\(#\d+\))")
MACHINE_PATH = re.compile(r"(?<![\w.$}/<-])/(?:work|root|home)/\w")
REGISTRY = re.compile(r"https?://(?:registry\.npmjs|deb\.debian|"
                      r"security\.debian)")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)
PASS = re.compile(r'^def\s+(\w+)\s*:\s*(?:InterfacePass|Pass)<\s*"([\w-]+)"',
                  re.MULTILINE)


class Tree:
    """The files of the project that git knows or would add, with their text."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        listed = subprocess.run(
            ["git", "ls-files", "-coz", "--exclude-standard"], cwd=self.root,
            check=True, text=True, stdout=subprocess.PIPE).stdout
        paths = sorted(set(filter(None, listed.split("\0"))))
        self.paths = [path for path in paths if (self.root / path).is_file()]
        self.cache = {}

    def text(self, path):
        """Text of a file; empty for one that is not text."""
        if path not in self.cache:
            data = (self.root / path).read_bytes()
            self.cache[path] = ("" if b"\0" in data
                                else data.decode("utf-8", "replace"))
        return self.cache[path]

    def under(self, folders, suffixes):
        """Paths below one of `folders` that end in one of `suffixes`."""
        return [path for path in self.paths
                if path.startswith(tuple(folders)) and path.endswith(suffixes)]


def level_of(folder):
    return next((number for number, level in enumerate(LEVELS)
                 if folder in level), None)


def folder_of(path):
    """The folder of design.md that a file or an include line belongs to."""
    parts = path.split("/")
    if parts[0] == "include":
        parts = parts[1:]
    if parts[0] in ("lib", "atleus") and len(parts) > 2:
        return parts[1]
    return parts[0] if parts[0] in ("dialects", "tools") else None


def dependencies(tree):
    """Includes follow the order of the folders."""
    seen = {}
    for path in tree.under(["dialects/", "include/", "lib/", "tools/"],
                           (".h", ".cpp")):
        text, folder = tree.text(path), folder_of(path)
        level = level_of(folder)
        if level is None:
            yield path, 1, "in a folder that design does not order; add it"
            continue
        for match in INCLUDE.finditer(text):
            header, line = match.group(1), line_of(text, match.start(1))
            if folder in PASS_FREE and header.startswith("mlir/Pass/"):
                yield path, line, f"{folder} is free of passes"
            other = folder_of(header)
            other_level = level_of(other)
            if other_level is None or other == folder:
                continue
            if other_level > level:
                yield path, line, f"{folder} must not depend on {other}"
            elif other_level == level and (other, folder) in seen:
                yield path, line, (f"{folder} and {other} depend on each "
                                   f"other; see {seen[other, folder]}")
            seen.setdefault((folder, other), f"{path}:{line}")


def forbidden_calls(tree):
    """Libraries report through diagnostics: they neither print nor exit."""
    for path in tree.under(["lib/", "dialects/", "include/"], (".h", ".cpp")):
        code = code_only(tree.text(path))
        for match in FORBIDDEN_CALLS.finditer(code):
            call = match.group().rstrip("( ")
            yield (path, line_of(code, match.start()),
                   f"'{call}' in a library; emit a diagnostic")


def file_sizes(tree):
    """A file that grows too long is two ideas."""
    for path in tree.under([""], tuple(MAX_LINES)):
        lines = tree.text(path).count("\n")
        limit = MAX_LINES[pathlib.PurePath(path).suffix]
        if lines > limit:
            yield path, limit, f"has {lines} lines, more than {limit}"
    for path in tree.paths:
        size = (tree.root / path).stat().st_size
        if size > MAX_BYTES:
            yield path, 1, f"has {size} bytes, more than {MAX_BYTES}"


def stray_text(tree):
    """No task without an issue, no path or address of one's own machine."""
    for path in tree.paths:
        if path in SELF:
            continue
        text = tree.text(path)
        for pattern, message in (
                (TASK, "a task without an issue number: write TODO(#N)"),
                (MACHINE_PATH, "a path of one machine"),
                (REGISTRY, "an address of a package registry")):
            for match in pattern.finditer(text):
                yield path, line_of(text, match.start()), message


def pass_stems(name, flag):
    """Names that the source file and the tests of a pass may have."""
    stem = re.sub(r"Pass$", "", name)
    names = {stem, re.sub(r"^(Convert|Atleus)", "", stem)}
    return names, re.sub(r"^(atleus|convert)-", "", flag)


def passes(tree):
    """A pass has a source file with its name and a test with its flag."""
    for path in tree.under(["include/", "lib/"], ("Passes.td",)):
        text = without_comments(tree.text(path))
        folders = {"Transforms", "Conversion", folder_of(path)}
        for match in PASS.finditer(text):
            name, flag = match.groups()
            line = line_of(text, match.start())
            names, stem = pass_stems(name, flag)
            sources = [f"lib/{folder}/{end}" for folder in sorted(folders)
                       for base in sorted(names)
                       for end in (f"{base}.cpp", f"{base}/{base}.cpp")]
            if not any(source in tree.paths for source in sources):
                yield path, line, f"pass {name} has no {sources[-2]}"
            tests = re.compile(
                rf"^test/(?:.*/)?(?:{re.escape(stem)}|{'|'.join(names)}/)")
            if not any(map(tests.match, tree.paths)):
                yield path, line, f"pass {name} has no test/**/{stem}*.mlir"


def guard_of(path):
    """The include guard that a header should have, without underscores."""
    path = re.sub(r"^(dialects|include/atleus|lib)/", "", path)
    return re.sub(r"[^0-9A-Z]", "", "ATLEUS" + path.upper())


def headers(tree):
    """A file begins with what it is for; a header has a guard of its name."""
    folders = ["dialects/", "include/", "lib/", "tools/", "test/unit/"]
    for path in tree.under(folders, (".h", ".cpp", ".td")):
        text = tree.text(path)
        if not text.startswith(("//", "/*")):
            yield path, 1, "does not begin with a comment that says its purpose"
        guard = re.search(r"^#ifndef (\w+)\n#define (\w+)$", text, re.MULTILINE)
        if not guard:
            if path.endswith(".h"):
                yield path, 1, "has no include guard"
            continue
        wanted = guard_of(path)
        found = guard.group(1).replace("_", "").replace("ATLEUSLIB", "ATLEUS")
        if found != wanted or guard.group(1) != guard.group(2):
            yield (path, line_of(text, guard.start()),
                   f"include guard {guard.group(1)} does not name the file")


def diagnostics(tree):
    """The text of every diagnostic appears in a test."""
    return lint_diagnostics.untested(tree)


RULES = [dependencies, forbidden_calls, diagnostics, file_sizes, stray_text,
         passes, headers]


def main():
    names = [rule.__name__ for rule in RULES]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=pathlib.Path(__file__).parents[1])
    parser.add_argument("rules", nargs="*", metavar="RULE",
                        help="one of " + ", ".join(names))
    arguments = parser.parse_args()
    for name in arguments.rules:
        if name not in names:
            parser.error(f"unknown rule '{name}'")
    tree = Tree(arguments.root)
    chosen = [rule for rule in RULES
              if not arguments.rules or rule.__name__ in arguments.rules]
    failed = 0
    for rule in chosen:
        findings = list(rule(tree))
        for path, line, message in findings:
            print(f"{path}:{line}: {message} [{rule.__name__}]")
        failed += bool(findings)
    finish(len(chosen) - failed, failed)


if __name__ == "__main__":
    main()
