#!/usr/bin/python3
"""Makes the ONNX models that a test file describes.

usage: make_onnx.py TEST FOLDER

A line '#--- NAME.onnx' begins a model in ONNX's text format; FOLDER/NAME.onnx
is written from it. A line '#--- NAME.py' begins Python that sets `model` to a
ModelProto or to bytes, for what the text cannot say; FOLDER/NAME.onnx is written
from that. Other lines with '#' are left out, so that RUN and CHECK lines can
stand beside the model. FOLDER is made anew.

The text has two additions: a node's name is written as an attribute, as in
'y = Relu <node_name = "/layer.0/Relu"> (x)', and an input or output '_' is one
that is left out.
"""

import pathlib
import re
import shutil
import sys

import numpy
import onnx
import onnx.numpy_helper
import onnx.parser
from onnx import TensorProto, helper

PART = re.compile(r"^#--- (\S+)\.(onnx|py)$")


def parts(path):
    """Yields (name, kind, text) of the models in a test file."""
    name = kind = None
    lines = []
    for line in path.read_text().splitlines():
        match = PART.match(line)
        if match:
            if name:
                yield name, kind, "\n".join(lines)
            (name, kind), lines = match.groups(), []
        elif not line.startswith("#"):
            lines.append(line)
    if name:
        yield name, kind, "\n".join(lines)


def finish_nodes(nodes):
    """Carries out the additions to the text, in subgraphs too."""
    for node in nodes:
        for names in (node.input, node.output):
            names[:] = ["" if name == "_" else name for name in names]
        for attribute in list(node.attribute):
            finish_nodes(attribute.g.node)
            if attribute.name == "node_name":
                node.name = attribute.s.decode()
                node.attribute.remove(attribute)


def text_model(text):
    """A model in ONNX's text format."""
    model = onnx.parser.parse_model(text)
    finish_nodes(model.graph.node)
    for function in model.functions:
        finish_nodes(function.node)
    return model


def model_with(*initializers, inputs="float[4] x", body="y = Identity(x)",
               outputs="float[4] y", opset=17):
    """A small model, with initializers that the text cannot say."""
    model = text_model(f'<ir_version: 8, opset_import: ["" : {opset}]> '
                       f"g ({inputs}) => ({outputs}) {{ {body} }}")
    model.graph.initializer.extend(initializers)
    return model


def tensor(name, data_type, dims, **fields):
    """A TensorProto, whatever its fields say."""
    return TensorProto(name=name, data_type=data_type, dims=dims, **fields)


def external(name, data_type, dims, **entries):
    """A TensorProto whose data stands in another file."""
    result = tensor(name, data_type, dims,
                    data_location=TensorProto.EXTERNAL)
    for key, value in entries.items():
        result.external_data.add(key=key, value=str(value))
    return result


def field(number, data):
    """A length-delimited protobuf field."""
    def varint(value):
        return (bytes([value]) if value < 0x80
                else bytes([value & 0x7f | 0x80]) + varint(value >> 7))
    return varint(number << 3 | 2) + varint(len(data)) + data


def python_model(text, folder):
    scope = {"TensorProto": TensorProto, "external": external, "field": field,
             "folder": folder, "helper": helper, "model_with": model_with,
             "numpy": numpy, "onnx": onnx, "tensor": tensor,
             "text_model": text_model}
    exec(text, scope)  # The tests are the project's own.
    return scope["model"]


def main():
    test, folder = map(pathlib.Path, sys.argv[1:])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, kind, text in parts(test):
        model = (text_model(text) if kind == "onnx"
                 else python_model(text, folder))
        data = model if isinstance(model, bytes) else model.SerializeToString()
        (folder / f"{name}.onnx").write_bytes(data)


if __name__ == "__main__":
    main()
