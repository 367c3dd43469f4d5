#!/usr/bin/python3
"""Trains a small character-level GPT on the Jargon File and exports it.

Writes next to this script, or to --output-dir:
  jargon-gpt.onnx             the trained model, a whole window at a time
  jargon-gpt-step.onnx        the same model, one character at a time, with a
                              cache of keys and values
  jargon-gpt.npz              windows of the held-out part: input_ids, target
  jargon-gpt.calibration.npz  windows of the training part, for quantization

The text is /usr/share/doc/jargon-text/jargon.txt.gz of Debian 12's package
jargon-text 4.4.7-4.1: the Jargon File, version 4.4.7, in the public domain.
Its last tenth is held out. Everything is seeded: two runs on one machine write
the same bytes.
Needs Debian's jargon-text, python3-torch and python3-onnx.
"""

import argparse
import math
import os
import pathlib
import sys

# Before NumPy and torch load OpenBLAS, whose sums depend on its threads.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import catalog  # noqa: E402
import exporting  # noqa: E402
import oracle  # noqa: E402
import text  # noqa: E402
from architectures.gpt2 import Gpt2  # noqa: E402

SEED = 2024
HELD_OUT = 0.1
WINDOW = 64
TEST_WINDOWS = 128
CALIBRATION_WINDOWS = 64
STEPS = 4500
BATCH = 16
LEARNING_RATE = 4e-3
WEIGHT_DECAY = 0.05
OPSET = 14

SHAPE = catalog.Shape(
    family="gpt2",
    layers=3,
    hidden=96,
    heads=4,
    intermediate=256,
    epsilon=1e-5,
    vocab=len(text.ALPHABET),
    positions=WINDOW,
)


