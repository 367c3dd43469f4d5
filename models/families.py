"""From a shape to a torch module with random weights and example inputs."""

import importlib

import torch

import lora
import shape_only

# The file of architectures/ that builds each family.
ARCHITECTURES = {
    "bert": "bert",
    "gpt2": "gpt2",
    "llama": "llama",
    "swin": "swin",
    "transformer": "transformer",
    "transformer-encoder": "transformer_encoder",
    "vision-transformer": "vision_transformer",
    "vit": "vit",
    "wav2vec2": "wav2vec2",
}


def build(shape, lengths, seed, has_weights=True):
    """Makes the module of `shape.family`, seeded and ready to export."""
    name = ARCHITECTURES[shape.family]
    architecture = importlib.import_module(f"architectures.{name}")
    if not has_weights:
        with shape_only.without_values():
            exportable = architecture.build(shape, lengths)
        shape_only.distinguish(exportable.module)
        return exportable
    exportable = architecture.build(shape, lengths)
    if shape.lora_rank:
        lora.insert(exportable.module, shape.lora_targets, shape.lora_rank)
    randomize(exportable.module, seed)
    return exportable


def randomize(module, seed):
    """Gives every parameter random values that keep activations near one.

    They depend on the seed and the shape only: a decoder has the same weights
    with and without a cache.

    Equal one-dimensional parameters, as a new module has them, would be merged
    by the exporter into one initializer behind Identity nodes.
    """
    torch.manual_seed(seed)
    parameters = dict(module.named_parameters())
    with torch.no_grad():
        for name, parameter in parameters.items():
            if parameter.dim() > 1:
                fan_in = parameter.numel() // parameter.size(0)
                parameter.normal_(std=fan_in**-0.5)
            else:
                parameter.normal_(mean=float(name.endswith("weight")), std=0.1)
        _keep_norms_of_weights(parameters)


def _keep_norms_of_weights(parameters):
    """Sets each `weight_g` of nn.utils.weight_norm to the norm of `weight_v`.

    The normalized weight then has the size that `weight_v` was given.
    """
    for name, norm in parameters.items():
        if name.endswith("weight_g"):
            direction = parameters[name[:-1] + "v"]
            axes = [axis for axis in range(norm.dim()) if norm.size(axis) == 1]
            norm.copy_(direction.norm(dim=axes, keepdim=True))
