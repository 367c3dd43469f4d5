"""What the decoders share: the cache of keys and values."""

import torch
from torch import nn


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
