#!/usr/bin/python3
"""Makes models of their published sizes and checks each as check.py does.

Prints a table with what compiling took; ends with exit code 1 if anything
failed. Needs 4 GB of disk for the models and 6 GB of memory.
"""

import argparse
import sys

import exporting
import make
from check import Failure, check
from matrix import add_common_options

LINES = {
    "bert-base": {},
    "bert-base --lora-rank 8": {},
    "gpt2-small": {},
    "gpt2-small --kv-cache 128 --dynamic": {
        "batch": 1,
        "seq": 1,
        "past": 128,
        "total": 129,
    },
    "llama-like": {},
    "llama-like --kv-cache 128": {},
    "vit-b16": {},
    "torchvision-vit-b16": {},
    "swin-t": {},
    "wav2vec2-base": {},
    "transformer-encoder": {},
    "transformer": {},
    "bert-base --lora-rank 8 --train sgd": {},
    "bert-base --layers 4 --train sgd": {},
}
VOCABULARY = 20000
HEADER = """\
| model | MB | nodes | difference | compile, s | memory, MB | latency, ms | \
host |
| --- | --- | --- | --- | --- | --- | --- | --- |"""


def check_line(line, sizes, options):
    """Checks one model and prints its row; returns whether all is well."""
    request = make.resolve(make.parse_command_line(line.split()))
    path = options.cache / request.file_name
    if not path.exists():
        make.make(request, path)
    cells = [
        line,
        f"{path.stat().st_size / 1e6:.0f}",
        str(exporting.node_count(path)),
    ]
    vocabulary = min(VOCABULARY, request.shape.vocab or VOCABULARY)
    is_good = True
    try:
        outcome = check(path, sizes, options.atleus, vocabulary)
        cells += [
            f"{outcome.difference:.1g}",
            f"{outcome.compilation.seconds:.1f}",
            f"{outcome.compilation.megabytes:.0f}",
            f"{outcome.latency / 1e3:.3g}",
            outcome.fallback,
        ]
    except Failure as failure:
        cells += ["failed", "", "", "", str(failure)]
        is_good = False
    print("| " + " | ".join(cells) + " |", flush=True)
    return is_good


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_options(parser, make.default_folder())
    options = parser.parse_args()
    chosen = {line: LINES[line] for line in LINES if options.only in line}
    print(HEADER)
    failed = [
        line for line in chosen if not check_line(line, chosen[line], options)
    ]
    print(f"\n{len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
