"""From a shape to a torch module with random weights and example inputs."""

import dataclasses
import typing

import torch
from torch import nn

from architectures.bert import Bert
from architectures.gpt2 import Gpt2
from architectures.llama import Llama
from architectures.vit import VisionTransformer

BATCH = 1


@dataclasses.dataclass
class Exportable:
    """A module and what torch's exporter has to know about it.

    `axes` maps the name of an input or output to {axis: name of dimension};
    these are the dimensions that --dynamic leaves open.
    """

    module: nn.Module
    arguments: typing.Dict[str, torch.Tensor]
    outputs: typing.List[str]
    axes: typing.Dict[str, typing.Dict[int, str]]


def build(shape, sequence, past, seed):
    """Makes the module of `shape.family`, seeded and ready to export.

    `past` is the length of the key/value cache, or None without one.
    """
    makers = {"bert": _bert, "gpt2": _gpt2, "llama": _llama, "vit": _vit}
    exportable = makers[shape.family](shape, sequence, past)
    randomize(exportable.module, seed)
    return exportable


def randomize(module, seed):
    """Gives every parameter random values that keep activations near one.

    They depend on the seed and the shape only: a decoder has the same weights
    with and without a cache.

    Equal one-dimensional parameters, as a new module has them, would be merged
    by the exporter into one initializer behind Identity nodes.
    """
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if parameter.dim() > 1:
                fan_in = parameter.numel() // parameter.size(0)
                parameter.normal_(std=fan_in**-0.5)
            else:
                parameter.normal_(mean=float(name.endswith("weight")), std=0.1)


def _ones(*dims):
    return torch.ones(dims, dtype=torch.int64)


def _bert(shape, sequence, past):
    tokens = {0: "batch", 1: "seq"}
    names = ["input_ids", "attention_mask", "token_type_ids"]
    return Exportable(
        module=Bert(shape),
        arguments={name: _ones(BATCH, sequence) for name in names},
        outputs=["last_hidden_state", "pooler_output"],
        axes={
            **{name: tokens for name in names},
            "last_hidden_state": tokens,
            "pooler_output": {0: "batch"},
        },
    )


def _vit(shape, sequence, past):
    size = shape.image_size
    return Exportable(
        module=VisionTransformer(shape),
        arguments={
            "pixel_values": torch.randn(BATCH, shape.channels, size, size)
        },
        outputs=["logits"],
        axes={"pixel_values": {0: "batch"}, "logits": {0: "batch"}},
    )


def _gpt2(shape, sequence, past):
    return _decoder(Gpt2(shape), shape, shape.heads, sequence, past)


def _llama(shape, sequence, past):
    return _decoder(Llama(shape), shape, shape.kv_heads, sequence, past)


def _decoder(decoder, shape, cached_heads, sequence, past):
    """A decoder for a whole sequence, or for `sequence` tokens after `past`."""
    tokens = {0: "batch", 1: "seq"}
    if past is None:
        return Exportable(
            module=decoder,
            arguments={
                "input_ids": _ones(BATCH, sequence),
                "attention_mask": _ones(BATCH, sequence),
            },
            outputs=["logits"],
            axes={
                "input_ids": tokens,
                "attention_mask": tokens,
                "logits": tokens,
            },
        )
    exportable = Exportable(
        module=decoder,
        arguments={
            "input_ids": _ones(BATCH, sequence),
            "attention_mask": _ones(BATCH, past + sequence),
        },
        outputs=["logits"],
        axes={
            "input_ids": tokens,
            "attention_mask": {0: "batch", 1: "total"},
            "logits": tokens,
        },
    )
    for layer in range(shape.layers):
        for part in ("key", "value"):
            before = f"past_key_values.{layer}.{part}"
            after = f"present.{layer}.{part}"
            exportable.arguments[before] = torch.randn(
                BATCH, cached_heads, past, shape.head_size
            )
            exportable.outputs.append(after)
            exportable.axes[before] = {0: "batch", 2: "past"}
            exportable.axes[after] = {0: "batch", 2: "total"}
    return exportable
