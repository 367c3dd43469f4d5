"""Attention, MultiHeadAttention and GroupQueryAttention of com.microsoft."""

import itertools

import numpy

from operators import Variant
from variants.values import Values

BATCH, TOKENS, KEYS, PAST, HEADS, SIZE = 2, 4, 5, 3, 4, 8
HIDDEN = HEADS * SIZE
DOMAIN = "com.microsoft"


def padding(kind, values, queries, keys):
    """A mask of the given form; every query sees something."""
    if kind == "none":
        return None
    if kind == "length":
        return numpy.array([keys, keys - 2], numpy.int32)
    if kind == "range":
        return numpy.array([keys, keys - 1, 1, 0], numpy.int32)
    shape = (BATCH, keys) if kind == "keys" else (BATCH, queries, keys)
    mask = values.boolean(*shape).astype(numpy.int32)
    mask[..., 0] = 1
    return mask


def attention(name, *, mask="none", past=0, bias=True, static=True,
              score_bias=None, sizes=None, present=False, **attributes):
    values = Values(name)
    columns = sum(sizes) if sizes else 3 * HIDDEN
    total = TOKENS + past
    inputs = [
        ("x", values.normal(BATCH, TOKENS, 16)),
        ("w", values.normal(16, columns) / 4),
        ("b", values.normal(columns) if bias else None),
        ("mask", padding(mask, values, TOKENS, total)),
        ("past", values.normal(2, BATCH, HEADS, past, SIZE) if past else None),
        ("score_bias", values.normal(*score_bias, TOKENS, total)
         if score_bias else None),
    ]
    if sizes:
        attributes["qkv_hidden_sizes"] = list(sizes)
    outputs = ["y", "present"] if past or present else ["y"]

    def build(operands):
        return Variant(name, "Attention", operands, outputs,
                       attributes | {"num_heads": HEADS}, domain=DOMAIN,
                       opset=17, static=("w", "b") if static else ())

    variant = build(inputs)
    if not bias:
        # ONNX Runtime's CPU provider crashes without a bias.
        zeros = numpy.zeros(columns, numpy.float32)
        variant.reference = build(inputs[:2] + [("b", zeros)] + inputs[3:])
    return variant


def multihead(name, *, form="separate", mask="none", past=0, bias=False,
              score_bias=None, keys=KEYS, present=False, scores=False,
              **attributes):
    values = Values(name)
    if form == "qkv":
        keys = TOKENS
    query = values.normal(BATCH, TOKENS, HIDDEN)
    key = values.normal(BATCH, keys, HIDDEN)
    value = values.normal(BATCH, keys, HIDDEN)
    total = keys + past

    def heads(array):
        return array.reshape(BATCH, -1, HEADS, SIZE)

    def operands(which):
        if which == "separate":
            return query, key, value
        if which == "qkv":
            parts = [heads(query), heads(key), heads(value)]
            return numpy.stack(parts, axis=3), None, None
        if which == "kv":
            return query, numpy.stack([heads(key), heads(value)], 3), None
        return (query, heads(key).transpose(0, 2, 1, 3).copy(),
                heads(value).transpose(0, 2, 1, 3).copy())

    added = values.normal(3 * HIDDEN) if bias else None
    rest = [
        ("bias", added),
        ("mask", padding(mask, values, TOKENS, total)),
        ("score_bias", values.normal(*score_bias, TOKENS, total)
         if score_bias else None),
        ("past_k", values.normal(BATCH, HEADS, past, SIZE) if past else None),
        ("past_v", values.normal(BATCH, HEADS, past, SIZE) if past else None),
    ]
    outputs = ["y"]
    if past or present or scores:
        outputs += ["present_k", "present_v"]
    if scores:
        outputs.append("scores")

    def build(which):
        inputs = list(zip(("q", "k", "v"), operands(which)))
        return Variant(name, "MultiHeadAttention", inputs + rest, outputs,
                       attributes | {"num_heads": HEADS}, domain=DOMAIN,
                       opset=17)

    variant = build(form)
    # ONNX Runtime's CPU provider has no packed forms.
    if form in ("qkv", "kv"):
        variant.reference = build("separate")
    return variant


