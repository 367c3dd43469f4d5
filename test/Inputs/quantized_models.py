"""Builds small quantized ONNX models, as quantizers write them.

A Graph collects nodes and initializers under numbered names. Element types are
given by ONNX's numbers, because the onnx package may be older than some of them.
"""

import numpy
from onnx import TensorProto, helper, numpy_helper

FLOAT, UINT8, INT8, UINT16, INT32 = 1, 2, 3, 4, 6
FLOAT16, BFLOAT16, UINT4, INT4 = 10, 16, 21, 22

RANGES = {UINT8: (0, 255), INT8: (-128, 127), UINT4: (0, 15), INT4: (-8, 7),
          UINT16: (0, 65535)}
PLAIN = {FLOAT: numpy.float32, UINT8: numpy.uint8, INT8: numpy.int8,
         INT32: numpy.int32, FLOAT16: numpy.float16, UINT16: numpy.uint16}


def pack(values, data_type):
    """The bytes of a tensor's raw_data."""
    values = numpy.asarray(values)
    if data_type == BFLOAT16:
        words = values.astype(numpy.float32).view(numpy.uint32)
        rounded = words + 0x7fff + ((words >> 16) & 1)
        return (rounded >> 16).astype(numpy.uint16).tobytes()
    if data_type not in (UINT4, INT4):
        return values.astype(PLAIN[data_type]).tobytes()
    nibbles = (values.astype(numpy.int64).ravel() & 15).astype(numpy.uint8)
    nibbles = numpy.append(nibbles, numpy.zeros(nibbles.size % 2, numpy.uint8))
    return (nibbles[::2] | nibbles[1::2] << 4).astype(numpy.uint8).tobytes()


class Graph:
    """A graph under construction."""

    def __init__(self, seed=0):
        self.random = numpy.random.default_rng(seed)
        self.nodes, self.initializers = [], []

    def constant(self, name, values, data_type=FLOAT):
        values = numpy.asarray(values)
        self.initializers.append(TensorProto(
            name=name, data_type=data_type, dims=values.shape,
            raw_data=pack(values, data_type)))
        return name

    def node(self, op, inputs, count=1, **attributes):
        """Adds a node; returns its output, or a list of several."""
        name = f"{op}_{len(self.nodes)}"
        outputs = [f"{name}_output_{i}" for i in range(count)]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name,
                                           **attributes))
        return outputs if count > 1 else outputs[0]

    def fake_quantize(self, value, scale, zero_point, data_type=UINT8):
        """QuantizeLinear and DequantizeLinear with one scale."""
        name = f"q{len(self.nodes)}"
        numbers = [self.constant(name + ".scale", numpy.float32(scale)),
                   self.constant(name + ".zero_point", zero_point, data_type)]
        stored = self.node("QuantizeLinear", [value, *numbers])
        return self.node("DequantizeLinear", [stored, *numbers])

    def weight(self, name, values, data_type=INT8, axis=None, block=0,
               zero_points=False):
        """A weight in integers behind a DequantizeLinear: one scale, one for
        each index of `axis`, or one for each block of `block` there."""
        low, high = RANGES[data_type]
        blocks = values
        if block:
            shape = list(values.shape)
            shape[axis:axis + 1] = [shape[axis] // block, block]
            blocks = values.reshape(shape)
            reduced = (axis + 1,)
        else:
            reduced = tuple(i for i in range(values.ndim) if i != axis)
        least = numpy.minimum(blocks.min(axis=reduced, keepdims=True), 0)
        most = numpy.maximum(blocks.max(axis=reduced, keepdims=True), 0)
        if low == 0 or zero_points:
            scales = ((most - least) / (high - low)).astype(numpy.float32)
            zeros = numpy.clip(numpy.rint(low - least / scales), low, high)
        else:
            scales = (numpy.maximum(-least, most) / high).astype(numpy.float32)
            zeros = numpy.zeros_like(scales)
        stored = numpy.clip(numpy.rint(blocks / scales) + zeros, low, high)
        if block:
            numbers = [numpy.squeeze(n, axis + 1) for n in (scales, zeros)]
        elif axis is None:
            numbers = [n.reshape(()) for n in (scales, zeros)]
        else:
            numbers = [n.ravel() for n in (scales, zeros)]
        attributes = {} if axis is None else {"axis": axis}
        if block:
            attributes["block_size"] = block
        return self.node("DequantizeLinear", [
            self.constant(name, stored.reshape(values.shape), data_type),
            self.constant(name + ".scale", numbers[0]),
            self.constant(name + ".zero_point", numbers[1], data_type)],
            **attributes)

    def normal(self, *shape):
        return self.random.standard_normal(shape).astype(numpy.float32)

    def linear(self, value, size, features, name, bias=True, **how):
        """A product with a quantized weight, and a bias."""
        how.setdefault("axis", 1)
        weights = self.normal(size, features) / numpy.float32(size ** 0.5)
        result = self.node("MatMul", [value, self.weight(name + ".weight",
                                                         weights, **how)])
        if not bias:
            return result
        return self.node("Add", [result, self.constant(
            name + ".bias", self.normal(features) / 4)])

    def model(self, inputs, outputs, opset=13, domains=()):
        """Inputs: name -> (type, shape). Outputs: value -> (name, type,
        shape)."""
        for value, (name, _, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [value], [name]))
        graph = helper.make_graph(
            self.nodes, "quantized",
            [helper.make_tensor_value_info(name, *what)
             for name, what in inputs.items()],
            [helper.make_tensor_value_info(name, kind, shape)
             for name, kind, shape in outputs.values()],
            self.initializers)
        # A newer operator set needs a newer version of the format.
        return helper.make_model(
            graph, ir_version=10 if opset > 19 else 8,
            opset_imports=[helper.make_opsetid("", opset),
                           *(helper.make_opsetid(d, 1) for d in domains)])


