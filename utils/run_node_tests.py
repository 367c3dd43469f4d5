#!/usr/bin/python3
"""Runs ONNX's own backend tests and closes with 'N passed, N failed'.

usage: run_node_tests.py [--write] [--only=TEXT] [--verbose]

Each test of Debian's libonnx-testdata is a model with inputs and the outputs
that ONNX expects. A test passes if `atleus run` computes these outputs, or if
it refuses the model with a diagnostic; wrong values, crashes and hangs are
failures. docs/onnx-support.md says which tests are refused, and why: it is
compared with this run, which is one more test, or with --write made anew. With
--only the tests are those whose name has TEXT in it, and the page is left out.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
import onnx
from onnx import numpy_helper

import node_test_page
from tally import finish

ROOT = pathlib.Path(__file__).resolve().parents[1]
DATA = pathlib.Path("/usr/share/libonnx-testdata/data")
GROUPS = ["node", "simple", "pytorch-operator", "pytorch-converted"]
SECONDS = 60
# ONNX's own tolerances.
RELATIVE, ABSOLUTE = 1e-3, 1e-7
# The tests cut floats off where the standard rounds them to the nearest
# bfloat16: one unit in the last place.
RELATIVE_BFLOAT = 2 ** -7
NEEDS_CONSTANT = re.compile(r"must be computable when compiling; it depends on "
                            r"input '(.*)' of the model")


@dataclasses.dataclass
class Result:
    """What became of one test."""
    group: str
    name: str
    operators: list
    opset: int
    outcome: str = "passed"
    reason: str = ""
    constants: set = dataclasses.field(default_factory=set)


class Refused(Exception):
    """The model was refused; the text is the first error."""


class Failed(Exception):
    """The text says what went wrong."""


def read_tensor(path):
    tensor = onnx.TensorProto()
    tensor.ParseFromString(path.read_bytes())
    return tensor


def to_array(tensor, declared):
    """The elements of a tensor. NumPy has no bfloat16: such a tensor may be
    stored as integers of 16 bits, and becomes 32-bit floats."""
    array = numpy_helper.to_array(tensor)
    if declared == onnx.TensorProto.BFLOAT16 and array.dtype == numpy.uint16:
        array = (array.astype(numpy.uint32) << 16).view(numpy.float32)
    return array


def run_tool(tool, model, inputs, folder):
    """Runs the model; raises what went wrong."""
    command = [str(tool), "run", str(model), f"--output-dir={folder}"]
    command += [f"--input={name}={path}" for name, path in inputs.items()]
    try:
        run = subprocess.run(command, text=True, timeout=SECONDS,
                             capture_output=True, errors="replace")
    except subprocess.TimeoutExpired:
        raise Failed(f"still running after {SECONDS} s") from None
    if run.returncode == 0:
        return
    found = re.search(r"error: (.*)", run.stderr)
    if run.returncode != 1 or not found:
        raise Failed(f"exit code {run.returncode}: {run.stderr[-500:]}")
    if folder.exists() and any(folder.iterdir()):
        raise Failed("an output was written all the same")
    raise Refused(found[1])


def compare(name, expected, path, relative):
    """Raises Failed unless the file holds the expected array."""
    if not path.exists():
        raise Failed(f"output '{name}' was not written")
    found = numpy.load(path)
    if found.dtype != expected.dtype or found.shape != expected.shape:
        raise Failed(f"output '{name}' is {found.dtype}{found.shape}, expected "
                     f"{expected.dtype}{expected.shape}")
    if found.dtype.kind == "f":
        equal = numpy.isclose(found, expected, relative, ABSOLUTE,
                              equal_nan=True)
    else:
        equal = found == expected
    if not numpy.all(equal):
        at = tuple(int(i) for i in numpy.argwhere(~equal)[0])
        raise Failed(f"output '{name}' differs at {list(at)}: found "
                     f"{found[at]}, expected {expected[at]}")


def make_constant(model, name, tensor):
    """Turns an input of the model into an initializer of that name."""
    tensor.name = name
    inputs = [value for value in model.graph.input if value.name != name]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    model.graph.initializer.append(tensor)


def read_inputs(model, folder):
    """The inputs of a set, by name; those that are no tensors are left out."""
    initialized = {tensor.name for tensor in model.graph.initializer}
    names = [value.name for value in model.graph.input
             if value.name not in initialized]
    tensors = {value.name for value in model.graph.input
               if value.type.HasField("tensor_type")}
    return {
  name: read_tensor(folder / f"input_{i}.pb")
            for i, name in enumerate(names)
            if name in tensors and (folder / f"input_{i}.pb").exists()
  }

def write_inputs(inputs, folder):
    """Writes NumPy files for inputs; returns their paths."""
    paths = {}
    for i, (name, tensor) in enumerate(inputs.items()):
        paths[name] = folder / f"input_{i}.npy"
        numpy.save(paths[name], numpy_helper.to_array(tensor))
    return paths


def run_data_set(tool, model, path, folder, result):
    """Runs a model on one set of inputs. Inputs that the tool asks to know when
    compiling become constants of the model, and so do those of a type that
    NumPy's files cannot hold."""
    inputs = read_inputs(model, folder)
    bfloats = [value.name for value in model.graph.input
               if value.name in inputs and value.type.tensor_type.elem_type ==
               onnx.TensorProto.BFLOAT16]
    for name in bfloats:
        tensor = inputs.pop(name)
        tensor.data_type = onnx.TensorProto.BFLOAT16
        make_constant(model, name, tensor)
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        if bfloats:
            path = temporary / "model.onnx"
            onnx.save(model, path)
        paths = write_inputs(inputs, temporary)
        while True:
            try:
                run_tool(tool, path, paths, temporary / "out")
                break
            except Refused as refused:
                needed = NEEDS_CONSTANT.search(str(refused))
                if not needed or needed[1] not in paths:
                    raise
                result.constants.add(needed[1])
                del paths[needed[1]]
                make_constant(model, needed[1], inputs[needed[1]])
                path = temporary / "model.onnx"
                onnx.save(model, path)
        for i, output in enumerate(model.graph.output):
            file = re.sub(r"[^A-Za-z0-9.-]", "_", output.name) + ".npy"
            tensor = read_tensor(folder / f"output_{i}.pb")
            declared = output.type.tensor_type.elem_type
            relative = RELATIVE
            if declared == onnx.TensorProto.BFLOAT16:
                relative = RELATIVE_BFLOAT
            compare(output.name, to_array(tensor, declared),
                    temporary / "out" / file, relative)


