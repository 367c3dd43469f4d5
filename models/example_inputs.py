"""Seeded values for the inputs of an ONNX model."""

import numpy

NUMPY_TYPES = {1: numpy.float32, 6: numpy.int32, 7: numpy.int64, 9: numpy.bool_}
DEFAULT_VOCABULARY = 50
TRAINING_SCALARS = {"learning_rate": 0.5, "step": 5}


class UnknownInput(Exception):
    """An input whose size or type cannot be made up."""


def random_inputs(graph, sizes, vocabulary=DEFAULT_VOCABULARY):
    """Values for the inputs of an ONNX graph that no initializer gives.

    `sizes` gives the dimensions that the graph leaves open. Tokens are below
    `vocabulary`; of each mask the last place is hidden, and nothing else.
    """
    random = numpy.random.RandomState(0)
    given = {initializer.name for initializer in graph.initializer}
    updated = {output.name for output in graph.output}
    inputs = {}
    for value in graph.input:
        name = value.name
        if name in given:
            continue
        values = _values(value, sizes, vocabulary, random)
        if name in TRAINING_SCALARS:
            values = numpy.full_like(values, TRAINING_SCALARS[name])
        elif f"updated.{name}" in updated:
            values = _parameter(name, values)
        inputs[name] = values
    return inputs


def _parameter(name, values):
    """Normal numbers as a parameter of a training step, or as what an optimizer
    keeps, of a size that keeps activations near one."""
    if name.startswith("exp_avg_sq."):
        return numpy.square(values) + numpy.float32(0.1)
    if values.ndim > 1:
        return values / numpy.float32(values.shape[-1] ** 0.5)
    mean = 1 if name.endswith("weight") else 0
    return mean + numpy.float32(0.1) * values


def _values(value, sizes, vocabulary, random):
    name, tensor = value.name, value.type.tensor_type
    dims = [_size(name, dim, sizes) for dim in tensor.shape.dim]
    if tensor.elem_type not in NUMPY_TYPES:
        raise UnknownInput(f"input {name} has element type {tensor.elem_type}")
    kind = NUMPY_TYPES[tensor.elem_type]
    if "mask" in name:
        # A mask of integers is one where to look, one of booleans where not.
        is_hidden = numpy.zeros(dims, bool)
        is_hidden[..., 1:][..., -1:] = True
        shown = is_hidden if kind is numpy.bool_ else ~is_hidden
        return shown.astype(kind)
    if issubclass(kind, numpy.floating):
        return numpy.asarray(random.randn(*dims)).astype(kind)
    is_token = name.endswith("_ids") and name != "token_type_ids"
    return random.randint(0, vocabulary if is_token else 2, dims).astype(kind)


def _size(name, dim, sizes):
    if dim.HasField("dim_value") and dim.dim_value >= 0:
        return dim.dim_value
    if dim.dim_param not in sizes:
        raise UnknownInput(
            f"input {name} has the open dimension '{dim.dim_param}': give "
            f"--dim {dim.dim_param}=<size>"
        )
    return sizes[dim.dim_param]
