"""Seeded values for the inputs of variants."""

import zlib

import numpy


class Values:
    """Random arrays that depend on the variant's name alone."""

    def __init__(self, name):
        self.random = numpy.random.RandomState(zlib.crc32(name.encode()))

    def normal(self, *shape):
        return self.random.randn(*shape).astype(numpy.float32)

    def boolean(self, *shape, keep=0.7):
        return self.random.rand(*shape) < keep

    def integers(self, low, high, *shape, dtype=numpy.int64):
        """From `low` to `high`, both included."""
        return self.random.randint(low, high + 1, shape).astype(dtype)
