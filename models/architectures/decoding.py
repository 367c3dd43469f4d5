"""What the decoders share: the cache of keys and values."""

import torch
from torch import nn

from exportable import Exportable, ones


def past_length(cache):
    """The number of tokens that the cache already holds."""
    return 0 if cache[0] is None else cache[0][0].size(-2)


def append_to_cache(past, key, value):
    """The (key, value) pair of one layer after the new tokens."""
    if past is None:
        return key, value
    past_key, past_value = past
    return (
        torch.cat((past_key, key), dim=-2),
        torch.cat((past_value, value), dim=-2),
    )


class Decoder(nn.Module):
    """A language model: input_ids, attention_mask -> logits.

    With a cache it takes keys and values behind the mask and returns the grown
    ones behind the logits: key 0, value 0, key 1, value 1 and so on.

    A subclass sets `layers` and defines decode(input_ids, attention_mask,
    cache), where the cache holds one (key, value) pair per layer, or None.
    """

    def forward(self, input_ids, attention_mask, *flat_cache):
        cache = list(zip(flat_cache[0::2], flat_cache[1::2]))
        if not cache:
            cache = [None] * self.layers
        logits, presents = self.decode(input_ids, attention_mask, cache)
        if not flat_cache:
            return logits
        return (logits, *(part for present in presents for part in present))


def decoder(module, shape, cached_heads, lengths):
    """The exportable of a decoder for a whole sequence, or for the tokens that
    follow a cache."""
    tokens = {0: "batch", 1: "seq"}
    total = lengths.sequence + (lengths.past or 0)
    is_cached = lengths.past is not None
    exportable = Exportable(
        module=module,
        arguments={
            "input_ids": ones(lengths.batch, lengths.sequence),
            "attention_mask": ones(lengths.batch, total),
        },
        outputs=["logits"],
        axes={
            "input_ids": tokens,
            "attention_mask": {0: "batch", 1: "total"} if is_cached else tokens,
            "logits": tokens,
        },
    )
    if is_cached:
        _add_cache(exportable, shape, cached_heads, lengths)
    return exportable


def _add_cache(exportable, shape, heads, lengths):
    """Keys and values of every layer, as they come in and as they go out."""
    for layer in range(shape.layers):
        for part in ("key", "value"):
            before = f"past_key_values.{layer}.{part}"
            after = f"present.{layer}.{part}"
            exportable.arguments[before] = torch.randn(
                lengths.batch, heads, lengths.past, shape.head_size
            )
            exportable.outputs.append(after)
            exportable.axes[before] = {0: "batch", 2: "past"}
            exportable.axes[after] = {0: "batch", 2: "total"}