def run_test(tool, path):
    """Runs a test on all its sets of data."""
    model = onnx.load(path / "model.onnx")
    operators = sorted({node.op_type for node in model.graph.node
                        if node.op_type != "Constant"}) or ["Constant"]
    result = Result(path.parent.name, path.name, operators,
                    max(item.version for item in model.opset_import))
    try:
        for folder in sorted(path.glob("test_data_set_*")):
            run_data_set(tool, onnx.load(path / "model.onnx"),
                         path / "model.onnx", folder, result)
    except Refused as refused:
        result.outcome, result.reason = "refused", str(refused)
    except Failed as failed:
        result.outcome, result.reason = "failed", str(failed)
    return result


def find_tests(data, only):
    for group in GROUPS:
        for path in sorted((data / group).glob("test_*")):
            if only in path.name:
                yield path


def report(results):
    """Prints what failed and how many tests came out how."""
    for result in results:
        if result.outcome == "failed":
            print(f"FAILED: {result.group}/{result.name}: {result.reason}")
    counts = collections.Counter(result.outcome for result in results)
    print(f"{counts['passed']} equal to ONNX, {counts['refused']} refused with "
          f"a diagnostic, {counts['failed']} failed")
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--tool", type=pathlib.Path,
                        default=ROOT / "build/release/bin/atleus")
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs")
    arguments = parser.parse_args()
    tests = list(find_tests(arguments.data, arguments.only))
    # The tests are small: one thread each.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(
            lambda path: run_test(arguments.tool, path), tests))
    if arguments.verbose:
        for result in results:
            print(f"{result.outcome}: {result.group}/{result.name} "
                  f"{result.reason}")
    counts = report(results)
    failed = counts["failed"]
    passed = len(results) - failed
    if not arguments.only and results:
        page = arguments.docs / "onnx-support.md"
        text = node_test_page.render(results)
        if arguments.write:
            page.write_text(text)
        if page.exists() and page.read_text() == text:
            passed += 1
        else:
            failed += 1
            print("docs/onnx-support.md is out of date: run "
                  "utils/run_node_tests.py --write")
    finish(passed, failed)


if __name__ == "__main__":
    sys.exit(main())
