#!/usr/bin/python3
"""Runs clang-tidy on the files of a build and closes with 'N passed, N failed'.

A file that was clean is not looked at again while its command, the sources it
depends on, the profile and the tool are the same.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shlex
import subprocess

from tally import finish

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOL = "clang-tidy-22"
FOLDERS = ("dialects/", "lib/", "tools/", "test/", "bench/")


def output_of(*command):
    return subprocess.run(command, cwd=ROOT, check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def dependencies(build):
    """Maps each object file to the project's files that it depends on."""
    result, current = {}, None
    for line in output_of("ninja", "-C", build, "-t", "deps").splitlines():
        if line.startswith("    "):
            path = (build / line.strip()).resolve()
            if path.is_relative_to(ROOT) and path.suffix != ".pch":
                current.append(path)
        elif ": #deps" in line:
            current = result.setdefault(line.split(": #deps")[0], [])
    return result


class Cache:
    """Remembers what was clean, as empty files named by a hash."""

    def __init__(self, build):
        self.folder = build.parent / "tidy-cache"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.depends = dependencies(build)
        self.hashes = {}
        profile = (ROOT / ".clang-tidy").read_bytes()
        self.common = profile + output_of(TOOL, "--version").encode()

    def hash_of(self, path):
        if path not in self.hashes:
            data = path.read_bytes() if path.exists() else b""
            self.hashes[path] = hashlib.sha256(data).digest()
        return self.hashes[path]

    def entry(self, unit):
        """The file whose presence says that `unit` is clean, or None."""
        words = shlex.split(unit["command"])
        sources = self.depends.get(words[words.index("-o") + 1])
        if not sources:
            return None
        key = hashlib.sha256(self.common + unit["command"].encode())
        for path in sorted(set(sources)):
            key.update(str(path).encode() + self.hash_of(path))
        return self.folder / key.hexdigest()


def units(build, since, folders):
    """Compile commands of the files below the folders, in order."""
    changed = None
    if since:
        changed = set(output_of("git", "diff", "--name-only",
                                since).splitlines())
    with open(build / "compile_commands.json") as file:
        commands = json.load(file)
    for unit in sorted(commands, key=lambda unit: unit["file"]):
        unit["name"] = os.path.relpath(unit["file"], ROOT)
        if unit["name"].startswith(folders) and (
                changed is None or unit["name"] in changed):
            yield unit


def check(build, unit, entry):
    """Returns the findings in one file; an empty text if it is clean."""
    if entry and entry.exists():
        return ""
    run = subprocess.run([TOOL, "-p", build, "--quiet", unit["file"]],
                         cwd=ROOT, text=True, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    if run.returncode == 0:
        if entry:
            entry.touch()
        return ""
    return run.stdout or run.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path,
                        default=ROOT / "build/release")
    parser.add_argument("--since", metavar="REVISION",
                        help="only files that differ from this revision")
    parser.add_argument("folders", nargs="*", metavar="FOLDER",
                        help="only files below these folders")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    folders = tuple(folder.rstrip("/") + "/" for folder in arguments.folders)
    cache = Cache(build)
    todo = list(units(build, arguments.since, folders or FOLDERS))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        entries = map(cache.entry, todo)
        for findings in pool.map(lambda pair: check(build, *pair),
                                 zip(todo, entries)):
            failed += bool(findings)
            if findings:
                print(findings, flush=True)
    finish(len(todo) - failed, failed)


if __name__ == "__main__":
    main()
