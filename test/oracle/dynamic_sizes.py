#!/usr/bin/python3
"""Compares a model with open dimensions with ONNX Runtime at several sizes.

usage: dynamic_sizes.py MODEL --range NAME=LOW:HIGH... POINT...

A POINT gives each open dimension a size, as in 'batch=2,seq=7'; a size may be a
sum of others, as in 'total=past+seq'. For each point all outputs that
`atleus run` computes must be those of ONNX Runtime. An input called
attention_mask gets zeros, at the front of some rows; other integers are drawn
from their --range, floats from a normal distribution.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
from onnx.mapping import TENSOR_TYPE_TO_NP_TYPE

ORACLE = pathlib.Path(__file__).with_name("onnxruntime.mjs")


def sizes_of(point):
    """The sizes of 'batch=2,past=3,seq=7,total=past+seq' by name."""
    sizes = {}
    for part in point.split(","):
        name, value = part.split("=")
        sizes[name] = sum(sizes[term] if term in sizes else int(term)
                          for term in value.split("+"))
    return sizes


def make_input(info, sizes, ranges, generator):
    tensor = info.type.tensor_type
    shape = [sizes[dim.dim_param] if dim.dim_param else dim.dim_value
             for dim in tensor.shape.dim]
    dtype = TENSOR_TYPE_TO_NP_TYPE[tensor.elem_type]
    if info.name == "attention_mask":
        values = numpy.ones(shape, dtype)
        for row in range(shape[0]):
            values[row, :min(row, shape[1] - 1)] = 0
        return values
    if numpy.issubdtype(dtype, numpy.integer):
        return generator.integers(*ranges[info.name], shape).astype(dtype)
    return generator.normal(size=shape).astype(dtype)


def run(command):
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{finished.stderr}")


def compare(computed, reference, what):
    """The difference of two arrays, relative to the largest element."""
    if computed.shape != reference.shape:
        sys.exit(f"{what} is {computed.shape}, expected {reference.shape}")
    if not numpy.isfinite(reference).all() or not reference.any():
        sys.exit(f"{what}: nothing to compare")
    return abs(computed - reference).max() / abs(reference).max()


def check_point(model, graph, point, options, folder):
    sizes = sizes_of(point)
    generator = numpy.random.default_rng(len(point))
    arguments = []
    constants = {tensor.name for tensor in graph.initializer}
    for index, info in enumerate(graph.input):
        if info.name in constants:
            continue
        path = folder / f"input{index}.npy"
        numpy.save(path, make_input(info, sizes, options.ranges, generator))
        arguments += ["--input", f"{info.name}={path}"]
    run(["node", ORACLE, model, "--output-dir", folder / "reference"]
        + arguments)
    run(["atleus", "run", model, "--output-dir", folder / "computed"]
        + arguments)
    outputs = sorted((folder / "reference").glob("*.npy"))
    assert len(outputs) == len(graph.output)
    difference = max(
        compare(numpy.load(folder / "computed" / path.name),
                numpy.load(path), f"{point}: {path.stem}")
        for path in outputs)
    print(f"{point}: relative difference {difference:.3g}")
    return difference <= options.tolerance


def parse_range(text):
    name, limits = text.split("=")
    return name, tuple(map(int, limits.split(":")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("points", nargs="+")
    parser.add_argument("--range", action="append", default=[], dest="ranges")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    options = parser.parse_args()
    options.ranges = dict(map(parse_range, options.ranges))
    graph = onnx.load(options.model, load_external_data=False).graph
    good = True
    for point in options.points:
        with tempfile.TemporaryDirectory() as folder:
            good &= check_point(options.model, graph, point, options,
                                pathlib.Path(folder))
    sys.exit(not good)


if __name__ == "__main__":
    main()
