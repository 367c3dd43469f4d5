"""Normalizations and activations that have operators of their own."""

import itertools

from operators import Variant
from variants.values import Values

SHAPE = (2, 3, 4, 5)


def normalization(operator, opset, axis, *, bias=False, static=True,
                  scalar=False, epsilon=None):
    name = (f"{operator}-{opset}-axis{axis}-bias{int(bias)}"
            f"-static{int(static)}-epsilon{epsilon}{'-scalar' * scalar}")
    values = Values(name)
    tail = (1,) if scalar else SHAPE[axis:]
    inputs = [("x", 3 * values.normal(*SHAPE) + 1),
              ("scale", values.normal(*tail)),
              ("bias", values.normal(*tail) if bias else None)]
    attributes = {"axis": axis}
    if epsilon is not None:
        attributes["epsilon"] = epsilon
    return Variant(name, operator, inputs, ["y"], attributes, opset=opset,
                   static=("scale", "bias") if static else ())


def activation(operator, opset, **attributes):
    settings = "-".join(f"{key}{value}" for key, value in attributes.items())
    name = f"{operator}-{opset}-{settings}"
    return Variant(name, operator, [("x", 2 * Values(name).normal(*SHAPE))],
                   ["y"], attributes, opset=opset)


def variants():
    for axis, bias, static in itertools.product(
            (-1, 1, 2, -3), (False, True), (False, True)):
        yield normalization("LayerNormalization", 17, axis, bias=bias,
                            static=static)
    for axis, static in itertools.product((-1, 1, 2, -3), (False, True)):
        yield normalization("RMSNormalization", 23, axis, static=static)
    for operator, opset in (("LayerNormalization", 17),
                            ("RMSNormalization", 23)):
        yield normalization(operator, opset, -1, epsilon=0.25)
        yield normalization(operator, opset, 2, scalar=True)
    yield normalization("SimplifiedLayerNormalization", 17, -1)
    yield activation("Gelu", 20)
    yield activation("Gelu", 20, approximate="none")
    yield activation("Gelu", 20, approximate="tanh")
