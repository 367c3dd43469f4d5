#!/usr/bin/python3
"""Counts the multiply-accumulate operations and parameters of an ONNX model.

usage: count_model.py MODEL [--dim NAME=SIZE ...] [--compare SUMMARY.json]

What an exporter writes as arithmetic on constants is folded by ONNX Runtime
first; shapes are inferred by the onnx package. Nothing here is Atleus's own, so
that `atleus inspect --json` can be compared: with --compare, fails unless the
summary has the same counts.
"""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
from onnx import numpy_helper

HERE = pathlib.Path(__file__).resolve().parent


def set_dimensions(model, sizes):
    """Gives the open dimensions of the inputs their sizes."""
    for value in model.graph.input:
        for dimension in value.type.tensor_type.shape.dim:
            if dimension.dim_param:
                dimension.dim_value = sizes[dimension.dim_param]
    for value in list(model.graph.output) + list(model.graph.value_info):
        value.type.tensor_type.ClearField("shape")


def fold_constants(model):
    """The model with everything computed that depends on constants alone."""
    with tempfile.TemporaryDirectory() as folder:
        source, folded = (pathlib.Path(folder) / name
                          for name in ("model.onnx", "folded.onnx"))
        onnx.save(model, source)
        subprocess.run(["node", HERE / "optimize.mjs", source, folded, "basic"],
                       check=True)
        return onnx.load(folded)


def infer_shapes(model):
    """The shape of each value by its name."""
    inferred = onnx.shape_inference.infer_shapes(model, data_prop=True).graph
    shapes = {}
    for value in (list(inferred.value_info) + list(inferred.input)
                  + list(inferred.output)):
        shapes[value.name] = [dimension.dim_value for dimension
                              in value.type.tensor_type.shape.dim]
    for tensor in inferred.initializer:
        shapes[tensor.name] = list(tensor.dims)
    return shapes


def count_macs(node, shapes):
    """Multiply-accumulate operations of one node."""
    if node.op_type not in ("MatMul", "Gemm", "Conv", "FusedMatMul"):
        return 0
    left, right = (shapes[name] for name in node.input[:2])
    if node.op_type == "Conv":
        return math.prod(shapes[node.output[0]]) * math.prod(right[1:])
    attributes = {attribute.name: attribute.i for attribute in node.attribute}
    inner = left[-2 if attributes.get("transA") else -1]
    return math.prod(shapes[node.output[0]]) * inner


def is_mask(array):
    """Whether the array is zero where a score is kept, and low elsewhere."""
    values = numpy.unique(array)
    return len(values) == 2 and values[1] == 0 and values[0] <= -100


def is_angle_table(array):
    """Whether the array holds each number for both members of a pair."""
    half = array.shape[-1] // 2 if array.ndim > 1 else 0
    return (half > 0 and array.shape[-1] == 2 * half
            and numpy.array_equal(array[..., :half], array[..., half:])
            and len(numpy.unique(array)) > 1)


def find_quantized(nodes):
    """Names of stored integers, and of what only says how they are scaled."""
    stored, scales = set(), set()
    for node in nodes:
        if node.op_type == "DequantizeLinear":
            stored.add(node.input[0])
        if node.op_type in ("QuantizeLinear", "DequantizeLinear"):
            scales.update(node.input[1:])
    return stored, scales


def count_parameters(nodes, tensors):
    """Elements of all parameters; masks are none. A table of angles counts once
    for each pair, and once if the optimizer has copied it."""
    count, tables = 0, set()
    stored, scales = find_quantized(nodes)
    for tensor in tensors:
        array = numpy_helper.to_array(tensor)
        is_number = array.dtype.kind == "f" or tensor.name in stored
        if (not is_number or tensor.name in scales or array.size <= 1
                or is_mask(array)):
            continue
        if not is_angle_table(array):
            count += array.size
        elif array.tobytes() not in tables:
            tables.add(array.tobytes())
            count += array.size // 2
    return count


def count(model):
    shapes = infer_shapes(model)
    used = {name for node in model.graph.node for name in node.input}
    return {
        "macs": sum(count_macs(node, shapes) for node in model.graph.node),
        "parameters": count_parameters(
            model.graph.node,
            [tensor for tensor in model.graph.initializer
             if tensor.name in used]),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--dim", action="append", default=[])
    parser.add_argument("--compare", type=pathlib.Path)
    options = parser.parse_args()
    sizes = {name: int(size) for name, size
             in (dim.split("=") for dim in options.dim)}
    model = onnx.load(options.model)
    set_dimensions(model, sizes)
    expected = count(fold_constants(model))
    print(f"{expected['macs']} MACs, {expected['parameters']} parameters")
    if not options.compare:
        return
    summary = json.loads(options.compare.read_text())
    total = summary["total"]
    found = {"macs": total["static_macs"] + total["dynamic_macs"],
             "parameters": summary["parameters"]["elements"]}
    if found != expected or not expected["macs"]:
        sys.exit(f"error: the summary has {found['macs']} MACs and "
                 f"{found['parameters']} parameters")


if __name__ == "__main__":
    main()
