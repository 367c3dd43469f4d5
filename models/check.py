#!/usr/bin/python3
"""Checks what Atleus does with a model: it must import, give the outputs of
ONNX Runtime (optimizations disabled) and compile to a report.

Ends with exit code 1 if anything failed.
"""

import argparse
import dataclasses
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy
import onnx

import oracle
from example_inputs import DEFAULT_VOCABULARY, UnknownInput, random_inputs

TOLERANCE = 1e-5


class Failure(Exception):
    """What went wrong, in one line."""


@dataclasses.dataclass
class Run:
    """What one run of the driver took."""

    seconds: float
    megabytes: float


@dataclasses.dataclass
class Outcome:
    """What became of a model that is well."""

    difference: float  # of an output, relative to its largest value
    report: dict
    inference: Run
    compilation: Run

    @property
    def latency(self):
        """Of one inference, in microseconds."""
        return self.report["latency_ps"] / 1e6

    @property
    def fallback(self):
        """The names of the kernels that the host runs."""
        names = [entry["name"] for entry in self.report["host_fallback"]]
        return ", ".join(names) or "none"


def check(path, sizes, tool, vocabulary=DEFAULT_VOCABULARY):
    """Runs and compiles the model at `path`.

    `sizes` gives the dimensions that it leaves open.
    """
    graph = onnx.load(str(path)).graph
    try:
        inputs = random_inputs(graph, sizes, vocabulary)
        expected = oracle.run(path, inputs)
    except (UnknownInput, oracle.OracleError) as error:
        raise Failure(str(error)) from None
    options = [f"--dim={name}={sizes[name]}" for name in open_names(graph)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        words = list(options)
        for index, (name, values) in enumerate(inputs.items()):
            file = folder / f"input{index}.npy"
            numpy.save(file, values)
            words.append(f"--input={name}={file}")
        run, compiled = folder / "run", folder / "compiled"
        inference = atleus(tool, "run", path, f"--output-dir={run}", *words)
        difference = compare(run, expected)
        compilation = atleus(tool, "compile", path, "-o", compiled, *options)
        report = json.loads((compiled / "report.json").read_text())
    return Outcome(difference, report, inference, compilation)


def open_names(graph):
    """The names of the dimensions that the inputs leave open."""
    return sorted(
        {
            dimension.dim_param
            for value in graph.input
            for dimension in value.type.tensor_type.shape.dim
            if dimension.dim_param
        }
    )


def atleus(tool, *words):
    """Runs the driver; its first error is the failure's text."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as messages:
        process = subprocess.Popen(
            [tool, *map(str, words)],
            stdout=subprocess.DEVNULL,
            stderr=messages,
        )
        megabytes = 0.0
        while process.poll() is None:
            megabytes = max(megabytes, peak_memory(process.pid))
            time.sleep(0.005)
        messages.seek(0)
        lines = messages.read().strip().splitlines()
    if process.returncode != 0:
        errors = [line for line in lines if "error:" in line] or lines
        text = errors[0] if errors else f"exit code {process.returncode}"
        raise Failure(f"{words[0]}: {text}")
    return Run(time.monotonic() - start, megabytes)


def peak_memory(process):
    """The most memory that a process had so far, in megabytes.

    What the system counts for a finished process includes that of its parent
    before it became the driver.
    """
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    peaks = [
        line.split()[1]
        for line in status.splitlines()
        if line.startswith("VmHWM")
    ]
    return int(peaks[0]) / 1e3 if peaks else 0.0


def compare(folder, expected):
    """The largest difference of any output, relative to its largest value."""
    largest = 0.0
    for name, reference in expected.items():
        path = folder / file_name(name)
        if not path.exists():
            raise Failure(f"output {name} is missing")
        difference = relative_difference(name, numpy.load(path), reference)
        if not difference <= TOLERANCE:
            raise Failure(f"output {name} differs by {difference:.2g}")
        largest = max(largest, difference)
    return largest


def file_name(output):
    """Where `atleus run` puts an output."""
    return re.sub(r"[^A-Za-z0-9.-]", "_", output) + ".npy"


def relative_difference(name, found, reference):
    if found.shape != reference.shape or found.dtype != reference.dtype:
        raise Failure(
            f"output {name} is {found.dtype}{list(found.shape)}, expected "
            f"{reference.dtype}{list(reference.shape)}"
        )
    if not numpy.isfinite(reference).all() or not reference.any():
        raise Failure(f"output {name} of ONNX Runtime says nothing")
    difference = numpy.abs(found.astype(numpy.float64) - reference).max()
    return float(difference / numpy.abs(reference).max())


def parse_size(text):
    name, _, size = text.rpartition("=")
    if not name or not size.isdigit():
        raise argparse.ArgumentTypeError(f"needs NAME=SIZE, found '{text}'")
    return name, int(size)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--atleus", default="atleus", help="the driver")
    parser.add_argument(
        "--dim",
        metavar="NAME=SIZE",
        action="append",
        type=parse_size,
        default=[],
        help="a dimension that the model leaves open",
    )
    parser.add_argument(
        "--vocabulary",
        metavar="N",
        type=int,
        default=DEFAULT_VOCABULARY,
        help="tokens are below N (default: %(default)s)",
    )
    options = parser.parse_args()
    try:
        outcome = check(
            options.model, dict(options.dim), options.atleus, options.vocabulary
        )
    except Failure as failure:
        sys.exit(f"error: {failure}")
    print(f"difference from ONNX Runtime {outcome.difference:.2g}")
    print(f"latency {outcome.latency:.4g} us")
    print(f"host fallback {outcome.fallback}")


if __name__ == "__main__":
    main()
