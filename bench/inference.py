#!/usr/bin/python3
"""Time of inference in the interpreter and in ONNX Runtime, side by side.

usage: inference.py [--build DIR] [--runs N] [--threads N] [--dim NAME=SIZE]...
                    [--to PHASE] [MODEL]

Three programs load the model: the interpreter, ONNX Runtime with its default
optimizations, and ONNX Runtime without any. Then they run it in turns, each
with all threads while the others wait, so that noise meets all of them. The
first run of each is not counted. Times are the median of the runs, with the
smallest and largest; memory is the peak resident set of the process, in which
pages of a mapped model count. MODEL is bert-base of models/make.py unless
another is given. With --to the interpreter runs a later phase, bit-exact to
the device.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                     or pathlib.Path.home() / ".cache") / "atleus" / "models"
BERT = CACHE / "bert-base-layers12-seq128-opset14.onnx"
# Threads of ONNX Runtime go on spinning for a moment after a run.
PAUSE_SECONDS = 0.2


class Runner:
    """A program that runs the model once for every line that it gets."""

    def __init__(self, name, command):
        self.name = name
        self.seconds = []
        self.process = subprocess.Popen(
            [str(part) for part in command], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} failed with {self.process.wait()}")
        time.sleep(PAUSE_SECONDS)
        return float(line)

    def peak_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        return 0

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def commands(options):
    onnxruntime = ["node", ROOT / "bench" / "onnxruntime.mjs", options.model]
    interpreter = [options.build / "bin" / "run-model", options.model,
                   f"--to={options.to}", f"--run-threads={options.threads}"]
    interpreter += [f"--dim={dim}" for dim in options.dim]
    return {
        "atleus": interpreter,
        "onnxruntime": [*onnxruntime, "all", options.threads, *options.dim],
        "onnxruntime, not optimized": [*onnxruntime, "disabled",
                                       options.threads, *options.dim],
    }


def report(runners):
    """Prints a row for each program, with the interpreter's time as a multiple
    of its own."""
    medians = [statistics.median(runner.seconds) for runner in runners]
    print(f"{'program':28} {'median':>8} {'smallest-largest':>17} "
          f"{'atleus is':>10} {'peak MB':>8}")
    for runner, median in zip(runners, medians):
        print(f"{runner.name:28} {median:8.4f} "
              f"{min(runner.seconds):8.4f}-{max(runner.seconds):8.4f} "
              f"{medians[0] / median:9.2f}x {runner.peak_bytes() / 1e6:8.1f}")


def measure(runners, runs):
    """Warms each program up, times all in turn, and prints their times."""
    for runner in runners:
        runner.run()
    for _ in range(runs):
        for runner in runners:
            runner.seconds.append(runner.run())
    report(runners)
    for runner in runners:
        runner.close()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", maxsplit=1)[0],
        epilog="\n\n".join(__doc__.split("\n\n")[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=pathlib.Path, default=BERT)
    parser.add_argument("--build", type=pathlib.Path,
                        default=ROOT / "build" / "release")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--dim", action="append", default=[])
    parser.add_argument("--to", default="nn")
    options = parser.parse_args()
    if not options.model.is_file():
        sys.exit(f"there is no {options.model}; models/make.py makes it")
    print(f"{options.model.name}: {options.threads} threads, "
          f"{options.runs} runs")
    runners = [Runner(name, command)
               for name, command in commands(options).items()]
    measure(runners, options.runs)


if __name__ == "__main__":
    main()
