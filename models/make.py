#!/usr/bin/python3
"""Makes an ONNX transformer with the sizes of a published model.

The weights are random, so the answers mean nothing, but the graph is what
torch exports for the real model. The file goes to a cache folder; a model that
is already there with the same parameters is not made again.
"""

import argparse
import importlib.util
import os
import pathlib
import sys

import catalog
from request import (
    DEFAULT_FRAMES,
    DEFAULT_OPSET,
    DEFAULT_SEQUENCE,
    OPSETS,
    OPTIMIZERS,
    UserError,
    resolve,
)

DEFAULT_PAST = 128

EXAMPLES = """\
examples:
  make.py bert-base                        12 layers, 128 tokens
  make.py bert-base --layers 2 --hidden 64 --heads 4 --vocab 100 --seq 16
  make.py gpt2-small --kv-cache 256        one new token after 256 old ones
  make.py vit-b16 --dynamic                any batch size
  make.py llama-7b --shapes-only           without its 27 GB of weights
  make.py bert-base --lora-rank 8          with low-rank adapters
  make.py bert-base --lora-rank 8 --train sgd
                                           one step that trains the adapters
"""


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
        "--train",
        metavar="OPTIMIZER",
        help="one step of fine-tuning, which takes parameters and returns "
        f"updated ones: {' or '.join(OPTIMIZERS)}; with --lora-rank it trains "
        "the adapters and the head, else everything",
    )
    group.add_argument(
        "--shapes-only",
        action="store_true",
        help="no values of large weights: they are external data in a file "
        "that is not made, for 'atleus compile --weights=none'",
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
        "--batch",
        metavar="N",
        type=int,
        default=1,
        help="sequences, images or waveforms (default: %(default)s)",
    )
    group.add_argument(
        "--seq",
        metavar="N",
        type=int,
        help=f"tokens (default: {DEFAULT_SEQUENCE}, with --kv-cache 1); for "
        "images, patches and class token, which sets the image's size; for "
        f"speech, frames (default: {DEFAULT_FRAMES})",
    )
    group.add_argument(
        "--target-seq",
        metavar="N",
        type=int,
        help="tokens on the decoder's side, transformer only (default: as "
        "many as --seq)",
    )
    group.add_argument(
        "--layers",
        metavar="N",
        type=int,
        help="number of layers; an encoder-decoder has as many twice",
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
    group.add_argument(
        "--positions",
        metavar="N",
        type=int,
        help="the longest text that there are positions for; more if the "
        "other options need more",
    )
    group.add_argument(
        "--lora-rank",
        metavar="N",
        type=int,
        help="add low-rank adapters to the queries and values",
    )


def default_folder():
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "atleus" / "models"


def check_packages(shape):
    """The error says what to install and, if need be, which Python to use."""
    missing = [
        name
        for name in ("torch", "onnx", *shape.packages)
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
    from exportable import Lengths

    lengths = Lengths(
        batch=request.batch,
        sequence=request.sequence,
        past=request.past,
        target=request.target,
    )
    exportable = families.build(
        request.shape, lengths, request.seed, request.has_weights
    )
    if request.optimizer:
        import training

        exportable = training.training_step(exportable, request.optimizer)
    exporting.export(
        exportable.module,
        tuple(exportable.arguments.values()),
        path,
        opset=request.opset,
        inputs=list(exportable.arguments),
        outputs=exportable.outputs,
        dynamic_axes=exportable.axes if request.dynamic else None,
        has_weights=request.has_weights,
    )


def run(arguments):
    options = parse_command_line(arguments)
    if options.list:
        for name, summary in catalog.SUMMARIES.items():
            print(f"{name:19} {summary}")
        return
    request = resolve(options)
    path = (options.output_dir or default_folder()) / request.file_name
    check_packages(request.shape)
    import exporting

    print(request.summary, flush=True)
    is_cached = path.exists() and not options.force
    if not is_cached:
        make(request, path)
    print(f"{'already there' if is_cached else 'wrote'}: {path}")
    size = path.stat().st_size / 1e6
    print(f"{size:.1f} MB, {exporting.node_count(path)} nodes")
    weights = "" if request.has_weights else "--weights=none "
    print(
        f"compile it with: atleus compile {path} {weights}--machine=atleus "
        "-o out/"
    )


def main():
    try:
        run(sys.argv[1:])
    except UserError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        sys.exit(f"error: {error.filename or ''}: {error.strerror or error}")


if __name__ == "__main__":
    main()
