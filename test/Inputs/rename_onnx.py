#!/usr/bin/python3
"""Gives inputs, outputs and open dimensions of a model names that say nothing.

usage: rename_onnx.py MODEL.ONNX OUT.ONNX
"""

import sys

import onnx


def main():
    model = onnx.load(sys.argv[1])
    values, dimensions = {}, {}
    for tensor in [*model.graph.input, *model.graph.output]:
        tensor.name = values.setdefault(tensor.name, f"t{len(values)}")
        for dim in tensor.type.tensor_type.shape.dim:
            if dim.dim_param:
                dim.dim_param = dimensions.setdefault(
                    dim.dim_param, f"d{len(dimensions)}")
    for node in model.graph.node:
        node.input[:] = [values.get(name, name) for name in node.input]
        node.output[:] = [values.get(name, name) for name in node.output]
    onnx.save(model, sys.argv[2])


if __name__ == "__main__":
    main()
