#!/usr/bin/python3
"""Trains a small vision transformer on handwritten digits and exports it.

Writes next to this script, or to --output-dir:
  digits-vit.onnx             the trained model, one image at a time
  digits-vit.npz              the test split: image, label
  digits-vit.calibration.npz  images of the training split, for quantization

Everything is seeded: two runs on one machine write the same bytes.
Needs Debian's python3-torch, python3-onnx and python3-sklearn.
"""

import argparse
import math
import pathlib
import sys

import numpy
import torch
from sklearn.datasets import load_digits
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import catalog  # noqa: E402
import exporting  # noqa: E402
import oracle  # noqa: E402
from architectures.vit import VisionTransformer  # noqa: E402

SEED = 2024
TEST_SAMPLES = 360
CALIBRATION_SAMPLES = 128
EPOCHS = 120
BATCH = 64
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.05
OPSET = 14

SHAPE = catalog.Shape(
    family="vit",
    layers=3,
    hidden=64,
    heads=4,
    intermediate=128,
    epsilon=1e-5,
    image_size=8,
    patch_size=2,
    channels=1,
    labels=10,
)


def load_splits():
    """Returns (train images, train labels, test images, test labels).

    Pixels are 0 to 16 in the data set and 0 to 1 here.
    """
    digits = load_digits()
    images = (digits.images / 16).astype(numpy.float32)[:, None]
    labels = digits.target.astype(numpy.int64)
    order = numpy.random.RandomState(SEED).permutation(len(labels))
    test, train = order[:TEST_SAMPLES], order[TEST_SAMPLES:]
    return images[train], labels[train], images[test], labels[test]


def initialize(model):
    """Gives the class token and the positions small random values."""
    nn.init.normal_(model.vit.embeddings.cls_token, std=0.02)
    nn.init.normal_(model.vit.embeddings.position_embeddings, std=0.02)


def augment(images):
    """Turns, scales and shifts each image a little, at random."""
    count = len(images)
    angle = (torch.rand(count) - 0.5) * math.radians(24)
    scale = 1 + (torch.rand(count) - 0.5) * 0.2
    shift = (torch.rand(count, 2) - 0.5) * 0.35
    cosine, sine = torch.cos(angle) * scale, torch.sin(angle) * scale
    first = torch.stack([cosine, -sine, shift[:, 0]], dim=1)
    second = torch.stack([sine, cosine, shift[:, 1]], dim=1)
    transform = torch.stack([first, second], dim=1)
    grid = nn.functional.affine_grid(
        transform, images.shape, align_corners=False
    )
    return nn.functional.grid_sample(images, grid, align_corners=False)


def train(model, images, labels):
    """Trains `model` in place for a fixed number of epochs."""
    steps = EPOCHS * math.ceil(len(labels) / BATCH)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=LEARNING_RATE, total_steps=steps
    )
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(labels)).split(BATCH):
            logits = model(augment(images[batch]))
            loss = nn.functional.cross_entropy(
                logits, labels[batch], label_smoothing=0.1
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        if (epoch + 1) % 20 == 0:
            mean = total / len(labels)
            print(f"epoch {epoch + 1}: loss {mean:.4f}", flush=True)


def top1(logits, labels):
    """The share of samples whose largest logit is at the label."""
    return float((logits.argmax(axis=1) == labels).mean())


def write_arrays(path, **arrays):
    """Writes an uncompressed .npz file."""
    numpy.savez(path, **arrays)
    print(f"wrote {path} ({path.stat().st_size} bytes)")


def verify(model, path, images, labels):
    """Checks that ONNX Runtime gives the same answers as torch."""
    with torch.no_grad():
        expected = model.eval()(torch.from_numpy(images)).numpy()
    found = oracle.run(path, {"image": images}, per_sample=True)["logits"]
    difference = numpy.abs(expected - found).max() / numpy.abs(expected).max()
    trained, exported = top1(expected, labels), top1(found, labels)
    print(f"top-1 on {len(labels)} test images in torch: {trained:.4f}")
    print(f"top-1 of the exported model in ONNX Runtime: {exported:.4f}")
    print(f"largest difference of logits, relative: {difference:.2e}")
    if difference > 1e-5 or trained != exported:
        raise SystemExit("error: the export differs from the trained model")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--output-dir", type=pathlib.Path, default=HERE)
    folder = parser.parse_args().output_dir
    folder.mkdir(parents=True, exist_ok=True)

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    train_images, train_labels, test_images, test_labels = load_splits()
    model = VisionTransformer(SHAPE)
    initialize(model)
    train(
        model, torch.from_numpy(train_images), torch.from_numpy(train_labels)
    )

    path = folder / "digits-vit.onnx"
    exporting.export(
        model,
        (torch.from_numpy(test_images[:1]),),
        path,
        opset=OPSET,
        inputs=["image"],
        outputs=["logits"],
    )
    print(f"wrote {path} ({path.stat().st_size} bytes)")
    write_arrays(
        folder / "digits-vit.npz", image=test_images, label=test_labels
    )
    write_arrays(
        folder / "digits-vit.calibration.npz",
        image=train_images[:CALIBRATION_SAMPLES],
    )
    verify(model, path, test_images, test_labels)


if __name__ == "__main__":
    main()
