"""What torch's exporter has to know about a module."""

import dataclasses
import typing

import torch
from torch import nn


@dataclasses.dataclass(frozen=True)
class Lengths:
    """How many sequences and tokens the example inputs have."""

    batch: int
    sequence: int
    past: typing.Optional[int] = None  # tokens in the cache, None without one
    target: typing.Optional[int] = None  # what an encoder-decoder writes


@dataclasses.dataclass
class Exportable:
    """A module with example arguments and the names of what it returns.

    `axes` maps the name of an input or output to {axis: name of dimension};
    these are the dimensions that --dynamic leaves open.
    """

    module: nn.Module
    arguments: typing.Dict[str, torch.Tensor]
    outputs: typing.List[str]
    axes: typing.Dict[str, typing.Dict[int, str]]


def ones(*dims):
    """Token identifiers or a mask for tracing."""
    return torch.ones(dims, dtype=torch.int64)


def image_classifier(module, shape, lengths):
    """A module that takes images and returns a logit for each label."""
    size = shape.image_size
    images = torch.randn(lengths.batch, shape.channels, size, size)
    return Exportable(
        module=module,
        arguments={"pixel_values": images},
        outputs=["logits"],
        axes={"pixel_values": {0: "batch"}, "logits": {0: "batch"}},
    )
