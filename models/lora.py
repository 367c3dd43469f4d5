"""Low-rank adapters beside the linear layers of a module."""

from torch import nn

# The scale of an adapter is ALPHA divided by its rank.
ALPHA = 16


class AdaptedLinear(nn.Module):
    """A linear layer plus a product of two thin matrices."""

    def __init__(self, base, rank):
        super().__init__()
        self.base = base
        self.lora_A = nn.Linear(base.in_features, rank, bias=False)
        self.lora_B = nn.Linear(rank, base.out_features, bias=False)
        self.scale = ALPHA / rank

    def forward(self, tokens):
        adapted = self.lora_B(self.lora_A(tokens))
        return self.base(tokens) + adapted * self.scale


def insert(module, targets, rank):
    """Adapts every linear layer of `module` whose name is one of `targets`."""
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            if name in targets:
                setattr(parent, name, AdaptedLinear(child, rank))


def is_adapter(parameter_name):
    """Whether the parameter belongs to an adapter."""
    return ".lora_A." in parameter_name or ".lora_B." in parameter_name