def float_layer(data_type, rounded=False):
    """A feed-forward layer with its norm in floats of one type, with weights
    that may be rounded to bfloat16."""
    graph = Graph(seed=9)

    def number(name, values):
        values = numpy.asarray(values, numpy.float32)
        if rounded:
            words = numpy.frombuffer(pack(values, BFLOAT16), numpy.uint16)
            values = (words.astype(numpy.uint32) << 16).view(
                numpy.float32).reshape(values.shape)
        return graph.constant(name, values, data_type)

    def linear(value, size, features, name):
        weight = number(name + ".weight", graph.normal(size, features) / 4)
        bias = number(name + ".bias", graph.normal(features) / 4)
        return graph.node("Add", [graph.node("MatMul", [value, weight]), bias])

    h = graph.node("LayerNormalization", [
        "x", number("norm.weight", 1 + graph.normal(16) / 8),
        number("norm.bias", graph.normal(16) / 8)], epsilon=1e-5)
    h = linear(h, 16, 32, "up")
    h = graph.node("Mul", [h, graph.node("Sigmoid", [h])])
    probabilities = graph.node("Softmax", [linear(h, 32, 16, "down")], axis=-1)
    y = graph.node("Add", [probabilities, "x"])
    shape = [1, 6, 16]
    return graph.model({"x": (data_type, shape)},
                       {y: ("y", data_type, shape)}, opset=17)


def narrow_floats(model, data_type=FLOAT16):
    """Changes every float of a model to 16 bits, as converters do: what is
    beyond the range, such as the number that hides tokens, is the largest."""
    def narrow(tensor):
        if tensor.data_type == FLOAT:
            values = numpy_helper.to_array(tensor).clip(-65504, 65504)
            tensor.CopyFrom(TensorProto(
                name=tensor.name, data_type=data_type, dims=values.shape,
                raw_data=pack(values, data_type)))

    for tensor in model.graph.initializer:
        narrow(tensor)
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                narrow(attribute.t)
            if node.op_type == "Cast" and attribute.i == FLOAT:
                attribute.i = data_type
    for value in [*model.graph.input, *model.graph.output,
                  *model.graph.value_info]:
        if value.type.tensor_type.elem_type == FLOAT:
            value.type.tensor_type.elem_type = data_type
    return model
