"""The encoder-decoder of "Attention is all you need": nn.Transformer between
embeddings with sinusoidal positions and a language head."""

import math

import torch
from torch import nn

from exportable import Exportable, ones

WAVELENGTH = 10000.0


class Embeddings(nn.Module):
    """Scales the embeddings of tokens and adds waves of positions."""

    def __init__(self, shape):
        super().__init__()
        self.tokens = nn.Embedding(shape.vocab, shape.hidden)
        self.scale = math.sqrt(shape.hidden)
        exponents = torch.arange(0, shape.hidden, 2).float() / shape.hidden
        angles = torch.outer(
            torch.arange(shape.positions).float(), WAVELENGTH**-exponents
        )
        waves = torch.stack((angles.sin(), angles.cos()), dim=-1)
        self.register_buffer("positions", waves.flatten(1)[None])

    def forward(self, ids):
        positions = self.positions[:, : ids.size(1)]
        return self.tokens(ids) * self.scale + positions


class Translator(nn.Module):
    """src_ids, tgt_ids, src_padding_mask -> logits of the next target tokens.

    The mask is true where to look away.
    """

    def __init__(self, shape):
        super().__init__()
        self.source = Embeddings(shape)
        self.target = Embeddings(shape)
        self.transformer = nn.Transformer(
            shape.hidden,
            shape.heads,
            shape.layers,
            shape.layers,
            shape.intermediate,
            dropout=0.0,
            batch_first=True,
        )
        self.lm_head = nn.Linear(shape.hidden, shape.vocab, bias=False)

    def forward(self, src_ids, tgt_ids, src_padding_mask):
        length = tgt_ids.size(1)
        steps = torch.arange(length)
        is_later = steps[None, :] > steps[:, None]
        decoded = self.transformer(
            self.source(src_ids),
            self.target(tgt_ids),
            tgt_mask=is_later,
            src_key_padding_mask=src_padding_mask,
            memory_key_padding_mask=src_padding_mask,
        )
        return self.lm_head(decoded)


def build(shape, lengths):
    source = (lengths.batch, lengths.sequence)
    source_axes = {0: "batch", 1: "source"}
    target_axes = {0: "batch", 1: "target"}
    return Exportable(
        module=Translator(shape),
        arguments={
            "src_ids": ones(*source),
            "tgt_ids": ones(lengths.batch, lengths.target),
            "src_padding_mask": torch.zeros(source, dtype=torch.bool),
        },
        outputs=["logits"],
        axes={
            "src_ids": source_axes,
            "tgt_ids": target_axes,
            "src_padding_mask": source_axes,
            "logits": target_axes,
        },
    )
