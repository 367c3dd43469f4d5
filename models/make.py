#!/usr/bin/python3
"""Makes an ONNX transformer with the sizes of a published model.

The weights are random, so the answers mean nothing, but the graph is what
torch exports for the real model. The file goes to a cache folder; a model that
is already there with the same parameters is not made again.
"""

import argparse
import dataclasses
import difflib
import importlib.util
import math
import os
import pathlib
import sys

import catalog

OPSETS = range(11, 18)
DEFAULT_OPSET = 14
DEFAULT_SEQUENCE = 128
DEFAULT_PAST = 128
LARGEST_FILE = 2**31 - 1

EXAMPLES = """\
examples:
  make.py bert-base                        12 layers, 128 tokens
  make.py bert-base --layers 2 --hidden 64 --heads 4 --vocab 100 --seq 16
  make.py gpt2-small --kv-cache 256        one new token after 256 old ones
  make.py vit-b16 --dynamic                any batch size
"""


class UserError(Exception):
    """A request that cannot be met; the message is one line for the user."""


class Parser(argparse.ArgumentParser):
    """Reports a wrong command line in one line and with exit code 1."""

    def error(self, message):
        raise UserError(message)


def parse_command_line(arguments):
    parser = Parser(
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="one of --list"
    )
    parser.add_argument(
        "--list", action="store_true", help="list the models and stop"
    )
    parser.add_argument(
        "--output-dir",
        metavar="DIR",
        type=pathlib.Path,
        help="where the file goes "
        "(default: ${XDG_CACHE_HOME:-~/.cache}/atleus/models)",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="make the model even if it is there",
    )
    _add_export_options(parser.add_argument_group("export"))
    _add_size_options(
        parser.add_argument_group("sizes (default: the published ones)")
    )
    return parser.parse_args(arguments)


def _add_export_options(group):
    group.add_argument(
        "--opset",
        metavar="N",
        type=int,
        default=DEFAULT_OPSET,
        help=f"ONNX operator set, {OPSETS[0]} to {OPSETS[-1]} "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--dynamic",
        action="store_true",
        help="leave batch and sequence open, as dimensions 'batch' and 'seq' "
        "(with --kv-cache also 'past' and 'total', which is past plus seq)",
    )
    group.add_argument(
        "--kv-cache",
        metavar="PAST",
        type=int,
        nargs="?",
        const=DEFAULT_PAST,
        help="decoders only: take and return keys and values, with PAST tokens "
        f"already in the cache (default: {DEFAULT_PAST})",
    )
    group.add_argument(
        "--seed",
        metavar="N",
        type=int,
        default=0,
        help="seed of the random weights (default: %(default)s)",
    )


def _add_size_options(group):
    group.add_argument(
        "--seq",
        metavar="N",
        type=int,
        help=f"tokens (default: {DEFAULT_SEQUENCE}, with --kv-cache 1); for "
        "images, patches plus the class token, which sets the image's size",
    )
    group.add_argument(
        "--layers", metavar="N", type=int, help="number of layers"
    )
    group.add_argument(
        "--hidden",
        metavar="N",
        type=int,
        help="width of a token; the feed-forward width scales with it",
    )
    group.add_argument(
        "--heads", metavar="N", type=int, help="attention heads"
    )
    group.add_argument(
        "--kv-heads",
        metavar="N",
        type=int,
        help="key/value heads, llama-like only",
    )
    group.add_argument(
        "--vocab", metavar="N", type=int, help="size of the vocabulary"
    )


@dataclasses.dataclass(frozen=True)
class Request:
    """One model to make, complete and checked."""

    name: str
    shape: catalog.Shape
    sequence: int
    past: int  # None without a cache
    opset: int
    dynamic: bool
    seed: int

    @property
    def file_name(self):
        """The name carries every parameter that is not the published one."""
        preset = catalog.PRESETS[self.name]
        parts = [self.name, f"layers{self.shape.layers}"]
        for label in ("hidden", "heads", "kv_heads", "vocab"):
            value = getattr(self.shape, label)
            if value != getattr(preset, label):
                parts.append(f"{label.replace('_', '')}{value}")
        parts.append(f"seq{self.sequence}")
        if self.past is not None:
            parts.append(f"past{self.past}")
        parts.append(f"opset{self.opset}")
        if self.dynamic:
            parts.append("dynamic")
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
        words.append(f"opset {self.opset}")
        return f"{self.name}: {', '.join(words)}"


def check_positive(**values):
    """Every value that is given must be at least 1."""
    for label, value in values.items():
        if value is not None and value < 1:
            option = "--" + label.replace("_", "-")
            raise UserError(f"{option} must be at least 1, found {value}")


def find_preset(name):
    if name is None:
        raise UserError(f"which model? one of {', '.join(catalog.PRESETS)}")
    if name not in catalog.PRESETS:
        near = difflib.get_close_matches(name, catalog.PRESETS, n=1, cutoff=0.4)
        hint = f"did you mean '{near[0]}'?" if near else "see --list"
        raise UserError(f"unknown model '{name}': {hint}")
    return catalog.PRESETS[name]


