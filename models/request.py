"""From a command line to the sizes of one model, checked; needs no torch."""

import dataclasses
import difflib
import math
import typing

import catalog

OPSETS = range(11, 18)
OPTIMIZERS = ("sgd", "adam")
DEFAULT_OPSET = 14
DEFAULT_SEQUENCE = 128
DEFAULT_FRAMES = 49  # one second of speech
LARGEST_FILE = 2**31 - 1
# The options that replace a published size.
SIZES = (
    "layers",
    "hidden",
    "heads",
    "kv_heads",
    "vocab",
    "positions",
    "lora_rank",
)
# Those that a model without them refuses, in words.
OPTIONAL_SIZES = {
    "vocab": "vocabulary",
    "kv_heads": "key/value heads",
    "positions": "learned or tabulated positions",
}


class UserError(Exception):
    """A request that cannot be met; the message is one line for the user."""


@dataclasses.dataclass(frozen=True)
class Request:
    """One model to make, complete and checked."""

    name: str
    shape: catalog.Shape
    batch: int
    sequence: int
    past: typing.Optional[int]  # None without a cache
    target: typing.Optional[int]  # None but for an encoder-decoder
    opset: int
    dynamic: bool
    optimizer: typing.Optional[str]  # None but for a training step
    seed: int
    has_weights: bool = True

    @property
    def file_name(self):
        """The name carries every parameter that is not the published one."""
        preset = catalog.PRESETS[self.name]
        parts = [self.name, f"layers{self.shape.layers}"]
        for label in SIZES[1:]:
            value = getattr(self.shape, label)
            if value != getattr(preset, label):
                parts.append(f"{label.replace('_', '')}{value}")
        if self.batch != 1:
            parts.append(f"batch{self.batch}")
        parts.append(f"seq{self.sequence}")
        if self.target is not None:
            parts.append(f"target{self.target}")
        if self.past is not None:
            parts.append(f"past{self.past}")
        parts.append(f"opset{self.opset}")
        if self.dynamic:
            parts.append("dynamic")
        if self.optimizer:
            parts.append(self.optimizer)
        if not self.has_weights:
            parts.append("shapes")
        if self.seed != 0:
            parts.append(f"seed{self.seed}")
        return "-".join(parts) + ".onnx"

    @property
    def summary(self):
        """The sizes in words."""
        words = [
            f"{self.shape.layers} layers",
            f"hidden {self.shape.hidden}",
            f"{self.shape.heads} heads",
            f"{self.sequence} tokens",
        ]
        if self.past is not None:
            words.append(f"{self.past} tokens in the cache")
        if self.shape.lora_rank:
            words.append(f"adapters of rank {self.shape.lora_rank}")
        if self.optimizer:
            words.append(f"a training step with {self.optimizer}")
        if not self.has_weights:
            words.append("no weights")
        words.append(f"opset {self.opset}")
        return f"{self.name}: {', '.join(words)}"


def resolve(options):
    """Turns the command line into a checked request."""
    _find_preset(options.name)
    _check_numbers(options)
    shape = _resolve_shape(options.name, options)
    _check_roles(options, shape)
    if shape.image_size:
        shape = _fit_image(shape, options.seq)
        sequence = shape.patch_tokens
    else:
        sequence = options.seq or _default_sequence(options, shape)
        longest = sequence + (options.kv_cache or 0)
        longest = max(longest, options.target_seq or 0)
        if shape.positions:
            positions = max(shape.positions, longest)
            shape = dataclasses.replace(shape, positions=positions)
    target = None
    if shape.is_encoder_decoder:
        target = options.target_seq or sequence
    return Request(
        name=options.name,
        shape=shape,
        batch=options.batch,
        sequence=sequence,
        past=options.kv_cache,
        target=target,
        opset=options.opset,
        dynamic=options.dynamic,
        optimizer=options.train,
        seed=options.seed,
        has_weights=not options.shapes_only,
    )


def _find_preset(name):
    if name is None:
        raise UserError(f"which model? one of {', '.join(catalog.PRESETS)}")
    if name not in catalog.PRESETS:
        near = difflib.get_close_matches(name, catalog.PRESETS, n=1, cutoff=0.4)
        hint = f"did you mean '{near[0]}'?" if near else "see --list"
        raise UserError(f"unknown model '{name}': {hint}")
    return catalog.PRESETS[name]


