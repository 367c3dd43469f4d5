"""The models that make.py knows, as plain numbers; needs no torch."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Shape:
    """The sizes of one transformer. A family reads the fields that it needs."""

    family: str
    layers: int
    hidden: int
    heads: int
    intermediate: int
    epsilon: float = 1e-5
    vocab: int = 0
    positions: int = 0
    kv_heads: int = 0
    image_size: int = 0
    patch_size: int = 0
    channels: int = 0
    labels: int = 0
    lora_rank: int = 0

    @property
    def head_size(self):
        return self.hidden // self.heads

    @property
    def is_decoder(self):
        """Whether it can keep keys and values in a cache."""
        return self.family in ("gpt2", "llama")

    @property
    def is_encoder_decoder(self):
        return self.family == "transformer"

    @property
    def lora_targets(self):
        """The names of the linear layers that adapters go to."""
        return LORA_TARGETS.get(self.family, ())

    @property
    def packages(self):
        """What the family needs besides torch."""
        return PACKAGES.get(self.family, ())

    @property
    def is_trainable(self):
        """Whether torch can write a training step.

        The gradient of a convolution has no ONNX operator, so the embedding of
        patches stays as it is.
        """
        return self.family == "bert" or (
            self.family == "vit" and self.lora_rank > 0
        )

    @property
    def stages(self):
        """How many layers each stage of a windowed transformer has.

        Two each, and the third stage has what is left.
        """
        if self.layers < 8:
            return (2,) * (self.layers // 2)
        return (2, 2, self.layers - 6, 2)

    @property
    def bytes_of_weights(self):
        """What the large weights take; a tied head is stored twice."""
        heads = 2 if self.is_decoder or self.is_encoder_decoder else 1
        if self.is_encoder_decoder:
            heads += 1
        embeddings = self.vocab * self.hidden * heads
        return 4 * (self._layer_weights + embeddings)

    @property
    def _layer_weights(self):
        """The weights of all layers."""
        cached = (self.kv_heads or self.heads) * self.head_size
        projections = 2 * self.hidden + 2 * cached
        widened = (3 if self.family == "llama" else 2) * self.intermediate
        layer = self.hidden * (projections + widened)
        if self.family == "swin":
            # Each stage doubles the width.
            return sum(
                layers * layer * 4**stage
                for stage, layers in enumerate(self.stages)
            )
        if self.is_encoder_decoder:
            cross_attention = 4 * self.hidden**2
            return self.layers * (2 * layer + cross_attention)
        return self.layers * layer

    @property
    def patch_tokens(self):
        """Tokens of an image: its patches and, if there is one, the class
        token."""
        patches = (self.image_size // self.patch_size) ** 2
        return patches + self.class_tokens

    @property
    def class_tokens(self):
        return 0 if self.family == "swin" else 1


PACKAGES = {
    "swin": ("torchvision",),
    "vision-transformer": ("torchvision",),
    "wav2vec2": ("torchaudio",),
}

LORA_TARGETS = {
    "bert": ("query", "value"),
    "vit": ("query", "value"),
    "llama": ("q_proj", "v_proj"),
}


def _bert(layers, hidden, heads):
    return Shape(
        family="bert",
        layers=layers,
        hidden=hidden,
        heads=heads,
        intermediate=4 * hidden,
        epsilon=1e-12,
        vocab=30522,
        positions=512,
    )


def _image_classifier(family, **sizes):
    return Shape(
        family=family, image_size=224, channels=3, labels=1000, **sizes
    )


_VIT_B16 = {
    "layers": 12,
    "hidden": 768,
    "heads": 12,
    "intermediate": 3072,
    "patch_size": 16,
}

PRESETS = {
    "bert-base": _bert(layers=12, hidden=768, heads=12),
    "bert-large": _bert(layers=24, hidden=1024, heads=16),
    "gpt2-small": Shape(
        family="gpt2",
        layers=12,
        hidden=768,
        heads=12,
        intermediate=3072,
        vocab=50257,
        positions=1024,
    ),
    "vit-b16": _image_classifier("vit", epsilon=1e-12, **_VIT_B16),
    # The sizes of SmolLM-135M, a small published model of this family.
    "llama-like": Shape(
        family="llama",
        layers=30,
        hidden=576,
        heads=9,
        intermediate=1536,
        vocab=49152,
        positions=2048,
        kv_heads=3,
    ),
    # The sizes of Llama 7B, but for the head, which is tied here: 27 GB, so
    # that only shapes can be made.
    "llama-7b": Shape(
        family="llama",
        layers=32,
        hidden=4096,
        heads=32,
        intermediate=11008,
        vocab=32000,
        positions=2048,
        kv_heads=32,
    ),
    "torchvision-vit-b16": _image_classifier(
        "vision-transformer", **_VIT_B16
    ),
    "swin-t": _image_classifier(
        "swin", layers=12, hidden=96, heads=3, intermediate=384, patch_size=4
    ),
    "wav2vec2-base": Shape(
        family="wav2vec2",
        layers=12,
        hidden=768,
        heads=12,
        intermediate=3072,
        vocab=32,
    ),
    "transformer-encoder": Shape(
        family="transformer-encoder",
        layers=6,
        hidden=512,
        heads=8,
        intermediate=2048,
    ),
    "transformer": Shape(
        family="transformer",
        layers=6,
        hidden=512,
        heads=8,
        intermediate=2048,
        vocab=37000,
        positions=512,
    ),
}

SUMMARIES = {
    "bert-base": "text encoder, 12 layers, 110 million parameters",
    "bert-large": "text encoder, 24 layers, 335 million parameters",
    "gpt2-small": "text decoder, 12 layers, 124 million parameters",
    "vit-b16": "image classifier, 12 layers, 86 million parameters",
    "llama-like": "text decoder with grouped-query attention, rotary "
    "positions, RMSNorm and SwiGLU, 30 layers, 135 million parameters",
    "llama-7b": "llama-like with 32 layers, 6.6 billion parameters; with "
    "--shapes-only",
    "torchvision-vit-b16": "vit_b_16 of torchvision, with torch's own "
    "attention, 86 million parameters",
    "swin-t": "swin_t of torchvision, image classifier with shifted windows, "
    "12 layers, 28 million parameters",
    "wav2vec2-base": "wav2vec2_base of torchaudio, speech recogniser, 12 "
    "layers, 94 million parameters",
    "transformer-encoder": "nn.TransformerEncoder, 6 layers, 19 million "
    "parameters",
    "transformer": "nn.Transformer, encoder-decoder of text, 6 and 6 layers, "
    "101 million parameters",
}
