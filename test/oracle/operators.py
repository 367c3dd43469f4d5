#!/usr/bin/python3
"""Compares operators with ONNX Runtime, each variant in a model of its own.

usage: operators.py FAMILY --output-dir DIR [--only TEXT]

FAMILY names a module in variants/, whose variants() yields the models. Each is
run by ONNX Runtime without optimizations and by atleus. Prints a line for each
variant that differs and, last, how many were equal; fails if any differs.
"""

import argparse
import importlib
import pathlib
import shutil
import subprocess
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper
from onnx.mapping import NP_TYPE_TO_TENSOR_TYPE

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-5
IR_VERSION = 10


class Variant:
    """A model of one node.

    `inputs` is a list of (name, array) in the order of the operator's inputs,
    an array of None for an input that is left out. Inputs named in `static` are
    initializers. An output named '' is left out, one named 'int_...' is of
    integers. A `reference` is a variant of
    the same outputs that ONNX Runtime runs instead, where it cannot run this
    one.
    """

    def __init__(self, name, operator, inputs, outputs, attributes=None,
                 domain="", opset=23, static=(), reference=None):
        self.name = name
        self.operator = operator
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes or {}
        self.domain = domain
        self.opset = opset
        self.static = static
        self.reference = reference

    def feeds(self):
        """The inputs of the model: those of the node that are not static."""
        return [(name, array) for name, array in self.inputs
                if array is not None and name not in self.static]

    def model(self):
        node = helper.make_node(
            self.operator,
            [name if array is not None else "" for name, array in self.inputs],
            self.outputs, name=self.operator, domain=self.domain,
            **self.attributes)
        while node.input and not node.input[-1]:
            del node.input[-1]
        infos = [helper.make_tensor_value_info(
            name, NP_TYPE_TO_TENSOR_TYPE[array.dtype], array.shape)
            for name, array in self.feeds()]
        outputs = [helper.make_tensor_value_info(
            name, TensorProto.INT32 if name.startswith("int_")
            else TensorProto.FLOAT, None) for name in self.outputs if name]
        initializers = [numpy_helper.from_array(array, name)
                        for name, array in self.inputs
                        if name in self.static and array is not None]
        graph = helper.make_graph([node], "g", infos, outputs, initializers)
        imports = [helper.make_opsetid("", self.opset)]
        if self.domain:
            imports.append(helper.make_opsetid(self.domain, 1))
        return helper.make_model(graph, opset_imports=imports,
                                 ir_version=IR_VERSION)


def write_case(folder, variant):
    folder.mkdir()
    (folder / "model.onnx").write_bytes(variant.model().SerializeToString())
    for name, array in variant.feeds():
        numpy.save(folder / f"input.{name}.npy", array)


def run_atleus(folder, variant):
    """Runs the model; returns what was said if it failed, else None."""
    command = ["atleus", "run", folder / "model.onnx",
               "--output-dir", folder / "results"]
    for name, _ in variant.feeds():
        command += ["--input", f"{name}={folder}/input.{name}.npy"]
    result = subprocess.run(command, capture_output=True, text=True)
    return result.stderr.strip() if result.returncode else None


def difference(a, b):
    """max |a - b| / max |b|, or a text that says why they do not compare."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return f"is {a.dtype}{list(a.shape)}, not {b.dtype}{list(b.shape)}"
    a, b = a.astype(numpy.float64), b.astype(numpy.float64)
    if not numpy.isfinite(b).all() or not b.any():
        return "has a reference of zeros or of numbers that are not finite"
    if not numpy.isfinite(a).all():
        return "has numbers that are not finite"
    error = abs(a - b).max() / abs(b).max()
    return None if error <= TOLERANCE else f"differs by {error:.3g}"


def compare(folder, reference, variant):
    """Says what is wrong with the results of a variant, or returns None."""
    error = reference / "reference.error.txt"
    if error.exists():
        return f"ONNX Runtime fails: {error.read_text().strip()}"
    said = run_atleus(folder, variant)
    if said is not None:
        return said
    for name in filter(None, variant.outputs):
        found = difference(numpy.load(folder / "results" / f"{name}.npy"),
                           numpy.load(reference / f"reference.{name}.npy"))
        if found:
            return f"output '{name}' {found}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("family")
    parser.add_argument("--output-dir", type=pathlib.Path, required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    module = importlib.import_module(f"variants.{options.family}")
    variants = [variant for variant in module.variants()
                if options.only in variant.name]
    shutil.rmtree(options.output_dir, ignore_errors=True)
    options.output_dir.mkdir(parents=True)
    references = options.output_dir / "references"
    references.mkdir()
    for variant in variants:
        write_case(options.output_dir / variant.name, variant)
        write_case(references / variant.name, variant.reference or variant)
    subprocess.run(["node", HERE / "cases.mjs", references], check=True)
    failures = 0
    for variant in variants:
        problem = compare(options.output_dir / variant.name,
                          references / variant.name, variant)
        if problem:
            failures += 1
            print(f"{variant.name}: {problem}")
    print(f"{len(variants) - failures} of {len(variants)} variants equal")
    sys.exit(failures != 0 or not variants)


if __name__ == "__main__":
    # The families import Variant from this module under its own name.
    sys.modules["operators"] = sys.modules["__main__"]
    main()