def _check_numbers(options):
    """Every count is at least 1, and the operator set is one of torch's."""
    for label in (*SIZES, "batch", "seq", "target_seq", "kv_cache"):
        value = getattr(options, label)
        if value is not None and value < 1:
            option = "--" + label.replace("_", "-")
            raise UserError(f"{option} must be at least 1, found {value}")
    if options.opset not in OPSETS:
        raise UserError(
            f"opset {options.opset} is not supported: give one from "
            f"{OPSETS[0]} to {OPSETS[-1]}"
        )


def _resolve_shape(name, options):
    """The published sizes with those of the command line in their place."""
    preset = _find_preset(name)
    given = {
        label: getattr(options, label)
        for label in SIZES
        if getattr(options, label) is not None
    }
    for label, words in OPTIONAL_SIZES.items():
        if label in given and not getattr(preset, label):
            option = "--" + label.replace("_", "-")
            raise UserError(f"{name} has no {words}: leave out {option}")
    shape = dataclasses.replace(preset, **given)
    _check_heads(shape)
    _check_stages(shape)
    widening = preset.intermediate / preset.hidden
    scaled = math.ceil(shape.hidden * widening / 8) * 8
    shape = dataclasses.replace(shape, intermediate=scaled)
    if options.train and shape.family == "bert":
        shape = dataclasses.replace(shape, labels=2)
    if not options.shapes_only:
        _check_file_size(shape)
    return shape


def _check_heads(shape):
    if shape.hidden % shape.heads:
        raise UserError(
            f"hidden {shape.hidden} is not divisible by {shape.heads} heads: "
            "give --hidden or --heads"
        )
    if shape.kv_heads and shape.heads % shape.kv_heads:
        raise UserError(
            f"{shape.heads} heads are not divisible by {shape.kv_heads} "
            "key/value heads: give --kv-heads"
        )
    if shape.family == "llama" and shape.head_size % 2:
        raise UserError(
            f"rotary positions need an even head size, found {shape.head_size}"
        )
    if shape.is_encoder_decoder and shape.hidden % 2:
        raise UserError(
            f"sinusoidal positions need an even width, found {shape.hidden}"
        )


def _check_stages(shape):
    if shape.family == "swin" and (shape.layers % 2 or shape.layers > 24):
        raise UserError(
            "a layer with windows comes with one that shifts them: --layers "
            f"can be an even number up to 24, found {shape.layers}"
        )


def _check_file_size(shape):
    """A protobuf file ends at 2 GB."""
    if shape.bytes_of_weights > LARGEST_FILE:
        raise UserError(
            f"the model would take {shape.bytes_of_weights / 1e9:.1f} GB, but "
            "an ONNX file ends at 2 GB: give fewer --layers, a smaller "
            "--hidden or --vocab, or --shapes-only"
        )


def _check_roles(options, shape):
    """Options that only some models have."""
    name = options.name
    if options.kv_cache is not None and not shape.is_decoder:
        raise UserError(f"{name} is not a decoder: leave out --kv-cache")
    if options.target_seq is not None and not shape.is_encoder_decoder:
        raise UserError(
            f"{name} is not an encoder-decoder: leave out --target-seq"
        )
    if shape.lora_rank and not shape.lora_targets:
        raise UserError(f"{name} takes no adapters: leave out --lora-rank")
    if options.train is not None:
        _check_training(options, shape)
    for option, value in (
        ("--train", options.train),
        ("--lora-rank", options.lora_rank),
    ):
        if options.shapes_only and value is not None:
            raise UserError(f"{option} needs weights: leave out --shapes-only")


def _check_training(options, shape):
    if options.train not in OPTIMIZERS:
        raise UserError(
            f"unknown optimizer '{options.train}': give "
            f"{' or '.join(OPTIMIZERS)}"
        )
    if not shape.is_trainable:
        raise UserError(
            f"{options.name} has no training step"
            f"{' without --lora-rank' if shape.family == 'vit' else ''}: "
            "leave out --train"
        )
    if options.dynamic:
        raise UserError("a training step has fixed sizes: leave out --dynamic")


def _default_sequence(options, shape):
    if shape.family == "wav2vec2":
        return DEFAULT_FRAMES
    return DEFAULT_SEQUENCE if options.kv_cache is None else 1


def _fit_image(shape, sequence):
    """Sets the size of the image so that it gives `sequence` tokens."""
    if sequence is None:
        return shape
    extra = shape.class_tokens
    side = math.isqrt(max(sequence - extra, 1))
    if side**2 + extra != sequence:
        raise UserError(
            "an image gives a square of patches"
            f"{' and a class token' if extra else ''}: --seq can be "
            f"{side**2 + extra} or {(side + 1) ** 2 + extra}, found {sequence}"
        )
    return dataclasses.replace(shape, image_size=side * shape.patch_size)
