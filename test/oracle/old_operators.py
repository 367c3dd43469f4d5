#!/usr/bin/python3
"""Writes models of old operator sets, in which operators have the attributes
that later became inputs.

usage: old_operators.py FOLDER

Each model FOLDER/opset<N>.onnx holds the operators of one set, each applied to
the inputs x, of 2x3x4x5 floats, or m, of 3x4, with an output of its own.
"""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

X, M = [2, 3, 4, 5], [3, 4]


class Model:
    """Nodes with an output each."""

    def __init__(self, opset):
        self.opset = opset
        self.nodes, self.outputs, self.initializers = [], [], []

    def add(self, operator, *inputs, of=TensorProto.FLOAT, outputs=1,
            **attributes):
        """Adds a node; arrays among its inputs become constants."""
        names = [value if isinstance(value, str) else self.constant(value)
                 for value in inputs]
        number = len(self.nodes)
        results = [f"y{number}_{i}_{operator}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, names, results,
                                           f"node{number}", **attributes))
        kinds = of if isinstance(of, list) else [of] * outputs
        self.outputs += [helper.make_tensor_value_info(result, kind, None)
                         for result, kind in zip(results, kinds)]

    def constant(self, value):
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def write(self, folder):
        inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
                  for name, shape in (("x", X), ("m", M))]
        graph = helper.make_graph(self.nodes, f"opset{self.opset}", inputs,
                                  self.outputs, self.initializers)
        model = helper.make_model(
            graph, ir_version=7,
            opset_imports=[helper.make_opsetid("", self.opset)])
        onnx.save(model, folder / f"opset{self.opset}.onnx")


def floats(*values):
    return numpy.array(values, numpy.float32)


def integers(*values):
    return numpy.array(values, numpy.int64)


def add_shapes(model):
    """Shapes, in forms that hold before opset 13."""
    model.add("Unsqueeze", "m", axes=[0, 2])
    model.add("Squeeze", numpy.ones([1, 3, 1, 2], numpy.float32), axes=[2])
    model.add("Squeeze", numpy.ones([1, 3, 1, 2], numpy.float32))
    model.add("Split", "m", outputs=2, axis=1, split=[1, 3])
    model.add("Split", "m", outputs=2, axis=1)
    model.add("Flatten", "x", axis=2)
    model.add("Reshape", "x", integers(0, -1, 5))
    model.add("Transpose", "x")
    if model.opset >= 8:
        model.add("Expand", floats([1], [2], [3]), integers(2, 1, 4))
    model.add("Tile", "m", integers(2, 1))


def add_reductions(model):
    """Reductions, all with axes as an attribute."""
    for name in ("Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare",
                 "LogSumExp"):
        model.add(f"Reduce{name}", "x", axes=[1, 3])
        model.add(f"Reduce{name}", "x", axes=[2], keepdims=0)
        model.add(f"Reduce{name}", "x")
    model.add("ArgMax", "x", of=TensorProto.INT64, axis=2, keepdims=0)
    model.add("ArgMin", "x", of=TensorProto.INT64)


def add_rows(model):
    """What worked on rows: all dimensions from an axis on, merged."""
    for name in ("Softmax", "LogSoftmax", "Hardmax"):
        model.add(name, "x")
        model.add(name, "x", axis=2)
        model.add(name, "x", axis=3)


def add_kernels(model):
    """Pooling, convolution and normalization."""
    image = {"kernel_shape": [3, 2], "strides": [2, 1], "pads": [1, 0, 1, 1]}
    model.add("MaxPool", "x", **image)
    model.add("AveragePool", "x", **image)
    model.add("AveragePool", "x", count_include_pad=1, **image)
    model.add("AveragePool", "x", kernel_shape=[3, 3], auto_pad="SAME_LOWER")
    model.add("LpPool", "x", p=3, **image)
    model.add("GlobalLpPool", "x", p=1)
    model.add("GlobalMaxPool", "x")
    model.add("GlobalAveragePool", "x")
    weight = numpy.linspace(-1, 1, 36, dtype=numpy.float32)
    model.add("Conv", "x", weight.reshape(6, 1, 3, 2), floats(*range(6)),
              group=3, strides=[2, 1], pads=[1, 0, 1, 1])
    model.add("ConvTranspose", "x", weight.reshape(3, 2, 3, 2),
              strides=[2, 3], pads=[1, 0, 0, 1], output_padding=[1, 2])
    model.add("LRN", "x", size=3, alpha=0.5, beta=0.6, bias=1.5)
    channels = [floats(1, 2, 3), floats(-1, 0, 1), floats(0, 0.5, 1),
                floats(1, 2, 0.5)]
    model.add("BatchNormalization", "x", *channels, epsilon=0.01)
    model.add("InstanceNormalization", "x", *channels[:2])


def add_elements(model):
    """Elementwise operators whose limits were attributes."""
    model.add("PRelu", "x", floats([[0.5]], [[0.25]], [[-1]]))
    model.add("Pow", "m", floats(2, 1, 3, 0))
    model.add("Cast", "m", of=TensorProto.INT32, to=TensorProto.INT32)
    model.add("Sum", "x", "x", "x")
    model.add("Mean", "m", "m", "m")
    model.add("Gemm", "m", "m", floats(1, 2, 3), alpha=0.5, beta=2.0, transB=1)


