#!/usr/bin/python3
"""Quantizes an ONNX model as ONNX Runtime's static quantizer does.

usage: quantize.py MODEL CALIBRATION.npz RESULT

Every operand of a product (MatMul, Gemm, Conv) goes through QuantizeLinear and
DequantizeLinear: activations as unsigned bytes with the range that they have in
the calibration samples, weights as signed bytes with a scale for each feature,
biases of Gemm and Conv as 32-bit integers with the scale of the sums. ONNX
Runtime runs the samples; otherwise numpy and onnx are all that is needed.
"""

import argparse
import pathlib
import sys
import tempfile

import numpy
import onnx
from onnx import helper, numpy_helper

import oracle

PRODUCTS = ("MatMul", "Gemm", "Conv")


def find_parameters(graph):
    """Initializers and tensors of Constant nodes, by name."""
    found = {tensor.name: numpy_helper.to_array(tensor)
             for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.name == "value":
                    found[node.output[0]] = numpy_helper.to_array(attribute.t)
    return found


def operands(node, parameters):
    """Yields the index of each operand of a product and whether it is one of
    the parameters."""
    for index in (0, 1):
        yield index, node.input[index] in parameters


def activations(graph, parameters):
    """The values to observe, each once, in the order of the graph."""
    names = {}
    for node in graph.node:
        if node.op_type in PRODUCTS:
            for index, is_parameter in operands(node, parameters):
                if not is_parameter:
                    names[node.input[index]] = None
    return list(names)


def observe(model, names, samples):
    """The least and the greatest element of each value in all samples."""
    observed = onnx.ModelProto()
    observed.CopyFrom(model)
    del observed.graph.output[:]
    for index, name in enumerate(names):
        observed.graph.node.append(
            helper.make_node("Identity", [name], [f"observed{index}"]))
        observed.graph.output.append(
            helper.make_empty_tensor_value_info(f"observed{index}"))
        observed.graph.output[-1].type.tensor_type.elem_type = 1
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "observed.onnx"
        onnx.save(observed, path)
        values = oracle.run(path, samples, per_sample=True)
    return {name: (min(0.0, float(values[f"observed{index}"].min())),
                   max(0.0, float(values[f"observed{index}"].max())))
            for index, name in enumerate(names)}


def feature_axis(node, rank):
    """The axis of a weight along which its features lie."""
    if node.op_type == "Conv":
        return 0
    transposed = any(a.name == "transB" and a.i for a in node.attribute)
    return 0 if transposed else rank - 1


class Quantizer:
    """Writes the nodes and numbers of a quantized graph."""

    def __init__(self, graph, parameters, ranges):
        self.graph, self.parameters, self.ranges = graph, parameters, ranges
        self.nodes, self.dequantized, self.scales = [], {}, {}

    def constant(self, name, values):
        self.graph.initializer.append(numpy_helper.from_array(values, name))
        return name

    def dequantize(self, stored, name, numbers, **attributes):
        self.nodes.append(helper.make_node(
            "DequantizeLinear", [stored, *numbers], [name + "_dequantized"],
            name=name + "_DequantizeLinear", **attributes))
        return name + "_dequantized"

    def activation(self, name):
        if name in self.dequantized:
            return self.dequantized[name]
        least, most = self.ranges[name]
        scale = numpy.float32((most - least) / 255 or 1)
        zero_point = numpy.uint8(numpy.clip(numpy.rint(-least / scale), 0, 255))
        numbers = [self.constant(name + "_scale", numpy.asarray(scale)),
                   self.constant(name + "_zero_point",
                                 numpy.asarray(zero_point))]
        stored = name + "_quantized"
        self.nodes.append(helper.make_node(
            "QuantizeLinear", [name, *numbers], [stored],
            name=name + "_QuantizeLinear"))
        self.dequantized[name] = self.dequantize(stored, name, numbers)
        self.scales[name] = scale
        return self.dequantized[name]

    def weight(self, name, axis):
        if name in self.dequantized:
            return self.dequantized[name]
        values = self.parameters[name]
        others = tuple(i for i in range(values.ndim) if i != axis)
        largest = numpy.abs(values).max(axis=others, keepdims=True)
        scales = numpy.where(largest == 0, 1, largest / 127).astype("float32")
        stored = numpy.rint(values / scales).clip(-127, 127).astype("int8")
        numbers = [self.constant(name + "_scale", scales.ravel()),
                   self.constant(name + "_zero_point",
                                 numpy.zeros(scales.size, "int8"))]
        self.scales[name] = scales.ravel()
        self.dequantized[name] = self.dequantize(
            self.constant(name + "_quantized", stored), name, numbers,
            axis=axis)
        return self.dequantized[name]

    def bias(self, name, scales):
        values = self.parameters[name]
        if values.shape != scales.shape:
            return name
        stored = numpy.rint(values / scales).astype("int32")
        return self.dequantize(
            self.constant(name + "_quantized", stored), name,
            [self.constant(name + "_scale", scales.astype("float32"))], axis=0)

    def product(self, node):
        data, weight = node.input[0], node.input[1]
        for index, is_parameter in operands(node, self.parameters):
            name = node.input[index]
            if not is_parameter:
                node.input[index] = self.activation(name)
            elif self.parameters[name].ndim > 1:
                node.input[index] = self.weight(
                    name, feature_axis(node, self.parameters[name].ndim))
        known = data in self.scales and weight in self.scales
        if known and len(node.input) > 2 and node.input[2] in self.parameters:
            node.input[2] = self.bias(
                node.input[2], self.scales[data] * self.scales[weight])

    def run(self):
        for node in self.graph.node:
            if node.op_type in PRODUCTS:
                self.product(node)
            self.nodes.append(node)
        del self.graph.node[:]
        self.graph.node.extend(self.nodes)
        self.drop_unused()

    def drop_unused(self):
        used = {name for node in self.nodes for name in node.input}
        used.update(output.name for output in self.graph.output)
        kept = [tensor for tensor in self.graph.initializer
                if tensor.name in used]
        del self.graph.initializer[:]
        self.graph.initializer.extend(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("calibration", help=".npz with samples of each input")
    parser.add_argument("result")
    options = parser.parse_args()
    model = onnx.load(options.model)
    samples = dict(numpy.load(options.calibration))
    parameters = find_parameters(model.graph)
    names = activations(model.graph, parameters)
    try:
        ranges = observe(model, names, samples)
    except oracle.OracleError as error:
        sys.exit(f"error: {error}")
    Quantizer(model.graph, parameters, ranges).run()
    onnx.save(model, options.result)


if __name__ == "__main__":
    main()
