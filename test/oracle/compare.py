#!/usr/bin/python3
"""Compares two .npy files: fails if they differ by more than the tolerance.

usage: compare.py A.npy B.npy [--tolerance T]

Prints max |a - b| / max |b|, where B is the reference.
"""

import argparse
import sys

import numpy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    options = parser.parse_args()
    a, b = numpy.load(options.a), numpy.load(options.b)
    if a.shape != b.shape or a.dtype != b.dtype:
        sys.exit(f"{options.a} is {a.dtype}{list(a.shape)}, "
                 f"{options.b} is {b.dtype}{list(b.shape)}")
    a, b = a.astype(numpy.float64), b.astype(numpy.float64)
    if b.size == 0 or not numpy.isfinite(a).all() \
            or not numpy.isfinite(b).all() or not b.any():
        sys.exit("nothing to compare: empty, all zero, or not finite")
    difference = abs(a - b).max() / abs(b).max()
    print(f"relative difference {difference:.3g}, "
          f"tolerance {options.tolerance:g}")
    sys.exit(not difference <= options.tolerance)


if __name__ == "__main__":
    main()
