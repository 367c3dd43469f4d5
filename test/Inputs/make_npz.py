#!/usr/bin/python3
"""Writes arrays to an .npz file with nothing but the standard library.

usage: make_npz.py FILE NAME:DTYPE:SHAPE=VALUE,...

DTYPE is as NumPy spells it, such as <f4; SHAPE is sizes joined by x. Values are
repeated until the array is full.
"""

import itertools
import math
import struct
import sys
import zipfile

FORMATS = {"<f4": "f", "<f8": "d", "<i4": "i", "<i8": "q"}


def npy(dtype, shape, values):
    """Bytes of a .npy file of version 1."""
    sizes = "".join(f"{size}," for size in shape)
    text = (f"{{'descr': '{dtype}', 'fortran_order': False, "
            f"'shape': ({sizes})}}")
    text += " " * (-(len(text) + 11) % 64) + "\n"
    header = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
    letter = FORMATS[dtype]
    convert = float if letter in "fd" else int
    numbers = itertools.cycle(map(convert, values))
    count = math.prod(shape)
    return header + text.encode() + struct.pack(
        f"<{count}{letter}", *itertools.islice(numbers, count))


def main():
    with zipfile.ZipFile(sys.argv[1], "w") as archive:
        for argument in sys.argv[2:]:
            description, values = argument.split("=")
            name, dtype, sizes = description.split(":")
            shape = [int(size) for size in sizes.split("x")]
            archive.writestr(f"{name}.npy",
                             npy(dtype, shape, values.split(",")))


if __name__ == "__main__":
    main()
