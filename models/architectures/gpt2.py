"""GPT-2: learned positions, pre-norm decoder, head tied to the embedding."""

import torch
from torch import nn

from .decoding import Decoder, append_to_cache, decoder, past_length


class Conv1D(nn.Module):
    """A linear layer whose weight is [inputs, outputs], as in GPT-2's files."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, tokens):
        shape = tokens.size()[:-1] + (self.weight.size(1),)
        flat = tokens.view(-1, tokens.size(-1))
        return torch.addmm(self.bias, flat, self.weight).view(shape)


class Attention(nn.Module):
    """Causal self-attention with one fused projection for q, k and v."""

    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.head_size = shape.head_size
        self.hidden = shape.hidden
        self.c_attn = Conv1D(shape.hidden, 3 * shape.hidden)
        self.c_proj = Conv1D(shape.hidden, shape.hidden)
        ones = torch.ones(shape.positions, shape.positions, dtype=torch.uint8)
        self.register_buffer("bias", torch.tril(ones)[None, None])

    def split_heads(self, tokens):
        """[batch, sequence, hidden] -> [batch, heads, sequence, head size]."""
        shape = tokens.size()[:-1] + (self.heads, self.head_size)
        return tokens.view(shape).permute(0, 2, 1, 3)

    def attend(self, query, key, value, additive_mask):
        scores = torch.matmul(query, key.transpose(-1, -2))
        scores = scores / (self.head_size**0.5)
        queries, keys = query.size(-2), key.size(-2)
        is_visible = self.bias[:, :, keys - queries : keys, :keys]
        lowest = torch.tensor(torch.finfo(scores.dtype).min, dtype=scores.dtype)
        scores = torch.where(is_visible.to(torch.bool), scores, lowest)
        if additive_mask is not None:
            scores = scores + additive_mask
        return torch.matmul(nn.functional.softmax(scores, dim=-1), value)

    def forward(self, tokens, additive_mask, past):
        query, key, value = self.c_attn(tokens).split(self.hidden, dim=2)
        key, value = self.split_heads(key), self.split_heads(value)
        present = append_to_cache(past, key, value)
        context = self.attend(self.split_heads(query), *present, additive_mask)
        context = context.permute(0, 2, 1, 3).contiguous()
        context = context.view(context.size()[:-2] + (self.hidden,))
        return self.c_proj(context), present


class FeedForward(nn.Module):
    """Two projections around the tanh form of GELU."""

    def __init__(self, shape):
        super().__init__()
        self.c_fc = Conv1D(shape.hidden, shape.intermediate)
        self.c_proj = Conv1D(shape.intermediate, shape.hidden)

    def forward(self, tokens):
        widened = self.c_fc(tokens)
        cubic = widened + 0.044715 * torch.pow(widened, 3.0)
        gate = 1.0 + torch.tanh((2 / torch.pi) ** 0.5 * cubic)
        return self.c_proj(0.5 * widened * gate)


class Block(nn.Module):
    """One pre-norm decoder layer."""

    def __init__(self, shape):
        super().__init__()
        self.ln_1 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.attn = Attention(shape)
        self.ln_2 = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.mlp = FeedForward(shape)

    def forward(self, tokens, additive_mask, past):
        attended, present = self.attn(self.ln_1(tokens), additive_mask, past)
        tokens = tokens + attended
        return tokens + self.mlp(self.ln_2(tokens)), present


class Backbone(nn.Module):
    """Everything before the language head."""

    def __init__(self, shape):
        super().__init__()
        self.wte = nn.Embedding(shape.vocab, shape.hidden)
        self.wpe = nn.Embedding(shape.positions, shape.hidden)
        self.h = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.ln_f = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, input_ids, attention_mask, cache, positions=None):
        """Without a mask all tokens are seen; without positions the new tokens
        follow those of the cache."""
        if positions is None:
            start = past_length(cache)
            positions = torch.arange(start, start + input_ids.size(1))[None]
        tokens = self.wte(input_ids) + self.wpe(positions)
        additive_mask = None
        if attention_mask is not None:
            mask = attention_mask[:, None, None, :].to(tokens.dtype)
            additive_mask = (1.0 - mask) * torch.finfo(tokens.dtype).min
        presents = []
        for block, past in zip(self.h, cache):
            tokens, present = block(tokens, additive_mask, past)
            presents.append(present)
        return self.ln_f(tokens), presents


class Gpt2(Decoder):
    """The decoder and its language head."""

    def __init__(self, shape):
        super().__init__()
        self.layers = shape.layers
        self.transformer = Backbone(shape)
        self.lm_head = nn.Linear(shape.hidden, shape.vocab, bias=False)
        self.lm_head.weight = self.transformer.wte.weight

    def decode(self, input_ids, attention_mask, cache):
        tokens, presents = self.transformer(input_ids, attention_mask, cache)
        return self.lm_head(tokens), presents


def build(shape, lengths):
    return decoder(Gpt2(shape), shape, shape.heads, lengths)