class Windows(nn.Module):
    """The decoder on whole windows, which need no mask: input_ids -> logits."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, input_ids):
        return self.decoder(input_ids, None)


class Step(nn.Module):
    """The decoder on one character and a cache of WINDOW - 1 others.

    Those that have not been read yet are masked: attention_mask
    [1, WINDOW] is 0 for them and 1 for what is seen, the new character last.
    """

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, input_ids, position_ids, attention_mask, *flat_cache):
        cache = list(zip(flat_cache[0::2], flat_cache[1::2]))
        tokens, presents = self.decoder.transformer(
            input_ids, attention_mask, cache, position_ids
        )
        logits = self.decoder.lm_head(tokens)
        return (logits, *(part for present in presents for part in present))


def initialize(model):
    """As GPT-2: normal weights, smaller where a layer adds to its input."""
    for name, parameter in model.named_parameters():
        if parameter.dim() < 2:
            continue
        is_last = name.endswith("c_proj.weight")
        scale = 0.02 / math.sqrt(2 * SHAPE.layers) if is_last else 0.02
        nn.init.normal_(parameter, std=scale)


def split(tokens):
    """(training part, held-out part): the last tenth is never trained on."""
    boundary = len(tokens) - int(len(tokens) * HELD_OUT)
    return tokens[:boundary], tokens[boundary:]


def windows_of(tokens, count):
    """`count` windows, spread evenly: (inputs, their next characters)."""
    starts = numpy.linspace(0, len(tokens) - WINDOW - 1, count).astype(int)
    inputs = numpy.stack([tokens[at : at + WINDOW] for at in starts])
    targets = numpy.stack([tokens[at + 1 : at + WINDOW + 1] for at in starts])
    return inputs, targets


def loss_of(logits, targets):
    """Mean negative log-likelihood of the next characters, in nats."""
    return nn.functional.cross_entropy(
        logits.reshape(-1, logits.size(-1)), targets.reshape(-1)
    )


def train(model, tokens):
    """Trains `model` in place for a fixed number of steps."""
    decayed = [p for p in model.parameters() if p.dim() >= 2]
    others = [p for p in model.parameters() if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": WEIGHT_DECAY},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=LEARNING_RATE,
        betas=(0.9, 0.98),
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=LEARNING_RATE, total_steps=STEPS, pct_start=0.1
    )
    tokens = torch.from_numpy(tokens)
    span = torch.arange(WINDOW + 1)
    total = 0.0
    for step in range(STEPS):
        starts = torch.randint(len(tokens) - WINDOW, (BATCH, 1))
        windows = tokens[starts + span]
        loss = loss_of(model(windows[:, :-1]), windows[:, 1:])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if (step + 1) % 200 == 0:
            print(f"step {step + 1}: loss {total / 200:.4f}", flush=True)
            total = 0.0


def perplexity(logits, targets):
    """The exponential of the mean negative log-likelihood, in doubles."""
    logits = torch.from_numpy(logits).double()
    return math.exp(loss_of(logits, torch.from_numpy(targets)).item())


def write_arrays(path, **arrays):
    """Writes an uncompressed .npz file."""
    numpy.savez(path, **arrays)
    print(f"wrote {path} ({path.stat().st_size} bytes)")


def export(module, arguments, path, outputs):
    """Exports `module`, called with the dict `arguments`, of fixed shapes."""
    exporting.export(
        module,
        tuple(torch.from_numpy(value) for value in arguments.values()),
        path,
        opset=OPSET,
        inputs=list(arguments),
        outputs=outputs,
    )
    print(f"wrote {path} ({path.stat().st_size} bytes)")


def cache_names(prefix):
    """The names of keys and values, layer by layer."""
    return [
        f"{prefix}.{layer}.{part}"
        for layer in range(SHAPE.layers)
        for part in ("key", "value")
    ]


def first_step(token):
    """The inputs of the first step: an empty cache."""
    past = (1, SHAPE.heads, WINDOW - 1, SHAPE.head_size)
    mask = numpy.zeros((1, WINDOW), numpy.int64)
    mask[:, -1] = 1
    return {
        "input_ids": token,
        "position_ids": numpy.zeros((1, 1), numpy.int64),
        "attention_mask": mask,
        **{
            name: numpy.zeros(past, numpy.float32)
            for name in cache_names("past_key_values")
        },
    }


def next_step(token, inputs, outputs):
    """The inputs of the step after one with `inputs` and `outputs`: what
    reaches over WINDOW - 1 characters is forgotten."""
    mask = numpy.roll(inputs["attention_mask"], -1, axis=1)
    mask[:, -1] = 1
    following = {
        "input_ids": token,
        "position_ids": inputs["position_ids"] + 1,
        "attention_mask": mask,
    }
    for name in cache_names("past_key_values"):
        present = outputs[name.replace("past_key_values", "present")]
        following[name] = present[:, :, 1:]
    return following


def logits_step_by_step(run, window):
    """The logits of one window [1, characters], a character at a time, where
    `run` maps inputs to outputs."""
    logits, inputs, outputs = [], None, None
    for position in range(window.shape[1]):
        token = window[:, position : position + 1]
        inputs = (
            next_step(token, inputs, outputs) if inputs else first_step(token)
        )
        outputs = run(inputs)
        logits.append(outputs["logits"])
    return numpy.concatenate(logits, axis=1)


def difference(expected, found):
    """The largest difference, relative to the largest magnitude."""
    return numpy.abs(expected - found).max() / numpy.abs(expected).max()


def verify(model, windows_path, step_path, inputs, targets):
    """Checks that ONNX Runtime gives the same answers as torch."""
    with torch.no_grad():
        expected = model.eval()(torch.from_numpy(inputs)).numpy()
    found = oracle.run(windows_path, {"input_ids": inputs}, per_sample=True)
    found = found["logits"].reshape(expected.shape)
    trained, exported = perplexity(expected, targets), perplexity(found, targets)
    print(f"perplexity on {inputs.size} held-out characters:")
    print(f"  in torch: {trained:.4f}")
    print(f"  of the exported model in ONNX Runtime: {exported:.4f}")
    whole = difference(expected, found)
    print(f"largest difference of logits, relative: {whole:.2e}")
    found = logits_step_by_step(
        lambda values: oracle.run(step_path, values), inputs[:1, :16]
    )
    stepped = difference(expected[:1, :16], found)
    print(f"the same, a character at a time with a cache: {stepped:.2e}")
    if max(whole, stepped) > 1e-5:
        raise SystemExit("error: the export differs from the trained model")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--output-dir", type=pathlib.Path, default=HERE)
    parser.add_argument(
        "--text",
        type=pathlib.Path,
        default=text.PATH,
        help="the compressed text, if it lies elsewhere (default: %(default)s)",
    )
    arguments = parser.parse_args()
    folder = arguments.output_dir
    folder.mkdir(parents=True, exist_ok=True)
    try:
        tokens = text.encode(text.load(arguments.text))
    except text.TextError as error:
        raise SystemExit(f"error: {error}") from None

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    training, held_out = split(tokens)
    decoder = Gpt2(SHAPE)
    initialize(decoder)
    model = Windows(decoder)
    train(model, training)

    inputs, targets = windows_of(held_out, TEST_WINDOWS)
    export(
        model,
        {"input_ids": inputs[:1]},
        folder / "jargon-gpt.onnx",
        ["logits"],
    )
    export(
        Step(decoder),
        first_step(inputs[:1, :1]),
        folder / "jargon-gpt-step.onnx",
        ["logits", *cache_names("present")],
    )
    write_arrays(folder / "jargon-gpt.npz", input_ids=inputs, target=targets)
    calibration, _ = windows_of(training, CALIBRATION_WINDOWS)
    write_arrays(
        folder / "jargon-gpt.calibration.npz", input_ids=calibration
    )
    verify(
        model,
        folder / "jargon-gpt.onnx",
        folder / "jargon-gpt-step.onnx",
        inputs,
        targets,
    )


if __name__ == "__main__":
    main()
