"""nn.TransformerEncoder on embedded tokens, with a mask of padding."""

import torch
from torch import nn

from exportable import Exportable


class Encoder(nn.Module):
    """src, padding_mask -> encoded; the mask is true where to look away."""

    def __init__(self, shape):
        super().__init__()
        layer = nn.TransformerEncoderLayer(
            shape.hidden,
            shape.heads,
            shape.intermediate,
            dropout=0.0,
            batch_first=True,
        )
        self.encoder = nn.TransformerEncoder(layer, shape.layers)

    def forward(self, src, padding_mask):
        return self.encoder(src, src_key_padding_mask=padding_mask)


def build(shape, lengths):
    tokens = (lengths.batch, lengths.sequence)
    axes = {0: "batch", 1: "seq"}
    return Exportable(
        module=Encoder(shape),
        arguments={
            "src": torch.randn(*tokens, shape.hidden),
            "padding_mask": torch.zeros(tokens, dtype=torch.bool),
        },
        outputs=["encoded"],
        axes={name: axes for name in ("src", "padding_mask", "encoded")},
    )
