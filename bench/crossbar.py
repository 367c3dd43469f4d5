#!/usr/bin/python3
"""Time of the interpreter on floats and on crossbars bit by bit, side by side.

usage: crossbar.py [--build DIR] [--runs N] [--threads N] [--machine NAME]
                   [--set PART.NUMBER=VALUE]... [MODEL]

Three programs load the model: on floats, mapped to the machine with its own
converters, and mapped with converters that lose something, which --set says, so
that every slice, pass and conversion is computed. Then they run it in turns,
each with all threads while the others wait. The first run of each, in which
weights are quantized and written, is not counted. MODEL is bert-base of
models/make.py unless another is given.
"""

import argparse
import os
import pathlib
import sys

from inference import BERT, ROOT, Runner, measure


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n", maxsplit=1)[0],
        epilog="\n\n".join(__doc__.split("\n\n")[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=pathlib.Path, default=BERT)
    parser.add_argument("--build", type=pathlib.Path,
                        default=ROOT / "build" / "release")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--machine", default="atleus")
    parser.add_argument("--set", action="append", dest="changes",
                        help="default: reram.adc_bits=7")
    options = parser.parse_args()
    if not options.model.is_file():
        sys.exit(f"there is no {options.model}; models/make.py makes it")
    changes = options.changes or ["reram.adc_bits=7"]
    run = [options.build / "bin" / "run-model", options.model,
           f"--run-threads={options.threads}"]
    mapped = [*run, "--to=tiled", f"--machine={options.machine}"]
    print(f"{options.model.name}: {options.threads} threads, "
          f"{options.runs} runs, {', '.join(changes)}")
    runners = [Runner("floats", [*run, "--to=nn"]),
               Runner("crossbars, lossless", mapped),
               Runner("crossbars, bit by bit",
                      [*mapped, *(f"--set={change}" for change in changes)])]
    measure(runners, options.runs)


if __name__ == "__main__":
    main()
