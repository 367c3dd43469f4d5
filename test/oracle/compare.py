#!/usr/bin/python3
"""Compares two .npy files: fails if they differ by more than the tolerance.

usage: compare.py A B [--tolerance T]

Prints max |a - b| / max |b|, where B is the reference. If A and B are folders,
each file of A is compared with the one of the same name in B.
"""

import argparse
import pathlib
import sys

import numpy


def difference(path, reference):
    """The relative difference; exits if there is nothing to compare."""
    a, b = numpy.load(path), numpy.load(reference)
    if a.shape != b.shape or a.dtype != b.dtype:
        sys.exit(f"{path} is {a.dtype}{list(a.shape)}, "
                 f"{reference} is {b.dtype}{list(b.shape)}")
    a, b = a.astype(numpy.float64), b.astype(numpy.float64)
    if b.size == 0 or not numpy.isfinite(a).all() \
            or not numpy.isfinite(b).all() or not b.any():
        sys.exit(f"{path}: nothing to compare: empty, all zero, or not finite")
    return abs(a - b).max() / abs(b).max()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("a", type=pathlib.Path)
    parser.add_argument("b", type=pathlib.Path)
    parser.add_argument("--tolerance", type=float, default=1e-5)
    options = parser.parse_args()
    pairs = [(options.a, options.b)]
    if options.a.is_dir():
        pairs = [(path, options.b / path.name)
                 for path in sorted(options.a.glob("*.npy"))]
    if not pairs:
        sys.exit(f"{options.a} holds no .npy file")
    failed = False
    for path, reference in pairs:
        found = difference(path, reference)
        print(f"{path.name}: relative difference {found:.3g}, "
              f"tolerance {options.tolerance:g}")
        failed |= not found <= options.tolerance
    sys.exit(failed)


if __name__ == "__main__":
    main()
