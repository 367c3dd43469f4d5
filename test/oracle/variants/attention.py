"""The standard's Attention, opsets 23 and 24."""

import itertools

import numpy

from operators import Variant
from variants.values import Values

BATCH, QUERIES, KEYS, PAST, SIZE = 2, 4, 5, 3, 8

MASKS = {
    "none": None,
    "float2": (lambda v, q, k: v.normal(q, k)),
    "float3": (lambda v, q, k: v.normal(4, q, k)),
    "float4": (lambda v, q, k: v.normal(BATCH, 1, q, k)),
    "bool2": (lambda v, q, k: v.boolean(q, k)),
    "bool4": (lambda v, q, k: v.boolean(BATCH, 4, q, k)),
    "bool_sparse": (lambda v, q, k: v.boolean(BATCH, 1, q, k, keep=0.2)),
}


def attention(name, *, rank=4, heads=(4, 4), keys=KEYS, value_size=SIZE,
              past=0, mask="none", opset=23, presents=False, scores=False,
              lengths=None, **attributes):
    values = Values(name)
    query_heads, key_heads = heads

    def operand(count, tokens, size):
        if rank == 4:
            return values.normal(BATCH, count, tokens, size)
        return values.normal(BATCH, tokens, count * size)

    total = keys + past
    make_mask = MASKS[mask]
    inputs = [
        ("q", operand(query_heads, QUERIES, SIZE)),
        ("k", operand(key_heads, keys, SIZE)),
        ("v", operand(key_heads, keys, value_size)),
        ("mask", make_mask and make_mask(values, QUERIES, total)),
        ("past_k", values.normal(BATCH, key_heads, past, SIZE)
         if past else None),
        ("past_v", values.normal(BATCH, key_heads, past, value_size)
         if past else None),
        ("lengths", None if lengths is None
         else numpy.array(lengths, numpy.int64)),
    ]
    if rank == 3:
        attributes |= {"q_num_heads": query_heads, "kv_num_heads": key_heads}
    outputs = ["y"]
    if presents or past or scores:
        outputs += ["present_k", "present_v"]
    if scores:
        outputs.append("scores")
    return Variant(name, "Attention", inputs, outputs, attributes, opset=opset)


def variants():
    for rank, heads, mask in itertools.product(
            (3, 4), ((4, 4), (4, 2), (4, 1)), MASKS):
        yield attention(f"mask-{mask}-rank{rank}-heads{heads[1]}", rank=rank,
                        heads=heads, mask=mask)
    for rank, past, keys in itertools.product((3, 4), (0, PAST), (QUERIES, 6)):
        name = f"causal-rank{rank}-past{past}-keys{keys}"
        yield attention(name, rank=rank, past=past, keys=keys, heads=(4, 2),
                        is_causal=1)
        for mask in ("float2", "bool4", "bool_sparse"):
            yield attention(f"{name}-{mask}", rank=rank, past=past, keys=keys,
                            mask=mask, is_causal=1)
    for rank, heads in itertools.product((3, 4), ((4, 4), (4, 2))):
        yield attention(f"past-rank{rank}-heads{heads[1]}", rank=rank,
                        heads=heads, past=PAST)
        yield attention(f"present-rank{rank}-heads{heads[1]}", rank=rank,
                        heads=heads, presents=True)
        yield attention(f"value-size-rank{rank}-heads{heads[1]}", rank=rank,
                        heads=heads, value_size=6)
    for mode, softcap, mask in itertools.product(
            range(4), (0.0, 1.5), ("none", "float2", "bool4")):
        yield attention(f"scores{mode}-softcap{softcap}-{mask}", scores=True,
                        mask=mask, softcap=softcap,
                        qk_matmul_output_mode=mode)
    for opset in (23, 24):
        yield attention(f"softcap-opset{opset}", opset=opset, softcap=2.0,
                        mask="bool2", heads=(4, 2))
        yield attention(f"scale-opset{opset}", opset=opset, scale=0.11, rank=3)
        for precision in (1, 11):
            yield attention(f"precision{precision}-opset{opset}", opset=opset,
                            softmax_precision=precision)
    for rank, causal, mask in itertools.product(
            (3, 4), (0, 1), ("none", "float4", "bool2")):
        yield attention(f"lengths-rank{rank}-causal{causal}-{mask}", rank=rank,
                        mask=mask, lengths=(5, 2), opset=24, presents=False,
                        is_causal=causal)
