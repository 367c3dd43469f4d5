"""Vision Transformer: patch embedding, pre-norm encoder, classifier."""

import torch
from torch import nn

from exportable import image_classifier

from .encoder_attention import Projection, SelfAttention


class PatchEmbeddings(nn.Module):
    """Cuts the image into patches and projects each to one token."""

    def __init__(self, shape):
        super().__init__()
        self.projection = nn.Conv2d(
            shape.channels,
            shape.hidden,
            kernel_size=shape.patch_size,
            stride=shape.patch_size,
        )

    def forward(self, image):
        return self.projection(image).flatten(2).transpose(1, 2)


class Embeddings(nn.Module):
    """Patch tokens behind a class token, plus learned positions."""

    def __init__(self, shape):
        super().__init__()
        patches = (shape.image_size // shape.patch_size) ** 2
        self.cls_token = nn.Parameter(torch.zeros(1, 1, shape.hidden))
        self.position_embeddings = nn.Parameter(
            torch.zeros(1, patches + 1, shape.hidden)
        )
        self.patch_embeddings = PatchEmbeddings(shape)

    def forward(self, image):
        patches = self.patch_embeddings(image)
        class_token = self.cls_token.expand(patches.size(0), -1, -1)
        tokens = torch.cat((class_token, patches), dim=1)
        return tokens + self.position_embeddings


class Attention(nn.Module):
    """Self-attention and its output projection."""

    def __init__(self, shape):
        super().__init__()
        self.attention = SelfAttention(shape.hidden, shape.heads)
        self.output = Projection(shape.hidden, shape.hidden)

    def forward(self, tokens):
        return self.output(self.attention(tokens))


class Layer(nn.Module):
    """One pre-norm encoder layer."""

    def __init__(self, shape):
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = Projection(shape.hidden, shape.intermediate)
        self.output = Projection(shape.intermediate, shape.hidden)
        self.layernorm_before = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layernorm_after = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, tokens):
        tokens = tokens + self.attention(self.layernorm_before(tokens))
        widened = self.intermediate(self.layernorm_after(tokens))
        return tokens + self.output(nn.functional.gelu(widened))


class Encoder(nn.Module):
    """The stack of layers."""

    def __init__(self, shape):
        super().__init__()
        self.layer = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, tokens):
        for layer in self.layer:
            tokens = layer(tokens)
        return tokens


class Backbone(nn.Module):
    """Everything before the classifier."""

    def __init__(self, shape):
        super().__init__()
        self.embeddings = Embeddings(shape)
        self.encoder = Encoder(shape)
        self.layernorm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, image):
        return self.layernorm(self.encoder(self.embeddings(image)))


class VisionTransformer(nn.Module):
    """Image [batch, channels, height, width] -> logits [batch, labels]."""

    def __init__(self, shape):
        super().__init__()
        self.vit = Backbone(shape)
        self.classifier = nn.Linear(shape.hidden, shape.labels)

    def forward(self, image):
        return self.classifier(self.vit(image)[:, 0, :])


def build(shape, lengths):
    return image_classifier(VisionTransformer(shape), shape, lengths)