def resolve_shape(name, options):
    """The published sizes with those of the command line in their place."""
    preset = find_preset(name)
    if options.vocab is not None and not preset.vocab:
        raise UserError(f"{name} has no vocabulary: leave out --vocab")
    if options.kv_heads is not None and not preset.kv_heads:
        raise UserError(
            f"{name} has no key/value heads: leave out --kv-heads"
        )
    given = {
        label: getattr(options, label)
        for label in ("layers", "hidden", "heads", "kv_heads", "vocab")
        if getattr(options, label) is not None
    }
    shape = dataclasses.replace(preset, **given)
    check_heads(shape)
    widening = preset.intermediate / preset.hidden
    scaled = math.ceil(shape.hidden * widening / 8) * 8
    shape = dataclasses.replace(shape, intermediate=scaled)
    check_file_size(shape)
    return shape


def check_heads(shape):
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


def check_file_size(shape):
    """A protobuf file ends at 2 GB."""
    if shape.bytes_of_weights > LARGEST_FILE:
        raise UserError(
            f"the model would take {shape.bytes_of_weights / 1e9:.1f} GB, but "
            "an ONNX file ends at 2 GB: give fewer --layers or a smaller "
            "--hidden or --vocab"
        )


def fit_image(shape, sequence):
    """Sets the size of the image so that it gives `sequence` tokens."""
    if sequence is None:
        return shape
    side = math.isqrt(max(sequence - 1, 1))
    if side**2 + 1 != sequence:
        raise UserError(
            "an image gives a square of patches and a class token: --seq can "
            f"be {side**2 + 1} or {(side + 1) ** 2 + 1}, found {sequence}"
        )
    return dataclasses.replace(shape, image_size=side * shape.patch_size)


def resolve(options):
    """Turns the command line into a checked request."""
    find_preset(options.name)
    check_positive(
        seq=options.seq,
        layers=options.layers,
        hidden=options.hidden,
        heads=options.heads,
        kv_heads=options.kv_heads,
        vocab=options.vocab,
        kv_cache=options.kv_cache,
    )
    if options.opset not in OPSETS:
        raise UserError(
            f"opset {options.opset} is not supported: give one from "
            f"{OPSETS[0]} to {OPSETS[-1]}"
        )
    shape = resolve_shape(options.name, options)
    past = options.kv_cache
    if past is not None and not shape.is_decoder:
        raise UserError(
            f"{options.name} is not a decoder: leave out --kv-cache"
        )
    if shape.family == "vit":
        shape = fit_image(shape, options.seq)
        sequence = shape.patch_tokens
    else:
        sequence = options.seq or (DEFAULT_SEQUENCE if past is None else 1)
        positions = max(shape.positions, sequence + (past or 0))
        shape = dataclasses.replace(shape, positions=positions)
    return Request(
        name=options.name,
        shape=shape,
        sequence=sequence,
        past=past,
        opset=options.opset,
        dynamic=options.dynamic,
        seed=options.seed,
    )


def default_folder():
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "atleus" / "models"


def check_packages():
    """The error says what to install and, if need be, which Python to use."""
    missing = [
        name
        for name in ("torch", "onnx")
        if importlib.util.find_spec(name) is None
    ]
    if not missing:
        return
    packages = " ".join(f"python3-{name}" for name in missing)
    install = f"'apt-get install --no-install-recommends {packages}'"
    if os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3"):
        install += " and run this script by /usr/bin/python3"
    raise UserError(
        f"{sys.executable} has no {' and no '.join(missing)}: use {install}"
    )


def make(request, path):
    """Builds the model and writes it to `path`."""
    import exporting
    import families

    exportable = families.build(
        request.shape, request.sequence, request.past, request.seed
    )
    exporting.export(
        exportable.module,
        tuple(exportable.arguments.values()),
        path,
        opset=request.opset,
        inputs=list(exportable.arguments),
        outputs=exportable.outputs,
        dynamic_axes=exportable.axes if request.dynamic else None,
    )


def run(arguments):
    options = parse_command_line(arguments)
    if options.list:
        for name, summary in catalog.SUMMARIES.items():
            print(f"{name:12} {summary}")
        return
    request = resolve(options)
    path = (options.output_dir or default_folder()) / request.file_name
    check_packages()
    import exporting

    print(request.summary, flush=True)
    is_cached = path.exists() and not options.force
    if not is_cached:
        make(request, path)
    print(f"{'already there' if is_cached else 'wrote'}: {path}")
    size = path.stat().st_size / 1e6
    print(f"{size:.1f} MB, {exporting.node_count(path)} nodes")
    print(f"compile it with: atleus compile {path} --machine=atleus -o out/")


def main():
    try:
        run(sys.argv[1:])
    except UserError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        sys.exit(f"error: {error.filename or ''}: {error.strerror or error}")


if __name__ == "__main__":
    main()
