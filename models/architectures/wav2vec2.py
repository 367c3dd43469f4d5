"""wav2vec 2.0: convolutions over the waveform, a convolution for positions and
a post-norm encoder; torchaudio's module with its head for letters."""

import math

import torch
from torch import nn
from torchaudio.models import wav2vec2_model

from exportable import Exportable

# (width of the kernel, stride) of each convolution of the feature extractor.
CONVOLUTIONS = [(10, 5), (3, 2), (3, 2), (3, 2), (3, 2), (2, 2), (2, 2)]
POSITION_KERNEL = 128
POSITION_GROUPS = 16


def samples_of(frames):
    """The fewest samples of which the feature extractor makes `frames`."""
    length = frames
    for kernel, stride in reversed(CONVOLUTIONS):
        length = (length - 1) * stride + kernel
    return length


class SpeechRecognizer(nn.Module):
    """Waveform [batch, samples] -> logits [batch, frames, letters]."""

    def __init__(self, shape):
        super().__init__()
        channels = shape.hidden * 2 // 3
        self.wav2vec2 = wav2vec2_model(
            extractor_mode="group_norm",
            extractor_conv_layer_config=[
                (channels, kernel, stride) for kernel, stride in CONVOLUTIONS
            ],
            extractor_conv_bias=False,
            encoder_embed_dim=shape.hidden,
            encoder_projection_dropout=0.0,
            encoder_pos_conv_kernel=POSITION_KERNEL,
            encoder_pos_conv_groups=math.gcd(shape.hidden, POSITION_GROUPS),
            encoder_num_layers=shape.layers,
            encoder_num_heads=shape.heads,
            encoder_attention_dropout=0.0,
            encoder_ff_interm_features=shape.intermediate,
            encoder_ff_interm_dropout=0.0,
            encoder_dropout=0.0,
            encoder_layer_norm_first=False,
            encoder_layer_drop=0.0,
            aux_num_out=shape.vocab,
        )

    def forward(self, waveform):
        logits, _ = self.wav2vec2(waveform)
        return logits


def build(shape, lengths):
    samples = samples_of(lengths.sequence)
    return Exportable(
        module=SpeechRecognizer(shape),
        arguments={"waveform": torch.randn(lengths.batch, samples)},
        outputs=["logits"],
        axes={
            "waveform": {0: "batch", 1: "samples"},
            "logits": {0: "batch", 1: "frames"},
        },
    )
