"""BERT: learned embeddings, post-norm encoder, pooler."""

import torch
from torch import nn

from exportable import Exportable, ones

from .encoder_attention import Projection, SelfAttention

TOKEN_TYPES = 2


class Embeddings(nn.Module):
    """Adds the embeddings of words, token types and positions."""

    def __init__(self, shape):
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocab, shape.hidden)
        self.position_embeddings = nn.Embedding(shape.positions, shape.hidden)
        self.token_type_embeddings = nn.Embedding(TOKEN_TYPES, shape.hidden)
        self.LayerNorm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        positions = torch.arange(shape.positions).expand(1, -1)
        self.register_buffer("position_ids", positions)

    def forward(self, input_ids, token_type_ids):
        positions = self.position_ids[:, : input_ids.size(1)]
        embeddings = self.word_embeddings(input_ids)
        embeddings = embeddings + self.token_type_embeddings(token_type_ids)
        return self.LayerNorm(embeddings + self.position_embeddings(positions))


class NormalizedOutput(nn.Module):
    """Projects, adds the residual and normalizes the sum."""

    def __init__(self, inputs, shape):
        super().__init__()
        self.dense = nn.Linear(inputs, shape.hidden)
        self.LayerNorm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, tokens, residual):
        return self.LayerNorm(self.dense(tokens) + residual)


class Attention(nn.Module):
    """Self-attention with its output projection and residual."""

    def __init__(self, shape):
        super().__init__()
        self.self = SelfAttention(shape.hidden, shape.heads)
        self.output = NormalizedOutput(shape.hidden, shape)

    def forward(self, tokens, additive_mask):
        return self.output(self.self(tokens, additive_mask), tokens)


class Layer(nn.Module):
    """One post-norm encoder layer."""

    def __init__(self, shape):
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = Projection(shape.hidden, shape.intermediate)
        self.output = NormalizedOutput(shape.intermediate, shape)

    def forward(self, tokens, additive_mask):
        tokens = self.attention(tokens, additive_mask)
        widened = nn.functional.gelu(self.intermediate(tokens))
        return self.output(widened, tokens)


class Encoder(nn.Module):
    """The stack of layers."""

    def __init__(self, shape):
        super().__init__()
        self.layer = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, tokens, additive_mask):
        for layer in self.layer:
            tokens = layer(tokens, additive_mask)
        return tokens


class Pooler(nn.Module):
    """Summarizes the sequence by its first token."""

    def __init__(self, hidden):
        super().__init__()
        self.dense = nn.Linear(hidden, hidden)

    def forward(self, tokens):
        return torch.tanh(self.dense(tokens[:, 0]))


class Backbone(nn.Module):
    """Embeddings, encoder and pooler."""

    def __init__(self, shape):
        super().__init__()
        self.embeddings = Embeddings(shape)
        self.encoder = Encoder(shape)
        self.pooler = Pooler(shape.hidden)

    def forward(self, input_ids, attention_mask, token_type_ids):
        mask = attention_mask[:, None, None, :].to(torch.float32)
        additive_mask = (1.0 - mask) * torch.finfo(torch.float32).min
        tokens = self.embeddings(input_ids, token_type_ids)
        tokens = self.encoder(tokens, additive_mask)
        return tokens, self.pooler(tokens)


class Bert(nn.Module):
    """input_ids, attention_mask, token_type_ids -> all tokens, pooled token."""

    def __init__(self, shape):
        super().__init__()
        self.bert = Backbone(shape)

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(input_ids, attention_mask, token_type_ids)


class Classifier(nn.Module):
    """BERT with a head that classifies the pooled token."""

    def __init__(self, shape):
        super().__init__()
        self.bert = Backbone(shape)
        self.classifier = nn.Linear(shape.hidden, shape.labels)

    def forward(self, input_ids, attention_mask, token_type_ids):
        _, pooled = self.bert(input_ids, attention_mask, token_type_ids)
        return self.classifier(pooled)


def build(shape, lengths):
    tokens = {0: "batch", 1: "seq"}
    names = ["input_ids", "attention_mask", "token_type_ids"]
    if shape.labels:
        module = Classifier(shape)
        outputs = {"logits": {0: "batch"}}
    else:
        module = Bert(shape)
        outputs = {"last_hidden_state": tokens, "pooler_output": {0: "batch"}}
    return Exportable(
        module=module,
        arguments={
            name: ones(lengths.batch, lengths.sequence) for name in names
        },
        outputs=list(outputs),
        axes={**{name: tokens for name in names}, **outputs},
    )
