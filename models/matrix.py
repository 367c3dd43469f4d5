#!/usr/bin/python3
"""Makes every model of make.py small, in every form that torch writes, and
checks what Atleus does with it.

Each model must import, give the outputs of ONNX Runtime (optimizations
disabled) and compile to a report. Prints a table; ends with exit code 1 if
anything failed.
"""

import argparse
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile
import typing

import numpy
import onnx

import make
import oracle
from making import (
    DYNAMIC_SIZES,
    MODELS,
    TRAINED,
    WITH_ADAPTERS,
    WITH_CACHE,
    random_inputs,
)

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPSETS = (11, 13, 14, 17)
TOLERANCE = 1e-5


@dataclasses.dataclass(frozen=True)
class Case:
    """One model in one form."""

    title: str
    line: str  # what make.py is given
    sizes: typing.Dict[str, int]  # of the dimensions that the model leaves open


@dataclasses.dataclass
class Outcome:
    """What became of a case."""

    nodes: int
    error: typing.Optional[str] = None
    difference: float = 0.0
    report: typing.Optional[dict] = None


class Failure(Exception):
    """What went wrong, in one line."""


def list_cases():
    """Every model, opset and kind of axes."""
    for opset in OPSETS:
        option = f"--opset {opset}"
        for name, sizes in MODELS.items():
            if name == "bert-large":  # the graph of bert-base
                continue
            yield Case(name, f"{name} {sizes} {option}", {})
            yield Case(
                name, f"{name} {sizes} {option} --dynamic", DYNAMIC_SIZES
            )
        for name, sizes in WITH_CACHE.items():
            title = f"{name} with cache"
            yield Case(title, f"{name} {sizes} {option}", {})
            yield Case(
                title, f"{name} {sizes} {option} --dynamic", DYNAMIC_SIZES
            )
        for name, sizes in WITH_ADAPTERS.items():
            yield Case(f"{name} with LoRA", f"{name} {sizes} {option}", {})
        for title, line in TRAINED.items():
            yield Case(title, f"{line} {option}", {})


def export(case, folder):
    """The file of the case, made unless it is there, and its inputs."""
    words = [*case.line.split(), "--output-dir", str(folder)]
    request = make.resolve(make.parse_command_line(words))
    path = folder / request.file_name
    if not path.exists():
        make.make(request, path)
    model = onnx.load(str(path))
    inputs = random_inputs(model.graph, case.sizes)
    open_sizes = {
        dimension.dim_param
        for value in model.graph.input
        for dimension in value.type.tensor_type.shape.dim
        if dimension.dim_param
    }
    options = [
        f"--dim={name}={case.sizes[name]}" for name in sorted(open_sizes)
    ]
    return path, inputs, options, len(model.graph.node)


def atleus(tool, *words):
    """Runs the driver; its first error is the failure's text."""
    finished = subprocess.run(
        [tool, *map(str, words)], capture_output=True, text=True
    )
    if finished.returncode != 0:
        lines = finished.stderr.strip().splitlines() or ["no message"]
        errors = [line for line in lines if "error:" in line]
        raise Failure(f"{words[0]}: {(errors or lines)[0]}")


def compare(found_folder, expected):
    """The largest difference of any output, relative to its largest value."""
    largest = 0.0
    for name, reference in expected.items():
        path = found_folder / f"{name}.npy"
        if not path.exists():
            raise Failure(f"output {name} is missing")
        found = numpy.load(path)
        if found.shape != reference.shape or found.dtype != reference.dtype:
            raise Failure(
                f"output {name} is {found.dtype}{list(found.shape)}, expected "
                f"{reference.dtype}{list(reference.shape)}"
            )
        if not numpy.isfinite(reference).all() or not reference.any():
            raise Failure(f"output {name} of ONNX Runtime says nothing")
        difference = numpy.abs(found - reference).max()
        difference = float(difference / numpy.abs(reference).max())
        if not difference <= TOLERANCE:
            raise Failure(f"output {name} differs by {difference:.2g}")
        largest = max(largest, difference)
    return largest


def check(case, tool, cache):
    """Runs a case to its end."""
    path, inputs, options, nodes = export(case, cache)
    outcome = Outcome(nodes)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        words = []
        for index, (name, values) in enumerate(inputs.items()):
            file = folder / f"input{index}.npy"
            numpy.save(file, values)
            words.append(f"--input={name}={file}")
        try:
            expected = oracle.run(path, inputs)
            run_folder, compile_folder = folder / "run", folder / "compile"
            converted = folder / "converted.mlirbc"
            atleus(tool, "compile", path, "--to=nn", "-o", converted, *options)
            atleus(tool, "run", converted, f"--output-dir={run_folder}", *words)
            outcome.difference = compare(run_folder, expected)
            atleus(tool, "compile", path, "-o", compile_folder, *options)
            report = (compile_folder / "report.json").read_text()
            outcome.report = json.loads(report)
        except (Failure, oracle.OracleError) as failure:
            outcome.error = str(failure)
    return outcome


def describe_fallback(report):
    """The kinds of kernels that the host runs."""
    entries = report["host_fallback"]
    names = sorted({entry["name"].split("/")[-1] for entry in entries})
    return ", ".join(names) if names else "none"


def row(case, outcome):
    form = "dynamic" if case.sizes else "static"
    opset = case.line.split("--opset ")[1].split()[0]
    cells = [case.title, opset, form, str(outcome.nodes)]
    if outcome.error:
        cells += ["failed", "", outcome.error]
    else:
        latency = outcome.report["latency_ps"] / 1e6
        cells += [f"{outcome.difference:.1g}", f"{latency:.3g}"]
        cells.append(describe_fallback(outcome.report))
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--atleus",
        default=str(ROOT / "build" / "release" / "bin" / "atleus"),
        help="the driver (default: that of build/release)",
    )
    parser.add_argument(
        "--cache",
        type=pathlib.Path,
        default=make.default_folder() / "matrix",
        help="where exported models are kept (default: %(default)s)",
    )
    parser.add_argument(
        "--only", default="", help="cases whose command line holds this text"
    )
    options = parser.parse_args()
    cases = [case for case in list_cases() if options.only in case.line]
    print("| model | opset | axes | nodes | difference | latency, us | host |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    failed = 0
    for case in cases:
        outcome = check(case, options.atleus, options.cache)
        failed += outcome.error is not None
        print(row(case, outcome), flush=True)
    print(f"\n{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