def opset7():
    model = Model(7)
    add_shapes(model)
    add_reductions(model)
    add_rows(model)
    add_kernels(model)
    add_elements(model)
    model.add("Clip", "x", min=-0.5, max=0.25)
    model.add("Clip", "x", min=0.0)
    model.add("Dropout", "x", ratio=0.7)
    model.add("Pad", "x", pads=[0, 1, 0, 2, 0, 0, 1, -1], value=0.5)
    model.add("Pad", "x", pads=[0, 0, 2, 1, 0, 0, 3, 4], mode="reflect")
    model.add("Pad", "x", pads=[0, 0, 2, 1, 0, 0, 3, 4], mode="edge")
    model.add("Slice", "x", starts=[1, -3], ends=[9, -1], axes=[1, 3])
    model.add("Slice", "x", starts=[0, 1], ends=[1, 2])
    model.add("Upsample", "x", scales=[1.0, 1.0, 2.0, 3.0])
    model.add("Upsample", "x", scales=[1.0, 1.0, 2.0, 1.5], mode="linear")
    model.add("TopK", "x", outputs=2, k=2, of=[TensorProto.FLOAT,
                                               TensorProto.INT64])
    return model


def opset9():
    model = Model(9)
    model.add("Upsample", "x", floats(1, 1, 2, 3))
    model.add("Slice", "x", starts=[-2], ends=[2**31], axes=[3])
    model.add("OneHot", integers(0, 2, 1), integers(3), floats(-1, 1))
    model.add("Scatter", "m", integers([0, 1], [3, 2]),
              floats([1, 2], [3, 4]), axis=1)
    model.add("Where", numpy.array([True, False, True, False]), "m",
              floats(0))
    model.add("Shrink", "m", lambd=0.4, bias=0.1)
    model.add("Compress", "x", numpy.array([False, True, True]), axis=1)
    model.add("EyeLike", "m", k=-1)
    model.add("MeanVarianceNormalization", "x")
    return model


def opset10():
    model = Model(10)
    model.add("Resize", "x", floats(1, 1, 2, 3))
    model.add("Resize", "x", floats(1, 1, 1.5, 2), mode="linear")
    model.add("Slice", "x", integers(3), integers(-9), integers(2),
              integers(-2))
    model.add("TopK", "x", integers(3), axis=1, outputs=2,
              of=[TensorProto.FLOAT, TensorProto.INT64])
    model.add("Dropout", "x")
    model.add("AveragePool", "x", kernel_shape=[3, 2], strides=[2, 2],
              ceil_mode=1)
    model.add("MaxPool", "x", kernel_shape=[2, 2], strides=[3, 3],
              dilations=[1, 2], ceil_mode=1)
    model.add("MaxPool", "x", kernel_shape=[2, 2], outputs=2, storage_order=1,
              of=[TensorProto.FLOAT, TensorProto.INT64])
    model.add("ThresholdedRelu", "x", alpha=0.3)
    model.add("ReverseSequence", "m", integers(2, 4, 1), batch_axis=0,
              time_axis=1)
    return model


def opset12():
    model = Model(12)
    add_shapes(model)
    add_reductions(model)
    add_rows(model)
    model.add("Clip", "x", floats(-0.5).reshape(()), floats(1).reshape(()))
    model.add("Clip", "x", "", floats(0.25).reshape(()))
    model.add("Pad", "x", integers(0, 1, 0, 2, 0, 0, 1, 1),
              floats(0.5).reshape(()))
    model.add("CumSum", "x", numpy.array(-1, numpy.int32), exclusive=1,
              reverse=1)
    model.add("ArgMax", "x", of=TensorProto.INT64, axis=3, select_last_index=1)
    model.add("Einsum", "x", "m", equation="...ij,ki->...kj")
    model.add("Einsum", "m", "m", equation="ij,ij")
    model.add("GatherND", "x", integers([1], [0]), batch_dims=1)
    model.add("GatherElements", "m", integers([0, -1], [1, 1], [2, 0]), axis=1)
    model.add("ScatterElements", "m", integers([0, 1]), floats([8, 9]), axis=1)
    model.add("ScatterND", "m", integers([1], [0]),
              floats([1, 2, 3, 4], [5, 6, 7, 8]))
    model.add("Dropout", "x", floats(0.5).reshape(()))
    sizes = {"coordinate_transformation_mode": "align_corners"}
    model.add("Resize", "x", floats(), floats(1, 1, 2, 3))
    model.add("Resize", "x", floats(), floats(), integers(2, 3, 7, 3),
              mode="linear", **sizes)
    model.add("Resize", "x", floats(), floats(1, 1, 1.5, 2), mode="cubic")
    model.add("Resize", "x", floats(), floats(1, 1, 0.5, 2),
              nearest_mode="ceil",
              coordinate_transformation_mode="asymmetric")
    model.add("NegativeLogLikelihoodLoss", "m", integers(1, 3, 0))
    model.add("SoftmaxCrossEntropyLoss", "m", integers(1, 3, 0),
              floats(1, 2, 0.5, 3), outputs=2, ignore_index=3)
    return model


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for model in (opset7(), opset9(), opset10(), opset12()):
        model.write(folder)


if __name__ == "__main__":
    main()
