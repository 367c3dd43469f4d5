#!/usr/bin/python3
"""Writes one .npy file: the first sample of an array of an .npz, or zeros.

usage: make_npy.py FILE SHAPE [NPZ NAME | --dtype DTYPE]

SHAPE is sizes joined by x.
"""

import argparse

import numpy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("shape")
    parser.add_argument("source", nargs="*")
    parser.add_argument("--dtype", default="float32")
    options = parser.parse_args()
    shape = [int(size) for size in options.shape.split("x")]
    if options.source:
        path, name = options.source
        array = numpy.load(path)[name][:1].reshape(shape)
    else:
        array = numpy.zeros(shape, options.dtype)
    numpy.save(options.file, array)


if __name__ == "__main__":
    main()
