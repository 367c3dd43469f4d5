"""Multi-head self-attention as BERT and ViT share it."""

import math

import torch
from torch import nn


class SelfAttention(nn.Module):
    """Projects to queries, keys and values; every token sees every token."""

    def __init__(self, hidden, heads):
        super().__init__()
        self.heads = heads
        self.head_size = hidden // heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)

    def split_heads(self, tokens):
        """[batch, sequence, hidden] -> [batch, heads, sequence, head size]."""
        shape = tokens.size()[:-1] + (self.heads, self.head_size)
        return tokens.view(shape).permute(0, 2, 1, 3)

    def forward(self, tokens, additive_mask=None):
        query = self.split_heads(self.query(tokens))
        key = self.split_heads(self.key(tokens))
        value = self.split_heads(self.value(tokens))
        scores = torch.matmul(query, key.transpose(-1, -2))
        scores = scores / math.sqrt(self.head_size)
        if additive_mask is not None:
            scores = scores + additive_mask
        context = torch.matmul(nn.functional.softmax(scores, dim=-1), value)
        context = context.permute(0, 2, 1, 3).contiguous()
        shape = context.size()[:-2] + (self.heads * self.head_size,)
        return context.view(shape)


class Projection(nn.Module):
    """A module that holds one linear layer under the name `dense`."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.dense = nn.Linear(inputs, outputs)

    def forward(self, tokens):
        return self.dense(tokens)