def grouped(name, *, past=0, packed=False, rotary=False, kv_heads=2, batch=1,
            tokens=TOKENS, interleaved=0, **attributes):
    values = Values(name)
    total = tokens + past
    query = values.normal(batch, tokens, HIDDEN)
    key = values.normal(batch, tokens, kv_heads * 16)
    value = values.normal(batch, tokens, kv_heads * 16)
    size = 16
    query = values.normal(batch, tokens, HEADS * size)
    inputs = [
        ("q", numpy.concatenate([query, key, value], 2) if packed else query),
        ("k", None if packed else key),
        ("v", None if packed else value),
        ("past_k", values.normal(batch, kv_heads, past, size)),
        ("past_v", values.normal(batch, kv_heads, past, size)),
        ("lengths", numpy.full(batch, total - 1, numpy.int32)),
        ("total", numpy.array(total, numpy.int32)),
        ("cos", values.normal(32, size // 2) if rotary else None),
        ("sin", values.normal(32, size // 2) if rotary else None),
    ]
    if not past:
        inputs[3:5] = [("past_k", None), ("past_v", None)]
    if rotary:
        attributes |= {"do_rotary": 1, "rotary_interleaved": interleaved}
    return Variant(name, "GroupQueryAttention", inputs,
                   ["y", "present_k", "present_v"],
                   attributes | {"num_heads": HEADS, "kv_num_heads": kv_heads},
                   domain=DOMAIN, opset=17,
                   static=("lengths", "total", "cos", "sin"))


def variants():
    for mask, causal, past in itertools.product(
            ("none", "length", "range", "keys", "queries"), (0, 1), (0, PAST)):
        yield attention(f"attention-{mask}-causal{causal}-past{past}",
                        mask=mask, past=past, unidirectional=causal)
    yield attention("attention-present", present=True)
    yield attention("attention-no-bias", bias=False)
    yield attention("attention-dynamic", static=False)
    yield attention("attention-sizes", sizes=(32, 32, 64))
    yield attention("attention-scale", scale=0.2)
    yield attention("attention-filter", mask="keys", mask_filter_value=-3.0)
    for shape in ((1, 1), (1, HEADS), (BATCH, 1), (BATCH, HEADS)):
        yield attention(f"attention-score-bias-{shape[0]}-{shape[1]}",
                        score_bias=shape, mask="keys")
    for form, mask, bias in itertools.product(
            ("separate", "qkv", "kv", "cross"),
            ("none", "length", "keys", "queries"), (False, True)):
        yield multihead(f"multihead-{form}-{mask}-bias{int(bias)}", form=form,
                        mask=mask, bias=bias)
    for bias, mask in itertools.product((False, True), ("none", "keys")):
        yield multihead(f"multihead-past-{mask}-bias{int(bias)}", past=PAST,
                        bias=bias, mask=mask)
        yield multihead(f"multihead-causal-{mask}-bias{int(bias)}",
                        bias=bias, keys=TOKENS, mask=mask, unidirectional=1)
        yield multihead(f"multihead-causal-past-{mask}-bias{int(bias)}",
                        bias=bias, keys=TOKENS, past=PAST, mask=mask,
                        unidirectional=1)
    for shape in ((1, 1), (1, HEADS), (BATCH, 1), (BATCH, HEADS)):
        yield multihead(f"multihead-score-bias-{shape[0]}-{shape[1]}",
                        score_bias=shape)
    yield multihead("multihead-present", present=True)
    yield multihead("multihead-scores", scores=True, mask="keys")
    yield multihead("multihead-scale", scale=0.2)
    for past, packed, rotary in itertools.product((0, PAST), (False, True),
                                                  (False, True)):
        yield grouped(f"grouped-past{past}-packed{int(packed)}"
                      f"-rotary{int(rotary)}", past=past, packed=packed,
                      rotary=rotary, tokens=1 if past else TOKENS)
    yield grouped("grouped-interleaved", rotary=True, interleaved=1)
    yield grouped("grouped-batches", batch=2)
    yield grouped("grouped-softcap", softcap=3.0)
    yield grouped("grouped-one-head", kv_heads=1, scale=0.3)
