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
    epsilon: float
    vocab: int = 0
    positions: int = 0
    kv_heads: int = 0
    image_size: int = 0
    patch_size: int = 0
    channels: int = 0
    labels: int = 0

    @property
    def head_size(self):
        return self.hidden // self.heads

    @property
    def is_decoder(self):
        return self.family in ("gpt2", "llama")

    @property
    def bytes_of_weights(self):
        """What the large weights take; a tied head is stored twice."""
        cached = (self.kv_heads or self.heads) * self.head_size
        projections = 2 * self.hidden + 2 * cached
        widened = (3 if self.family == "llama" else 2) * self.intermediate
        layers = self.layers * self.hidden * (projections + widened)
        embeddings = self.vocab * self.hidden * (2 if self.is_decoder else 1)
        return 4 * (layers + embeddings)

    @property
    def patch_tokens(self):
        """Tokens of an image: its patches and the class token."""
        return (self.image_size // self.patch_size) ** 2 + 1


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


PRESETS = {
    "bert-base": _bert(layers=12, hidden=768, heads=12),
    "bert-large": _bert(layers=24, hidden=1024, heads=16),
    "gpt2-small": Shape(
        family="gpt2",
        layers=12,
        hidden=768,
        heads=12,
        intermediate=3072,
        epsilon=1e-5,
        vocab=50257,
        positions=1024,
    ),
    "vit-b16": Shape(
        family="vit",
        layers=12,
        hidden=768,
        heads=12,
        intermediate=3072,
        epsilon=1e-12,
        image_size=224,
        patch_size=16,
        channels=3,
        labels=1000,
    ),
    # The sizes of SmolLM-135M, a small published model of this family.
    "llama-like": Shape(
        family="llama",
        layers=30,
        hidden=576,
        heads=9,
        intermediate=1536,
        epsilon=1e-5,
        vocab=49152,
        positions=2048,
        kv_heads=3,
    ),
}

SUMMARIES = {
    "bert-base": "text encoder, 12 layers, 110 million parameters",
    "bert-large": "text encoder, 24 layers, 335 million parameters",
    "gpt2-small": "text decoder, 12 layers, 124 million parameters",
    "vit-b16": "image classifier, 12 layers, 86 million parameters",
    "llama-like": "text decoder with grouped-query attention, rotary "
    "positions, RMSNorm and SwiGLU, 30 layers, 135 million parameters",
}
