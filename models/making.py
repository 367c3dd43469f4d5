"""What the tests of make.py share: small models and values for their inputs."""

import contextlib
import importlib.util
import io
import pathlib

import make

HAS_TORCH = all(
    importlib.util.find_spec(name)
    for name in ("torch", "torchvision", "torchaudio", "onnx")
)
HAS_ORACLE = (
    pathlib.Path(__file__).resolve().parent.parent
    / "test"
    / "oracle"
    / "node_modules"
    / "onnxruntime-node"
).exists()
VOCAB = 50


def run_make(*arguments):
    """Runs make.py in this process and returns what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        make.run(list(arguments))
    return printed.getvalue()


def random_inputs(graph, dimensions):
    """Random values for the inputs of an ONNX graph, the masks all ones."""
    import numpy

    random = numpy.random.RandomState(0)
    inputs = {}
    for value in graph.input:
        tensor = value.type.tensor_type
        dims = [
            dimensions[dim.dim_param] if dim.dim_param else dim.dim_value
            for dim in tensor.shape.dim
        ]
        if value.name == "attention_mask":
            inputs[value.name] = numpy.ones(dims, numpy.int64)
        elif value.name.endswith("padding_mask"):
            inputs[value.name] = numpy.zeros(dims, numpy.bool_)
            inputs[value.name][:, -1] = True
        elif value.name in ("token_type_ids", "labels"):
            inputs[value.name] = random.randint(0, 2, dims)
        elif value.name.endswith("_ids"):
            inputs[value.name] = random.randint(0, VOCAB, dims)
        else:
            values = numpy.asarray(random.randn(*dims))
            inputs[value.name] = values.astype(numpy.float32)
    return inputs
