"""Operators of com.microsoft that ONNX Runtime's optimizer writes."""

import itertools

import numpy

from operators import Variant
from variants.values import Values

BATCH, TOKENS, HIDDEN = 2, 5, 12
DOMAIN = "com.microsoft"


def simple(name, operator, inputs, outputs=("y",), static=(), **attributes):
    return Variant(name, operator, inputs, list(outputs), attributes,
                   domain=DOMAIN, opset=17, static=static)


def skip(operator, *, bias, total, shape, static):
    name = f"{operator}-bias{int(bias)}-sum{int(total)}-{len(shape)}-{shape[0]}"
    values = Values(name)
    simplified = operator.startswith("SkipSimplified")
    inputs = [
        ("x", values.normal(BATCH, TOKENS, HIDDEN)),
        ("skip", values.normal(*shape)),
        ("gamma", values.normal(HIDDEN)),
    ]
    if not simplified:
        inputs.append(("beta", values.normal(HIDDEN)))
    inputs.append(("bias", values.normal(HIDDEN) if bias else None))
    outputs = ("y", "", "", "sum") if total else ("y",)
    return simple(name, operator, inputs, outputs,
                  ("gamma", "beta", "bias") if static else (), epsilon=1e-5)


def activations():
    values = Values("activations")
    x, bias = values.normal(BATCH, TOKENS, HIDDEN), values.normal(HIDDEN)
    yield simple("gelu", "Gelu", [("x", x)])
    yield simple("bias-gelu", "BiasGelu", [("x", x), ("b", bias)])
    yield simple("fast-gelu", "FastGelu", [("x", x)])
    yield simple("fast-gelu-bias", "FastGelu", [("x", x), ("b", bias)])
    for alpha in (1.702, 1.0, 0.5):
        yield simple(f"quick-gelu-{alpha}", "QuickGelu", [("x", x)],
                     alpha=alpha)


def products():
    for left, right, static, alpha in itertools.product(
            (0, 1), (0, 1), (False, True), (1.0, 0.25)):
        name = (f"fused-matmul-{left}-{right}-static{int(static)}"
                f"-alpha{alpha}")
        values = Values(name)
        a = values.normal(*((2, 6, 3) if left else (2, 3, 6)))
        b = values.normal(*((4, 6) if right else (6, 4)))
        yield simple(name, "FusedMatMul", [("a", a), ("b", b)],
                     static=("b",) if static else (), transA=left,
                     transB=right, alpha=alpha)
    for left, right in itertools.product((0, 1), (0, 1)):
        name = f"fused-matmul-batches-{left}-{right}"
        values = Values(name)
        a = values.normal(*((3, 2, 6) if left else (2, 3, 6)))
        b = values.normal(*((6, 2, 4) if right else (2, 6, 4)))
        yield simple(name, "FusedMatMul", [("a", a), ("b", b)],
                     transBatchA=left, transBatchB=right)
    for activation in ("Relu", "LeakyRelu", "Sigmoid", "Tanh"):
        name = f"fused-gemm-{activation}"
        values = Values(name)
        inputs = [("a", values.normal(3, 6)), ("b", values.normal(4, 6)),
                  ("c", values.normal(4))]
        attributes = {"activation_alpha": 0.1} \
            if activation == "LeakyRelu" else {}
        yield simple(name, "FusedGemm", inputs, static=("b", "c"), transB=1,
                     activation=activation, **attributes)
    for activation, added in itertools.product(
            ("Relu", "LeakyRelu", "Clip"), (False, True)):
        name = f"fused-conv-{activation}-sum{int(added)}"
        values = Values(name)
        inputs = [("x", values.normal(1, 2, 6, 6)),
                  ("w", values.normal(3, 2, 3, 3)), ("b", values.normal(3)),
                  ("z", values.normal(1, 3, 4, 4) if added else None)]
        parameters = {"LeakyRelu": [0.1], "Clip": [-1.0, 1.0]}
        attributes = {"activation_params": parameters[activation]} \
            if activation in parameters else {}
        yield simple(name, "FusedConv", inputs, static=("w", "b"),
                     activation=activation, **attributes)


def embeddings():
    for segments, mask, total, positions in itertools.product(
            (False, True), repeat=4):
        name = (f"embed-segments{int(segments)}-mask{int(mask)}"
                f"-sum{int(total)}-positions{int(positions)}")
        values = Values(name)
        ids = numpy.int32
        inputs = [
            ("ids", values.integers(0, 19, BATCH, TOKENS, dtype=ids)),
            ("segments", values.integers(0, 1, BATCH, TOKENS, dtype=ids)
             if segments else None),
            ("words", values.normal(20, HIDDEN)),
            ("places", values.normal(9, HIDDEN)),
            ("kinds", values.normal(2, HIDDEN) if segments else None),
            ("gamma", values.normal(HIDDEN)),
            ("beta", values.normal(HIDDEN)),
            ("mask", values.boolean(BATCH, TOKENS).astype(ids)
             if mask else None),
            ("positions", values.integers(0, 8, BATCH, TOKENS, dtype=ids)
             if positions else None),
        ]
        outputs = ["y", "int_count"] if mask else ["y", ""]
        if total:
            outputs.append("sum")
        yield simple(name, "EmbedLayerNormalization", inputs, outputs,
                     ("words", "places", "kinds", "gamma", "beta"),
                     epsilon=1e-5)


def variants():
    yield from activations()
    yield from products()
    yield from embeddings()
    for operator, bias, total, static in itertools.product(
            ("SkipLayerNormalization", "SkipSimplifiedLayerNormalization"),
            (False, True), (False, True), (True,)):
        for shape in ((BATCH, TOKENS, HIDDEN), (1, TOKENS, HIDDEN),
                      (TOKENS, HIDDEN)):
            yield skip(operator, bias=bias, total=total, shape=shape,
                       static=static)
