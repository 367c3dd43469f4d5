#!/usr/bin/python3
"""Tests what check.py takes for a failure, and the inputs that it makes up."""

import importlib.util
import pathlib
import tempfile
import unittest

HAS_PACKAGES = all(
    importlib.util.find_spec(name) for name in ("numpy", "onnx")
)
if HAS_PACKAGES:
    import numpy
    from onnx import TensorProto, helper

    import check
    from example_inputs import UnknownInput, random_inputs


def graph(inputs, outputs=()):
    """A graph without nodes; inputs and outputs are (name, type, shape)."""
    values = [
        [helper.make_tensor_value_info(*value) for value in side]
        for side in (inputs, outputs)
    ]
    return helper.make_graph([], "graph", *values)


@unittest.skipUnless(HAS_PACKAGES, "needs python3-numpy and python3-onnx")
class CompareTest(unittest.TestCase):
    """Whatever is not equal within the tolerance is a failure."""

    def compare(self, found, expected):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name, values in found.items():
                numpy.save(folder / check.file_name(name), values)
            return check.compare(folder, expected)

    def assert_fails(self, message, found, expected):
        with self.assertRaisesRegex(check.Failure, message):
            self.compare({"y": found}, {"y": expected})

    def test_difference_is_relative_to_the_largest_value(self):
        expected = numpy.array([4.0, -8.0], numpy.float32)
        found = numpy.array([4.0, -8.00004], numpy.float32)
        difference = self.compare({"a/b c": found}, {"a/b c": expected})
        self.assertAlmostEqual(difference, 5e-6, delta=1e-7)

    def test_every_output_counts(self):
        good, bad = numpy.ones(2, numpy.float32), numpy.zeros(2, numpy.float32)
        with self.assertRaisesRegex(check.Failure, "output b differs by 1"):
            self.compare({"a": good, "b": bad}, {"a": good, "b": good})

    def test_missing_output(self):
        with self.assertRaisesRegex(check.Failure, "output y is missing"):
            self.compare({}, {"y": numpy.ones(2)})

    def test_other_shapes_and_types(self):
        ones = numpy.ones((2, 3), numpy.float32)
        self.assert_fails(r"float32\[3, 2\], expected float32\[2, 3\]",
                          ones.T, ones)
        self.assert_fails("float64", ones.astype(numpy.float64), ones)

    def test_numbers_that_are_none(self):
        ones = numpy.ones(2, numpy.float32)
        self.assert_fails("differs by nan", ones * numpy.nan, ones)
        self.assert_fails("says nothing", ones, ones * numpy.nan)
        self.assert_fails("says nothing", ones * 0, ones * 0)


@unittest.skipUnless(HAS_PACKAGES, "needs python3-numpy and python3-onnx")
class InputsTest(unittest.TestCase):
    """Inputs fit what their names say that they are."""

    def test_open_dimensions_take_the_sizes_that_are_given(self):
        model = graph([("x", TensorProto.FLOAT, ["batch", 3])])
        self.assertEqual(random_inputs(model, {"batch": 2})["x"].shape, (2, 3))
        with self.assertRaisesRegex(UnknownInput, "--dim batch=<size>"):
            random_inputs(model, {})

    def test_tokens_are_in_the_vocabulary(self):
        model = graph([("input_ids", TensorProto.INT64, [400])])
        tokens = random_inputs(model, {}, vocabulary=9)["input_ids"]
        self.assertEqual(set(tokens), set(range(9)))

    def test_masks_hide_the_last_place(self):
        model = graph(
            [
                ("attention_mask", TensorProto.INT64, [2, 3]),
                ("padding_mask", TensorProto.BOOL, [2, 3]),
            ]
        )
        inputs = random_inputs(model, {})
        self.assertEqual(inputs["attention_mask"].tolist(), [[1, 1, 0]] * 2)
        self.assertEqual(
            inputs["padding_mask"].tolist(), [[False, False, True]] * 2
        )

    def test_what_an_optimizer_keeps_of_squares_is_positive(self):
        values = [
            ("exp_avg_sq.w", TensorProto.FLOAT, [100]),
            ("step", TensorProto.FLOAT, []),
        ]
        outputs = [("updated.exp_avg_sq.w", TensorProto.FLOAT, [100])]
        inputs = random_inputs(graph(values, outputs), {})
        self.assertGreater(inputs["exp_avg_sq.w"].min(), 0)
        self.assertEqual(inputs["step"], 5)

    def test_unknown_element_type(self):
        model = graph([("x", TensorProto.STRING, [1])])
        with self.assertRaisesRegex(UnknownInput, "element type 8"):
            random_inputs(model, {})


if __name__ == "__main__":
    unittest.main()
