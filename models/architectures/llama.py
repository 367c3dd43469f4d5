"""A decoder in the manner of Llama: RMSNorm, rotary positions, grouped-query
attention, SwiGLU, head tied to the embedding."""

import torch
from torch import nn

from .decoding import Decoder, append_to_cache, decoder, past_length

ROTARY_BASE = 10000.0


class RMSNorm(nn.Module):
    """Divides by the root mean square of the last axis."""

    def __init__(self, hidden, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(hidden))
        self.epsilon = epsilon

    def forward(self, tokens):
        variance = tokens.pow(2).mean(-1, keepdim=True)
        return self.weight * (tokens * torch.rsqrt(variance + self.epsilon))


class RotaryEmbedding(nn.Module):
    """Tables of the cosine and sine of position times frequency."""

    def __init__(self, head_size, positions):
        super().__init__()
        exponents = torch.arange(0, head_size, 2).float() / head_size
        angles = torch.outer(
            torch.arange(positions).float(), 1.0 / ROTARY_BASE**exponents
        )
        angles = torch.cat((angles, angles), dim=-1)
        self.register_buffer("cos_cached", angles.cos()[None, None])
        self.register_buffer("sin_cached", angles.sin()[None, None])

    def forward(self, start, end):
        cosine = self.cos_cached[:, :, start:end]
        return cosine, self.sin_cached[:, :, start:end]


def rotate_half(heads):
    """Swaps the halves of the last axis and negates the new first one."""
    half = heads.size(-1) // 2
    return torch.cat((-heads[..., half:], heads[..., :half]), dim=-1)


def repeat_heads(heads, times):
    """Repeats each key or value head for the query heads that share it."""
    if times == 1:
        return heads
    batch, groups, length, size = heads.size()
    heads = heads[:, :, None].expand(batch, groups, times, length, size)
    return heads.reshape(batch, groups * times, length, size)


class Attention(nn.Module):
    """Causal self-attention in which groups of query heads share keys."""

    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        self.kv_heads = shape.kv_heads
        self.head_size = shape.head_size
        shared = shape.kv_heads * shape.head_size
        self.q_proj = nn.Linear(shape.hidden, shape.hidden, bias=False)
        self.k_proj = nn.Linear(shape.hidden, shared, bias=False)
        self.v_proj = nn.Linear(shape.hidden, shared, bias=False)
        self.o_proj = nn.Linear(shape.hidden, shape.hidden, bias=False)

    def split_heads(self, tokens, heads):
        """[batch, sequence, width] -> [batch, heads, sequence, head size]."""
        batch, length, _ = tokens.size()
        return tokens.view(batch, length, heads, self.head_size).transpose(1, 2)

    def attend(self, query, key, value, additive_mask):
        key = repeat_heads(key, self.heads // self.kv_heads)
        value = repeat_heads(value, self.heads // self.kv_heads)
        scores = torch.matmul(query, key.transpose(2, 3)) / self.head_size**0.5
        weights = nn.functional.softmax(scores + additive_mask, dim=-1)
        return torch.matmul(weights, value)

    def forward(self, tokens, additive_mask, rotation, past):
        batch, length, hidden = tokens.size()
        cosine, sine = rotation
        query = self.split_heads(self.q_proj(tokens), self.heads)
        key = self.split_heads(self.k_proj(tokens), self.kv_heads)
        value = self.split_heads(self.v_proj(tokens), self.kv_heads)
        query = query * cosine + rotate_half(query) * sine
        key = key * cosine + rotate_half(key) * sine
        present = append_to_cache(past, key, value)
        context = self.attend(query, *present, additive_mask)
        context = context.transpose(1, 2).reshape(batch, length, hidden)
        return self.o_proj(context), present


class FeedForward(nn.Module):
    """SwiGLU: a SiLU gate multiplies the widened tokens."""

    def __init__(self, shape):
        super().__init__()
        self.gate_proj = nn.Linear(shape.hidden, shape.intermediate, bias=False)
        self.up_proj = nn.Linear(shape.hidden, shape.intermediate, bias=False)
        self.down_proj = nn.Linear(shape.intermediate, shape.hidden, bias=False)

    def forward(self, tokens):
        gate = nn.functional.silu(self.gate_proj(tokens))
        return self.down_proj(gate * self.up_proj(tokens))


class Layer(nn.Module):
    """One pre-norm decoder layer."""

    def __init__(self, shape):
        super().__init__()
        self.self_attn = Attention(shape)
        self.mlp = FeedForward(shape)
        self.input_layernorm = RMSNorm(shape.hidden, shape.epsilon)
        self.post_attention_layernorm = RMSNorm(shape.hidden, shape.epsilon)

    def forward(self, tokens, additive_mask, rotation, past):
        attended, present = self.self_attn(
            self.input_layernorm(tokens), additive_mask, rotation, past
        )
        tokens = tokens + attended
        return tokens + self.mlp(self.post_attention_layernorm(tokens)), present


def causal_mask(attention_mask, queries, past):
    """What to add to the scores: 0 where visible, the lowest float elsewhere.

    `attention_mask` is [batch, past + queries]; the result is
    [batch, 1, queries, past + queries].
    """
    rows = torch.arange(past, past + queries).view(-1, 1)
    is_past = torch.arange(past + queries).view(1, -1) <= rows
    is_given = attention_mask[:, None, None, :].to(torch.bool)
    is_visible = is_past[None, None] & is_given
    lowest = torch.finfo(torch.float32).min
    return torch.zeros(is_visible.size()).masked_fill(~is_visible, lowest)


class Backbone(nn.Module):
    """Everything before the language head."""

    def __init__(self, shape):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocab, shape.hidden)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.hidden, shape.epsilon)
        self.rotary_emb = RotaryEmbedding(shape.head_size, shape.positions)

    def forward(self, input_ids, attention_mask, cache):
        start, length = past_length(cache), input_ids.size(1)
        rotation = self.rotary_emb(start, start + length)
        mask = causal_mask(attention_mask, length, start)
        tokens = self.embed_tokens(input_ids)
        presents = []
        for layer, past in zip(self.layers, cache):
            tokens, present = layer(tokens, mask, rotation, past)
            presents.append(present)
        return self.norm(tokens), presents


class Llama(Decoder):
    """The decoder and its language head."""

    def __init__(self, shape):
        super().__init__()
        self.layers = shape.layers
        self.model = Backbone(shape)
        self.lm_head = nn.Linear(shape.hidden, shape.vocab, bias=False)
        self.lm_head.weight = self.model.embed_tokens.weight

    def decode(self, input_ids, attention_mask, cache):
        tokens, presents = self.model(input_ids, attention_mask, cache)
        return self.lm_head(tokens), presents


def build(shape, lengths):
    return decoder(Llama(shape), shape, shape.kv_heads, lengths)
