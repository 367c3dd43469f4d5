#!/usr/bin/python3
"""Time and memory of importing and compiling a model, side by side with a plain
protobuf parse of the same file.

usage: compile.py [--build DIR] [--runs N] [--step NAME]... [MODEL]

Steps: parse (the yardstick), import (to the onnx dialect), compile (to a
report). The runs of the steps alternate, after one read of the file, so that
all find it in memory. Times are wall clock, the smallest of the runs with the
largest beside it; memory is the peak resident set, in which pages of a mapped
file count. MODEL is bert-base of models/make.py unless another is given.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                     or pathlib.Path.home() / ".cache") / "atleus" / "models"
BERT = CACHE / "bert-base-layers12-seq128-opset14.onnx"


def commands(tools, model, folder):
    """The command of each step."""
    return {
        "parse": [tools / "protobuf-parse", model],
        "import": [tools / "atleus-translate", "--import-onnx", model,
                   "--mlir-elide-resource-strings-if-larger=0",
                   "-o", folder / "imported.mlir"],
        "compile": [tools / "atleus", "compile", model, "--machine=atleus",
                    "-o", folder / "out"],
    }


def measure(command):
    """Runs a command; its wall time in seconds and peak memory in bytes."""
    with tempfile.TemporaryFile("w+") as log:
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            sys.exit(f"{' '.join(map(str, command))} failed with "
                     f"{process.returncode}:\n{log.read()}")
    return seconds, usage.ru_maxrss * 1024


def warm(path):
    """Reads the file in small parts: a child's peak memory begins with that of
    this process."""
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


def report(results, size):
    """Prints a row for each step, with ratios to the first step and the file."""
    yardstick = min(seconds for seconds, _ in results["parse"])
    print(f"{'step':8} {'seconds':>15} {'of parse':>9} {'peak MB':>8} "
          f"{'of file':>8}")
    for step, runs in results.items():
        times = [seconds for seconds, _ in runs]
        peak = max(memory for _, memory in runs)
        print(f"{step:8} {min(times):7.3f}-{max(times):7.3f} "
              f"{min(times) / yardstick:9.2f} {peak / 1e6:8.1f} "
              f"{peak / size:8.2f}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog="\n\n".join(__doc__.split("\n\n")[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=pathlib.Path, default=BERT)
    parser.add_argument("--build", type=pathlib.Path,
                        default=ROOT / "build" / "release")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--step", action="append",
                        choices=["parse", "import", "compile"])
    options = parser.parse_args()
    if not options.model.is_file():
        sys.exit(f"there is no {options.model}; models/make.py bert-base "
                 "makes the default model")
    steps = ["parse"] + [step for step in options.step or ["import", "compile"]
                         if step != "parse"]
    warm(options.model)
    size = options.model.stat().st_size
    print(f"{options.model.name}: {size / 1e6:.1f} MB, {options.runs} runs")
    results = {step: [] for step in steps}
    with tempfile.TemporaryDirectory() as folder:
        step_commands = commands(options.build / "bin", options.model,
                                 pathlib.Path(folder))
        for _ in range(options.runs):
            for step in steps:
                results[step].append(measure(step_commands[step]))
    report(results, size)


if __name__ == "__main__":
    main()
