"""RotaryEmbedding, of the standard and of com.microsoft."""

import itertools

import numpy

from operators import Variant
from variants.values import Values

BATCH, HEADS, TOKENS, SIZE, POSITIONS = 2, 3, 5, 8, 16


def rotary_input(values, rank):
    if rank == 4:
        return values.normal(BATCH, HEADS, TOKENS, SIZE)
    return values.normal(BATCH, TOKENS, HEADS * SIZE)


def standard(name, *, rank, interleaved, rotated, positions, static):
    values = Values(name)
    pairs = (rotated or SIZE) // 2
    leading = (POSITIONS,) if positions else (BATCH, TOKENS)
    inputs = [
        ("x", rotary_input(values, rank)),
        ("cos", values.normal(*leading, pairs)),
        ("sin", values.normal(*leading, pairs)),
        ("ids", values.integers(0, POSITIONS - 1, BATCH, TOKENS)
         if positions else None),
    ]
    attributes = {"interleaved": interleaved, "rotary_embedding_dim": rotated}
    if rank == 3:
        attributes["num_heads"] = HEADS
    return Variant(name, "RotaryEmbedding", inputs, ["y"], attributes,
                   static=("cos", "sin") if static else ())


def contributed(name, *, rank, interleaved, rotated, ids, static):
    values = Values(name)
    pairs = (rotated or SIZE) // 2
    positions = (numpy.array([7], numpy.int64) if ids == "offset"
                 else values.integers(0, POSITIONS - 1, BATCH, TOKENS))
    inputs = [
        ("x", rotary_input(values, rank)),
        ("ids", positions),
        ("cos", values.normal(POSITIONS, pairs)),
        ("sin", values.normal(POSITIONS, pairs)),
    ]
    attributes = {"interleaved": interleaved}
    if rotated:
        attributes |= {"num_heads": HEADS, "rotary_embedding_dim": rotated}
    return Variant(name, "RotaryEmbedding", inputs, ["y"], attributes,
                   domain="com.microsoft",
                   static=("cos", "sin") if static else ())


def variants():
    for rank, interleaved, rotated, positions, static in itertools.product(
            (3, 4), (0, 1), (0, 4), (False, True), (False, True)):
        yield standard(
            f"rank{rank}-interleaved{interleaved}-rotated{rotated}"
            f"-positions{int(positions)}-static{int(static)}",
            rank=rank, interleaved=interleaved, rotated=rotated,
            positions=positions, static=static)
    for rank, interleaved, rotated, ids, static in itertools.product(
            (3, 4), (0, 1), (0, 4), ("offset", "each"), (False, True)):
        yield contributed(
            f"microsoft-rank{rank}-interleaved{interleaved}-rotated{rotated}"
            f"-{ids}-static{int(static)}",
            rank=rank, interleaved=interleaved, rotated=rotated, ids=ids,
            static=static)
